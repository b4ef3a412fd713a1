// Single rows: create, read, upsert, delete (fact sheet §3, §5).

#include "sim/dataverse/api/reading.hpp"
#include "sim/dataverse/api/session.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/errors/from_error.hpp"
#include "sim/dataverse/payload/payload_reader.hpp"
#include "sim/dataverse/query/collection_reader.hpp"
#include "sim/dataverse/rules/duplicates.hpp"

namespace flit::sim::dataverse {
namespace {

/// Tables that take no direct writes: intersect tables, parties, files, privileges (§3, §9, §12).
Answer<void> check_writable(const Table& table, std::string_view message) {
  const bool only_updates = table.logical_name == "organization" && message != "Update";
  if (table.is_intersect || table.logical_name == "activityparty" ||
      table.logical_name == "fileattachment" || table.logical_name == "privilege" || only_updates)
    return refuse(errors::message_not_supported(message, table.logical_name));
  return {};
}

Answer<ApiReply> create(Session& session, const Table& table) {
  FLIT_TRY_VOID(check_writable(table, "Create"));
  FLIT_TRY(document, read_body(session.call, table.entity_set));
  RowDraft draft;
  FLIT_TRY_VOID(PayloadReader(session.org, table, Purpose::create).read(document.root(), draft));
  FLIT_TRY_VOID(check_duplicates(*session.work, table, draft));
  FLIT_TRY(id, create_row(*session.work, table, draft));
  if (session.call.preferences.return_representation) {
    FLIT_TRY(body, representation(session, table, id));
    ApiReply reply = ApiReply::json(201, std::move(body));
    reply.add("Preference-Applied", "return=representation");
    return reply;
  }
  ApiReply reply = ApiReply::no_content();
  reply.add("OData-EntityId", session.row_url(table, id));
  reply.add("Location", session.row_url(table, id));
  return reply;
}

/// The If-Match value that the row's version must equal; "*" and none fit every row.
bool version_fits(const Row& row, std::string_view if_match) {
  return if_match.empty() || if_match == "*" || if_match == version_tag(row);
}

std::string echoed_url(const Session& session, const Table& table, const Uuid& id,
                       const RowAddress& address) {
  // §3: a key URL is given back as it came, not as the id.
  if (address.key != nullptr) return session.call.root + session.call.path;
  return session.row_url(table, id);
}

Answer<ApiReply> answer_write(Session& session, const Table& table, const Uuid& id,
                              const RowAddress& address, bool created) {
  if (session.call.preferences.return_representation) {
    FLIT_TRY(body, representation(session, table, id));
    ApiReply reply = ApiReply::json(created ? 201 : 200, std::move(body));
    reply.add("Preference-Applied", "return=representation");
    return reply;
  }
  ApiReply reply = ApiReply::no_content();
  reply.add("OData-EntityId", echoed_url(session, table, id, address));
  return reply;
}

Answer<ApiReply> update_existing(Session& session, const Table& table, const RowAddress& address,
                                 json::Value body) {
  RowDraft draft;
  FLIT_TRY_VOID(PayloadReader(session.org, table, Purpose::update).read(body, draft));
  for (const auto& [column, cell] : address.key_cells) draft.erase(column);
  FLIT_TRY_VOID(check_duplicates(*session.work, table, draft));
  FLIT_TRY_VOID(update_row(*session.work, table, *address.id, draft));
  return answer_write(session, table, *address.id, address, false);
}

Answer<ApiReply> create_missing(Session& session, const Table& table, const RowAddress& address,
                                json::Value body) {
  FLIT_TRY_VOID(check_writable(table, "Upsert"));
  RowDraft draft;
  FLIT_TRY_VOID(PayloadReader(session.org, table, Purpose::create).read(body, draft));
  // §3: when the row is missing, values of the body win over those of the URL.
  for (const auto& [column, cell] : address.key_cells)
    if (draft.find(column) == nullptr) {
      Cell named = cell;
      const Column& key_column = table.column_at(column);
      if (cell.kind == CellKind::lookup && !key_column.targets.empty())
        if (const Table* target = session.org.catalogue->table(key_column.targets.front()))
          named.table = target->index;
      draft.set(column, named);
    }
  if (address.key == nullptr) draft.id = address.id;
  FLIT_TRY_VOID(check_duplicates(*session.work, table, draft));
  FLIT_TRY(id, create_row(*session.work, table, draft));
  return answer_write(session, table, id, address, true);
}

/// The matrix of §3: If-Match and If-None-Match decide between create, update and 412.
Answer<ApiReply> upsert(Session& session, const Table& table) {
  FLIT_TRY_VOID(check_writable(table, "Update"));
  FLIT_TRY(address, addressed_row(session, table));
  FLIT_TRY(document, read_body(session.call, table.entity_set));
  const Row* row = address.id ? session.org.store->row(table, *address.id) : nullptr;
  const std::string_view if_match = session.call.header_or("If-Match", "");
  if (row != nullptr) {
    if (session.call.header_or("If-None-Match", "") == "*")
      return refuse(errors::duplicate_record());
    if (!version_fits(*row, if_match)) return refuse(errors::version_mismatch());
    return update_existing(session, table, address, document.root());
  }
  if (!if_match.empty()) return refuse(address.not_found());
  return create_missing(session, table, address, document.root());
}

Answer<ApiReply> remove(Session& session, const Table& table) {
  FLIT_TRY_VOID(check_writable(table, "Delete"));
  FLIT_TRY(address, addressed_row(session, table));
  FLIT_TRY(row, existing_row(session, address));
  if (!version_fits(*row, session.call.header_or("If-Match", "")))
    return refuse(errors::version_mismatch());
  FLIT_TRY_VOID(delete_row(*session.work, table, *address.id));
  return ApiReply::no_content();
}

Answer<ApiReply> retrieve(Session& session, const Table& table) {
  FLIT_TRY_VOID(check_readable(session, table, session.target.options));
  FLIT_TRY(address, addressed_row(session, table));
  FLIT_TRY(row, existing_row(session, address));
  FLIT_TRY_VOID(require(session.org, session.call.caller, AccessRight::read, table, *row));
  const std::string etag = version_tag(*row);
  if (session.call.header_or("If-None-Match", "") == etag) {
    ApiReply reply{.status = 304};
    reply.add("ETag", etag);
    return reply;
  }
  const std::string_view if_match = session.call.header_or("If-Match", "");
  if (!version_fits(*row, if_match)) return refuse(errors::version_mismatch());
  FLIT_TRY(body, representation(session, table, *address.id));
  ApiReply reply = ApiReply::json(200, std::move(body));
  reply.add("ETag", etag);
  const std::string applied = odata::preference_applied(session.call.preferences);
  if (!applied.empty()) reply.add("Preference-Applied", applied);
  return reply;
}

}  // namespace

Answer<RowAddress> addressed_row(Session& session, const Table& table) {
  FLIT_TRY(address, address_of(session.org, table, session.segment(0).arguments, session.arena));
  const std::string* option = session.target.options.other("partitionId");
  if (!table.is_elastic || option == nullptr || !address.id) return address;
  std::string_view partition = *option;  // clients write it bare and in quotes
  if (partition.size() > 1 && partition.front() == '\'' && partition.back() == '\'')
    partition = partition.substr(1, partition.size() - 2);
  // §6: a row of an elastic table is found in its own partition only.
  const Row* row = session.org.store->row(table, *address.id);
  if (row != nullptr && row->cell(table.column("partitionid")->index).text != partition)
    return refuse(address.not_found());
  return address;
}

Answer<const Row*> existing_row(Session& session, const RowAddress& address) {
  const Row* row = address.id ? session.org.store->row(*address.table, *address.id) : nullptr;
  if (row == nullptr) return refuse(address.not_found());
  return row;
}

Answer<std::string> representation(Session& session, const Table& table, const Uuid& id) {
  const Row* row = session.org.store->row(table, id);
  if (row == nullptr) return refuse(errors::object_does_not_exist(table.logical_name, id));
  Reading reading(session);
  odata::QueryOptions options = session.target.options;
  // §2: with return=representation $expand is ignored.
  if (session.work != nullptr) options.expand.clear();
  const CollectionRequest request = reading.request(options);
  const auto body = read_row(request, StoreRow(reading.views.of(table), *row));
  if (!body) return refuse(refusal_of(body.error()));
  return *body;
}

Answer<ApiReply> handle_row(Session& session, const Table& table) {
  const std::string& method = session.call.method;
  if (method == "GET" || method == "HEAD") return retrieve(session, table);
  if (method == "PATCH") return upsert(session, table);
  if (method == "DELETE") return remove(session, table);
  return refuse(wrong_method(session));
}

Answer<ApiReply> handle_collection(Session& session, const Table& table) {
  const std::string& method = session.call.method;
  if (method == "GET" || method == "HEAD") return handle_query(session, table);
  if (method == "POST") return create(session, table);
  return refuse(wrong_method(session));
}

}  // namespace flit::sim::dataverse
