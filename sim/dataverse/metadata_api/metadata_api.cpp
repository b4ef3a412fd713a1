#include "sim/dataverse/metadata_api/metadata_api.hpp"

#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/metadata_api/deleted_definitions.hpp"
#include "sim/dataverse/metadata_api/read_metadata.hpp"
#include "sim/dataverse/metadata_api/write_metadata.hpp"
#include "sim/dataverse/security/privileges.hpp"

namespace flit::sim::dataverse {
namespace {

/// PATCH is refused: a definition is replaced as a whole (§11).
Refusal whole_only(std::string_view type) {
  return errors::method_not_allowed("Operation not supported on " + std::string(type));
}

Answer<ApiReply> write_columns(Session& session, Table& table, const odata::Segment& part) {
  const std::string& method = session.call.method;
  if (!part.has_arguments)
    return method == "POST" ? create_column(session, table) : refuse(wrong_method(session));
  const Column* found = find_column(table, part);
  if (found == nullptr) return refuse(errors::no_such_segment(part.name));
  Column& column = *table.column(found->logical_name);
  if (method == "PUT") return update_column(session, table, column);
  if (method == "DELETE") return delete_column(session, table, column);
  return refuse(whole_only("AttributeMetadata"));
}

Answer<ApiReply> write_keys(Session& session, Table& table, const odata::Segment& part) {
  const std::string& method = session.call.method;
  if (!part.has_arguments)
    return method == "POST" ? create_key(session, table) : refuse(wrong_method(session));
  const std::string name = part.arguments.empty() || part.arguments[0].values.empty()
                               ? std::string()
                               : part.arguments[0].values[0].text;
  if (method == "DELETE") return delete_key(session, table, name);
  return refuse(whole_only("EntityKeyMetadata"));
}

Answer<ApiReply> write_below_table(Session& session, Table& table) {
  const odata::Segment& part = session.segment(1);
  if (part.name == "Attributes") return write_columns(session, table, part);
  if (part.name == "Keys") return write_keys(session, table, part);
  return refuse(errors::no_such_segment(part.name));
}

/// A table brings its privileges and takes them along (§9).
Answer<ApiReply> with_privileges(Session& session, Answer<ApiReply> answer) {
  if (answer) settle_privileges(session.org);
  return answer;
}

Answer<ApiReply> write_tables(Session& session) {
  const std::string& method = session.call.method;
  if (!session.segment(0).has_arguments)
    return method == "POST" ? with_privileges(session, create_table(session))
                            : refuse(wrong_method(session));
  const Table* found = find_table(session, session.segment(0));
  if (found == nullptr)
    return refuse(errors::other(404, 0x80060888, "Could not find an entity with that name."));
  Table& table = *session.org.catalogue->table(found->logical_name);
  if (session.segments() >= 2) return write_below_table(session, table);
  if (method == "PUT") return update_table(session, table);
  if (method == "DELETE") return with_privileges(session, delete_table(session, table));
  return refuse(whole_only("EntityMetadata"));
}

Answer<ApiReply> write_relationships(Session& session) {
  const std::string& method = session.call.method;
  if (!session.segment(0).has_arguments)
    return method == "POST" ? create_relationship(session) : refuse(wrong_method(session));
  const std::string name = relationship_name(session, session.segment(0));
  if (method == "PUT") return update_relationship(session, name);
  if (method == "DELETE") return delete_relationship(session, name);
  return refuse(whole_only("RelationshipMetadataBase"));
}

Answer<ApiReply> write_choices(Session& session) {
  const std::string& method = session.call.method;
  if (!session.segment(0).has_arguments)
    return method == "POST" ? create_choice(session) : refuse(wrong_method(session));
  const auto choice = find_choice(session, session.segment(0));
  if (choice == nullptr)
    return refuse(errors::other(404, 0x80060888, "Could not find the option set."));
  if (method == "PUT") return update_choice(session, *choice);
  if (method == "DELETE") return delete_choice(session, choice->name);
  return refuse(whole_only("OptionSetMetadata"));
}

Answer<ApiReply> write_metadata(Session& session) {
  const std::string& name = session.segment(0).name;
  if (name == "EntityDefinitions") return write_tables(session);
  if (name == "RelationshipDefinitions") return write_relationships(session);
  return write_choices(session);
}

}  // namespace

bool is_metadata_path(const odata::Segment& first) {
  return first.name == "EntityDefinitions" || first.name == "RelationshipDefinitions" ||
         first.name == "GlobalOptionSetDefinitions";
}

Answer<ApiReply> handle_metadata(Session& session) {
  if (session.work == nullptr) return read_metadata(session);
  if (session.call.method != "DELETE") return write_metadata(session);
  const LiveDefinitions before = live_definitions(*session.org.catalogue);
  Answer<ApiReply> answer = write_metadata(session);
  if (answer) note_deleted(session.org, before);
  return answer;
}

}  // namespace flit::sim::dataverse
