// CreateMultiple, UpdateMultiple, UpsertMultiple, DeleteMultiple (fact sheet §6): on standard
// tables all or nothing and no word about which row failed; on elastic ones row by row.

#include "sim/dataverse/api/api.hpp"
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

/// The key column in the body of a row that does not exist yet: 0x80040216, without a hint (§6).
Answer<void> check_key_not_repeated(const RowAddress& address, const RowDraft& draft) {
  for (const auto& [column, cell] : address.key_cells)
    if (draft.find(column) != nullptr) return refuse(errors::unexpected());
  return {};
}

/// What a bulk message does with one target; gives the row's id.
class RowWriter {
 public:
  RowWriter(Session& session, const Table& table)
      : session_(session),
        table_(table),
        creating_(session.org, table, Purpose::create),
        updating_(session.org, table, Purpose::update) {}

  Answer<Uuid> create(json::Value target) {
    draft_.clear();
    FLIT_TRY_VOID(creating_.read(target, draft_));
    FLIT_TRY_VOID(check_duplicates(*session_.work, table_, draft_));
    return create_row(*session_.work, table_, draft_);
  }

  Answer<Uuid> update(json::Value target) {
    draft_.clear();
    FLIT_TRY(address, address_of_target(session_, table_, target));
    FLIT_TRY_VOID(existing_row(session_, address));
    FLIT_TRY_VOID(updating_.read(target, draft_));
    FLIT_TRY_VOID(check_duplicates(*session_.work, table_, draft_));
    FLIT_TRY_VOID(update_row(*session_.work, table_, *address.id, draft_));
    return *address.id;
  }

  Answer<Uuid> upsert(json::Value target) {
    draft_.clear();
    FLIT_TRY(address, address_of_target(session_, table_, target));
    const bool exists = address.id && session_.org.store->row(table_, *address.id) != nullptr;
    FLIT_TRY_VOID((exists ? updating_ : creating_).read(target, draft_));
    if (exists) {
      for (const auto& [column, cell] : address.key_cells) draft_.erase(column);
      FLIT_TRY_VOID(update_row(*session_.work, table_, *address.id, draft_));
      return *address.id;
    }
    FLIT_TRY_VOID(check_key_not_repeated(address, draft_));
    for (const auto& [column, cell] : address.key_cells) draft_.set(column, cell);
    if (address.key == nullptr) draft_.id = address.id;
    return create_row(*session_.work, table_, draft_);
  }

  Answer<Uuid> remove(json::Value target) {
    FLIT_TRY(address, address_of_target(session_, table_, target));
    FLIT_TRY_VOID(existing_row(session_, address));
    FLIT_TRY_VOID(delete_row(*session_.work, table_, *address.id));
    return *address.id;
  }

 private:
  Session& session_;
  const Table& table_;
  PayloadReader creating_;
  PayloadReader updating_;
  RowDraft draft_;
};

using Write = Answer<Uuid> (RowWriter::*)(json::Value);

Write write_of(std::string_view message) {
  if (message == "CreateMultiple") return &RowWriter::create;
  if (message == "UpdateMultiple") return &RowWriter::update;
  return message == "UpsertMultiple" ? &RowWriter::upsert : &RowWriter::remove;
}

/// Rows of an elastic table that failed, as ErrorDetails lists them (§6).
class Failures {
 public:
  void add(std::size_t index, const Refusal& refusal) {
    if (!first_) {
      first_ = refusal;
      list_.begin_array();
    }
    list_.begin_object().member("RequestIndex", index).member("Id", Uuid{}.text());
    list_.member("StatusCode", refusal.status).end_object();
  }

  /// The first failure, with the list of all. None: nothing failed.
  std::optional<Refusal> refusal() {
    if (!first_) return std::nullopt;
    list_.end_array();
    first_->annotations.emplace_back(
        "Microsoft.PowerApps.CDS.ErrorDetails.Plugin.BulkApiErrorDetails", list_.take());
    return std::move(first_);
  }

 private:
  std::optional<Refusal> first_;
  json::Writer list_;
};

/// Standard tables: the first failure ends everything. Elastic tables: what succeeds stays (§6).
Answer<ApiReply> write_targets(Session& session, const Table& table, std::string_view message,
                               json::Value targets) {
  RowWriter writer(session, table);
  const Write write = write_of(message);
  json::Writer out;
  out.begin_object().member("@odata.context", session.call.root +
                                                  "$metadata#Microsoft.Dynamics.CRM."
                                                  "CreateMultipleResponse");
  out.key("Ids").begin_array();
  Failures failures;
  std::size_t index = 0;
  for (const json::Value target : targets.elements()) {
    const std::size_t mark = session.work->tx.mark();
    auto id = (writer.*write)(target);
    if (id) {
      out.string(id->text());
    } else if (!table.is_elastic) {
      return refuse(std::move(id).error());
    } else {
      session.work->tx.roll_back_to(mark);
      failures.add(index, id.error());
    }
    ++index;
  }
  if (const auto refusal = failures.refusal()) return reply_of(*refusal, session.call);
  if (message != "CreateMultiple") return ApiReply::no_content();
  out.end_array().end_object();
  return ApiReply::json(200, out.take());
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
  if (name == "DeleteMultiple" && !table.is_elastic)
    return refuse(errors::not_implemented("DeleteMultiple"));
  if (!supports(session, table, name))
    return refuse(errors::message_not_supported(name, table.logical_name));
  FLIT_TRY(document, read_body(session.call, table.entity_set));
  FLIT_TRY(targets, targets_of(document, table));
  return write_targets(session, table, name, targets);
}

}  // namespace flit::sim::dataverse
