// CreateMultiple, UpdateMultiple, UpsertMultiple, DeleteMultiple (fact sheet §6): one transaction,
// all or nothing, and no word about which row failed.

#include "sim/dataverse/api/session.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/payload/payload_reader.hpp"
#include "sim/dataverse/rules/duplicates.hpp"

namespace flit::sim::dataverse {
namespace {

std::string_view short_name(const odata::Segment& segment) {
  constexpr std::string_view prefix = "Microsoft.Dynamics.CRM.";
  std::string_view name = segment.name;
  if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  return name;
}

Answer<json::Value> targets_of(const json::Document& document, const Table& table) {
  const json::Value targets = document.root()["Targets"];
  if (!targets.is_array())
    return refuse(errors::payload(table.entity_set, "The parameter 'Targets' is missing."));
  for (const json::Member member : document.root().members())
    if (member.key != "Targets" && member.key.find('@') == std::string_view::npos)
      return refuse(errors::payload(
          table.entity_set, "The parameter '" + std::string(member.key) + "' is not defined."));
  for (const json::Value target : targets.elements())
    if (!target.is_object() || !target["@odata.type"].is_string())
      return refuse(errors::payload(table.entity_set,
                                    "A node of type 'EntityReference' without '@odata.type' was "
                                    "found; every target must state its type."));
  return targets;
}

Answer<ApiReply> create_multiple(Session& session, const Table& table, json::Value targets) {
  PayloadReader reader(session.org, table, Purpose::create);
  json::Writer out;
  out.begin_object().member("@odata.context", session.call.root +
                                                  "$metadata#Microsoft.Dynamics.CRM."
                                                  "CreateMultipleResponse");
  out.key("Ids").begin_array();
  RowDraft draft;
  for (const json::Value target : targets.elements()) {
    draft.clear();
    FLIT_TRY_VOID(reader.read(target, draft));
    FLIT_TRY_VOID(check_duplicates(*session.work, table, draft));
    FLIT_TRY(id, create_row(*session.work, table, draft));
    out.string(id.text());
  }
  out.end_array().end_object();
  return ApiReply::json(200, out.take());
}

/// Which row a target of Update- or UpsertMultiple means.
Answer<RowAddress> address_of_target(Session& session, const Table& table, json::Value target) {
  if (const auto uri = target["@odata.id"].as_string()) {
    const std::size_t slash = uri->rfind('/');
    const std::string_view last =
        slash == std::string_view::npos || uri->find('(') < slash ? *uri : uri->substr(slash + 1);
    const auto path = odata::parse_resource_path(last, {});
    if (!path || path->size() != 1 || path->front().name != table.entity_set)
      return refuse(errors::payload(
          table.entity_set,
          "The '@odata.id' of a target is not a row of '" + table.entity_set + "'."));
    return address_of(session.org, table, path->front().arguments, session.arena);
  }
  const auto text = target[table.primary_id].as_string();
  const auto id = text ? Uuid::parse(*text) : Result<Uuid>(Error{});
  if (!id)
    return refuse(errors::payload(table.entity_set, "A target names no row: '" + table.primary_id +
                                                        "' or '@odata.id' is required."));
  return RowAddress{.table = &table, .id = *id};
}

Answer<ApiReply> update_multiple(Session& session, const Table& table, json::Value targets) {
  PayloadReader reader(session.org, table, Purpose::update);
  RowDraft draft;
  for (const json::Value target : targets.elements()) {
    draft.clear();
    FLIT_TRY(address, address_of_target(session, table, target));
    FLIT_TRY_VOID(existing_row(session, address));
    FLIT_TRY_VOID(reader.read(target, draft));
    FLIT_TRY_VOID(check_duplicates(*session.work, table, draft));
    FLIT_TRY_VOID(update_row(*session.work, table, *address.id, draft));
  }
  return ApiReply::no_content();
}

/// The key column in the body of a row that does not exist yet: 0x80040216, without a hint (§6).
Answer<void> check_key_not_repeated(const RowAddress& address, const RowDraft& draft) {
  for (const auto& [column, cell] : address.key_cells)
    if (draft.find(column) != nullptr) return refuse(errors::unexpected());
  return {};
}

Answer<ApiReply> upsert_multiple(Session& session, const Table& table, json::Value targets) {
  PayloadReader creating(session.org, table, Purpose::create);
  PayloadReader updating(session.org, table, Purpose::update);
  RowDraft draft;
  for (const json::Value target : targets.elements()) {
    draft.clear();
    FLIT_TRY(address, address_of_target(session, table, target));
    const bool exists = address.id && session.org.store->row(table, *address.id) != nullptr;
    FLIT_TRY_VOID((exists ? updating : creating).read(target, draft));
    if (exists) {
      for (const auto& [column, cell] : address.key_cells) draft.erase(column);
      FLIT_TRY_VOID(update_row(*session.work, table, *address.id, draft));
      continue;
    }
    FLIT_TRY_VOID(check_key_not_repeated(address, draft));
    for (const auto& [column, cell] : address.key_cells) draft.set(column, cell);
    if (address.key == nullptr) draft.id = address.id;
    auto made = create_row(*session.work, table, draft);
    if (!made) return refuse(std::move(made).error());
  }
  return ApiReply::no_content();
}

bool supports(const Session& session, const Table& table, std::string_view message) {
  if (table.is_custom || session.org.settings.readings.bulk_on_every_table) return true;
  return message == "CreateMultiple" ? table.takes_create_multiple : table.takes_update_multiple;
}

}  // namespace

Answer<ApiReply> handle_bound_action(Session& session, const Table& table) {
  const std::string_view name = short_name(session.segment(1));
  const bool known = name == "CreateMultiple" || name == "UpdateMultiple" ||
                     name == "UpsertMultiple" || name == "DeleteMultiple";
  if (!known || !session.segment(1).is_qualified() || session.segments() > 2)
    return refuse(errors::no_such_segment(session.segment(1).name));
  if (session.call.method != "POST" || session.work == nullptr)
    return refuse(wrong_method(session));
  if (name == "DeleteMultiple") return refuse(errors::not_implemented("DeleteMultiple"));
  if (!supports(session, table, name))
    return refuse(errors::message_not_supported(name, table.logical_name));
  FLIT_TRY(document, read_body(session.call, table.entity_set));
  FLIT_TRY(targets, targets_of(document, table));
  if (name == "CreateMultiple") return create_multiple(session, table, targets);
  if (name == "UpdateMultiple") return update_multiple(session, table, targets);
  return upsert_multiple(session, table, targets);
}

}  // namespace flit::sim::dataverse
