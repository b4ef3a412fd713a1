// What may take part in a relationship (fact sheet §11, "Checks"). Every table but intersect tables
// and activity parties may; an unknown one is refused.

#include "sim/dataverse/api/operations.hpp"
#include "sim/dataverse/errors/errors.hpp"

namespace flit::sim::dataverse {
namespace {

bool may_relate(const Table& table) {
  return !table.is_deleted && !table.is_intersect && table.logical_name != "activityparty";
}

/// {"EntityName":"account"} → {"<name>": true}.
Answer<ApiReply> answer_check(Session& session, const char* name) {
  FLIT_TRY(document, read_body(session.call, name));
  const std::string table_name(document.root()["EntityName"].string_or(""));
  const Table* table = session.org.catalogue->table(table_name);
  if (table == nullptr)
    return refuse(errors::other(
        400, 0x80041102,
        "The entity with a name = '" + table_name + "' was not found in the MetadataCache."));
  json::Writer out = response_of(session, std::string(name) + "Response");
  out.member(name, may_relate(*table)).end_object();
  return ApiReply::json(200, out.take());
}

Answer<ApiReply> answer_names(Session& session, const char* name) {
  json::Writer out = response_of(session, std::string(name) + "Response");
  out.key("EntityNames").begin_array();
  for (const Table& table : session.org.catalogue->tables())
    if (may_relate(table)) out.string(table.logical_name);
  out.end_array().end_object();
  return ApiReply::json(200, out.take());
}

}  // namespace

Answer<ApiReply> can_be_referenced(Session& session) {
  return answer_check(session, "CanBeReferenced");
}
Answer<ApiReply> can_be_referencing(Session& session) {
  return answer_check(session, "CanBeReferencing");
}
Answer<ApiReply> can_many_to_many(Session& session) {
  return answer_check(session, "CanManyToMany");
}
Answer<ApiReply> valid_referenced(Session& session) {
  return answer_names(session, "GetValidReferencedEntities");
}
Answer<ApiReply> valid_referencing(Session& session) {
  return answer_names(session, "GetValidReferencingEntities");
}
Answer<ApiReply> valid_many_to_many(Session& session) {
  return answer_names(session, "GetValidManyToMany");
}

}  // namespace flit::sim::dataverse
