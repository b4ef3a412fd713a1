// Functions: who am I, which organization, how many rows, which messages (fact sheet §1, §6, §13).

#include "sim/dataverse/api/operations.hpp"
#include "sim/dataverse/errors/errors.hpp"

namespace flit::sim::dataverse {
namespace {

/// The argument of that name; null if it is not there.
const odata::Argument* argument(const Session& session, std::string_view name) {
  for (const odata::Argument& argument : session.segment(0).arguments)
    if (argument.name == name) return &argument;
  return nullptr;
}

/// What `path eq 'text'` says anywhere in the filter.
std::string compared_text(const odata::Expression& filter, std::string_view path) {
  if (filter.kind == odata::ExpressionKind::comparison && filter.children.size() == 2 &&
      filter.children[0].name == path)
    return filter.children[1].literal.text;
  for (const odata::Expression& child : filter.children)
    if (std::string text = compared_text(child, path); !text.empty()) return text;
  return {};
}

bool supports(const Session& session, const std::string& message, const Table& table) {
  const bool bulk_everywhere = session.org.settings.readings.bulk_on_every_table;
  if (message == "CreateMultiple")
    return table.is_custom || bulk_everywhere || table.takes_create_multiple;
  if (message == "UpdateMultiple" || message == "UpsertMultiple")
    return table.is_custom || bulk_everywhere || table.takes_update_multiple;
  return message == "Create" || message == "Update" || message == "Delete" || message == "Upsert" ||
         message == "Retrieve" || message == "RetrieveMultiple";
}

/// The names in EntityNames=["account","contact"].
std::vector<std::string> table_names(const odata::Argument& argument) {
  std::vector<std::string> names;
  for (const odata::Literal& literal : argument.values) {
    if (literal.kind == odata::LiteralKind::text) {
      names.push_back(literal.text);
      continue;
    }
    const auto list = json::parse(literal.text);
    if (!list) continue;
    for (const json::Value name : list->root().elements()) names.emplace_back(name.string_or(""));
  }
  return names;
}

}  // namespace

json::Writer response_of(const Session& session, std::string_view name) {
  json::Writer out;
  out.begin_object().member(
      "@odata.context",
      session.call.root + "$metadata#Microsoft.Dynamics.CRM." + std::string(name));
  return out;
}

Answer<ApiReply> who_am_i(Session& session) {
  json::Writer out = response_of(session, "WhoAmIResponse");
  out.member("BusinessUnitId", session.org.known.business_unit.text());
  out.member("UserId", session.call.caller.user.text());
  out.member("OrganizationId", session.org.known.organization.text());
  out.end_object();
  return ApiReply::json(200, out.take());
}

Answer<ApiReply> current_organization(Session& session) {
  json::Writer out = response_of(session, "RetrieveCurrentOrganizationResponse");
  const std::string& name = session.org.settings.organization_name;
  const std::string host = session.call.root.substr(0, session.call.root.find("/api/data"));
  out.key("Detail").begin_object();
  out.member("OrganizationId", session.org.known.organization.text());
  out.member("FriendlyName", name).member("UniqueName", "simulated").member("UrlName", "simulated");
  out.member("OrganizationVersion", "9.2.0.0").member("State", "Enabled").member("Geo", "EMEA");
  out.key("Endpoints").begin_object().member("Count", 2).member("IsReadOnly", false);
  out.key("Keys").begin_array().string("WebApplication").string("OrganizationDataService");
  out.end_array().key("Values").begin_array().string(host + "/").string(session.call.root);
  out.end_array().end_object().end_object().end_object();
  return ApiReply::json(200, out.take());
}

Answer<ApiReply> retrieve_version(Session& session) {
  json::Writer out = response_of(session, "RetrieveVersionResponse");
  out.member("Version", "9.2.0.0").end_object();
  return ApiReply::json(200, out.take());
}

Answer<ApiReply> total_record_count(Session& session) {
  const odata::Argument* names = argument(session, "EntityNames");
  if (names == nullptr) return refuse(errors::bad_uri("The parameter 'EntityNames' is missing."));
  std::vector<std::pair<std::string, std::size_t>> counts;
  for (const std::string& name : table_names(*names)) {
    const Table* table = session.org.catalogue->table(name);
    if (table == nullptr)
      return refuse(errors::other(400, 0x80041102, "The specified entity was not found."));
    const RecordTable* rows = session.org.store->find(*table);
    counts.emplace_back(name, rows == nullptr ? 0 : rows->size());
  }
  json::Writer out = response_of(session, "RetrieveTotalRecordCountResponse");
  out.key("EntityRecordCountCollection").begin_object();
  out.member("Count", counts.size()).member("IsReadOnly", false);
  out.key("Keys").begin_array();
  for (const auto& [name, count] : counts) out.string(name);
  out.end_array().key("Values").begin_array();
  for (const auto& [name, count] : counts) out.integer(count);
  out.end_array().end_object().end_object();
  return ApiReply::json(200, out.take());
}

/// §6: an empty value means that the table does not take the message.
Answer<ApiReply> message_filters(Session& session) {
  json::Writer out;
  out.begin_object().member("@odata.context",
                            session.call.root + "$metadata#sdkmessagefilters(sdkmessagefilterid)");
  out.key("value").begin_array();
  if (const auto& filter = session.target.options.filter) {
    const std::string message = compared_text(*filter, "sdkmessageid/name");
    const std::string table_name = compared_text(*filter, "primaryobjecttypecode");
    const Table* table = session.org.catalogue->table(table_name);
    if (table != nullptr && supports(session, message, *table)) {
      out.begin_object().member("@odata.etag", "W/\"1\"");
      out.member("sdkmessagefilterid", metadata_id_of("filter", message + "." + table_name).text());
      out.end_object();
    }
  }
  out.end_array().end_object();
  return ApiReply::json(200, out.take());
}

}  // namespace flit::sim::dataverse
