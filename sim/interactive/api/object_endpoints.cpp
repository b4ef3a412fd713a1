// Records: lists by id and by time, one, a count, a batch (facts/sources.md §1.3).

#include <algorithm>
#include <set>

#include "sim/interactive/api/call.hpp"
#include "sim/interactive/api/record_writer.hpp"

namespace flit::sim::interactive {

namespace {

constexpr std::size_t most_batch_ids = 100;

/// What one list answers with: rows, and where it goes on.
struct Page {
  std::vector<Row> rows;
  std::optional<ListPlace> next;
};

class PageReader {
 public:
  PageReader(const Call& call, const RecordTable& table, const ListQuery& query)
      : call_(call), table_(table), query_(query) {}

  Page read() { return query_.since_ms ? by_time() : by_id(); }

 private:
  /// False when the page is full.
  bool take(Page& page, const Row& row) {
    if (matching_ == query_.limit) {
      page.next = last_;
      return false;
    }
    ++matching_;
    last_ = {.time_ms = query_.archived ? row.archived_ms : row.updated_ms, .id = row.id};
    if (!hidden_by_token(row)) page.rows.push_back(row);
    return true;
  }

  // archived ones are few: their order by time is sorted by id instead of walking all records
  Page by_id() {
    Page page;
    const std::uint64_t after = query_.after ? query_.after->id : 0;
    const auto& rows = table_.rows();
    for (std::size_t at = query_.after ? table_.lower_bound(after + 1) : 0; at < rows.size();
         ++at) {
      const auto seen = call_.visibility.seen(table_, rows[at], call_.now_ms);
      if (!seen || seen->is_archived() != query_.archived || !has_owner(*seen)) continue;
      if (!take(page, *seen)) break;
    }
    return page;
  }

  Page by_time() {
    Page page;
    const RowOrder& order = table_.by_time(query_.archived);
    const auto time_of = [&](const Row& row) {
      return query_.archived ? row.archived_ms : row.updated_ms;
    };
    const ListPlace after = query_.after.value_or(ListPlace{.time_ms = no_time});
    auto at = std::partition_point(order.begin(), order.end(), [&](std::uint32_t position) {
      const Row& row = table_.rows()[position];
      return time_of(row) < *query_.since_ms ||
             (query_.after &&
              std::pair(time_of(row), row.id) <= std::pair(after.time_ms, after.id));
    });
    for (; at != order.end(); ++at) {
      const Row& row = table_.rows()[*at];
      if (call_.visibility.is_lagging(table_, row.id, call_.now_ms)) continue;
      if (!call_.visibility.seen(table_, row, call_.now_ms) || !has_owner(row)) continue;
      if (!take(page, row)) break;
    }
    return page;
  }

  std::string owner_of(const Row& row) const {
    const auto* name = table_.schema().name == "matters" ? "responsible_id" : "owner_id";
    return table_.text(row, name);
  }
  bool has_owner(const Row& row) const {
    return query_.owner_id.empty() || owner_of(row) == query_.owner_id;
  }
  bool hidden_by_token(const Row& row) const {
    return !call_.token->hidden_owners.empty() &&
           call_.token->hidden_owners.contains(owner_of(row));
  }

  const Call& call_;
  const RecordTable& table_;
  const ListQuery& query_;
  std::size_t matching_ = 0;
  ListPlace last_{};
};

Checked<void> may_read_archived(const Call& call, bool archived) {
  if (!archived || call.token->scopes.contains("crm.archived.read")) return {};
  return tl::make_unexpected(ApiError{.status = 403,
                                      .code = "missing_scope",
                                      .message = "This token may not read archived records.",
                                      .required_scopes = {"crm.archived.read"},
                                      .granted_scopes = call.token->scope_list()});
}

bool may_see(const Call& call, const RecordTable& table, const Row& row) {
  const auto* owner = table.schema().name == "matters" ? "responsible_id" : "owner_id";
  return call.token->hidden_owners.empty() ||
         !call.token->hidden_owners.contains(table.text(row, owner));
}

/// The record that answers for an id: itself, or the one it was merged into.
std::optional<Row> record_for(const Call& call, const RecordTable& table, std::uint64_t id,
                              bool archived) {
  std::set<std::uint64_t> been;
  while (been.insert(id).second) {
    const Row* const row = table.find(id);
    if (row == nullptr) return std::nullopt;
    const auto seen = call.visibility.seen(table, *row, call.now_ms);
    if (!seen || !may_see(call, table, *seen)) return std::nullopt;
    if (seen->is_archived() == archived) return seen;
    Cells cells;
    table.read(*seen, cells);
    const auto into = parse_id(unquoted(cells.merged_into));
    if (archived || !into) return std::nullopt;
    id = *into;
  }
  return std::nullopt;
}

struct BatchRequest {
  std::vector<std::uint64_t> ids;
  std::vector<std::string> unknown;  // no numbers: they name nothing
  std::string properties;
  bool has_properties = false;
  bool archived = false;
};

Checked<BatchRequest> read_batch(json::Value body) {
  BatchRequest batch;
  if (!body["ids"].is_array()) return bad_parameter("ids", "array", "");
  if (body["ids"].size() > most_batch_ids)
    return bad_parameter("ids", "max", std::to_string(body["ids"].size()));
  for (const json::Value id : body["ids"].elements()) {
    const auto text = id.as_string();
    if (!text) return bad_parameter("ids", "string", id.dump());
    if (const auto number = parse_id(*text))
      batch.ids.push_back(*number);
    else
      batch.unknown.emplace_back(*text);
  }
  batch.has_properties = body["properties"].is_array();
  for (const json::Value name : body["properties"].elements()) {
    if (!batch.properties.empty()) batch.properties += ',';
    batch.properties += name.string_or("");
  }
  batch.archived = body["archived"].as_boolean().value_or(false);
  // "order not that of the request" (facts/sources.md §1.3): by id, each once
  std::sort(batch.ids.begin(), batch.ids.end());
  batch.ids.erase(std::unique(batch.ids.begin(), batch.ids.end()), batch.ids.end());
  return batch;
}

Response batch_answer(const Call& call, const RecordTable& table, const BatchRequest& batch,
                      Projection projection) {
  RecordWriter writer(call.data, table, std::move(projection));
  std::string out = R"({"results":[)";
  std::vector<std::string> missing = batch.unknown;
  bool first = true;
  for (const std::uint64_t id : batch.ids) {
    const auto row = record_for(call, table, id, batch.archived);
    if (!row) {
      missing.push_back(std::to_string(id));
      continue;
    }
    if (!first) out += ',';
    first = false;
    writer.append(out, *row);
  }
  out += R"(],"missing":[)";
  for (std::size_t i = 0; i < missing.size(); ++i) {
    if (i != 0) out += ',';
    json::append_quoted(out, missing[i]);
  }
  out += "]}";
  return Response::json(200, std::move(out));
}

}  // namespace

Checked<std::uint64_t> id_of(std::string_view text) {
  const auto id = parse_id(text);
  if (!id) return tl::make_unexpected(not_found());
  return *id;
}

Checked<const RecordTable*> table_of(const Call& call, std::string_view object) {
  const RecordTable* const table = call.data.table(object);
  if (table == nullptr)
    return refuse(400, "unknown_object", "There is no object " + std::string(object) + ".");
  if (!call.data.has_module(table->schema().module))
    return tl::make_unexpected(ApiError{.status = 403,
                                        .code = "module_not_enabled",
                                        .message = "This account does not have that module.",
                                        .module = table->schema().module});
  return table;
}

Checked<Response> list_records(const Call& call) {
  const auto table = table_of(call, call.captures[0]);
  if (!table) return tl::make_unexpected(table.error());
  const auto query =
      read_list_query(call.target(), call.rules("objects/" + std::string(call.captures[0])));
  if (!query) return tl::make_unexpected(query.error());
  if (const auto allowed = may_read_archived(call, query->archived); !allowed)
    return tl::make_unexpected(allowed.error());
  auto projection = read_projection(call.data, **table, call.target().parameter("properties"),
                                    call.target().parameter("associations"));
  if (!projection) return tl::make_unexpected(projection.error());

  const Page page = PageReader(call, **table, *query).read();
  RecordWriter writer(call.data, **table, std::move(*projection));
  std::string out = R"({"results":[)";
  for (std::size_t i = 0; i < page.rows.size(); ++i) {
    if (i != 0) out += ',';
    writer.append(out, page.rows[i]);
  }
  out += ']';
  if (page.next) append_paging(out, call.target(), *query, *page.next);
  out += '}';
  return Response::json(200, std::move(out));
}

Checked<Response> get_record(const Call& call) {
  const auto table = table_of(call, call.captures[0]);
  if (!table) return tl::make_unexpected(table.error());
  const auto archived = read_flag(call.target(), "archived");
  if (!archived) return tl::make_unexpected(archived.error());
  if (const auto allowed = may_read_archived(call, *archived); !allowed)
    return tl::make_unexpected(allowed.error());
  auto projection = read_projection(call.data, **table, call.target().parameter("properties"),
                                    call.target().parameter("associations"));
  if (!projection) return tl::make_unexpected(projection.error());
  const auto id = id_of(call.captures[1]);
  const auto row = id ? record_for(call, **table, *id, *archived) : std::nullopt;
  if (!row) return tl::make_unexpected(not_found());
  std::string out;
  RecordWriter(call.data, **table, std::move(*projection)).append(out, *row);
  return Response::json(200, std::move(out));
}

Checked<Response> count_records(const Call& call) {
  const auto table = table_of(call, call.captures[0]);
  if (!table) return tl::make_unexpected(table.error());
  // approximate by up to 1 % (facts/sources.md §1.3), the same each time for the same records
  const auto live = static_cast<std::int64_t>((*table)->live());
  const auto swing = static_cast<std::int64_t>(
      mix64(call.data.seed + static_cast<std::uint64_t>(live) * 31) % 201);
  json::Writer out;
  out.begin_object().member("count", live + live * (swing - 100) / 10'000);
  out.member("archived", (*table)->archived()).member("approximate", true).end_object();
  return Response::json(200, out.take());
}

Checked<Response> batch_read(const Call& call) {
  const auto table = table_of(call, call.captures[0]);
  if (!table) return tl::make_unexpected(table.error());
  const auto document = json::parse(call.request.body);
  if (!document || !document->root().is_object())
    return refuse(400, "invalid_parameter", "The body must be a JSON object.");
  const auto batch = read_batch(document->root());
  if (!batch) return tl::make_unexpected(batch.error());
  if (const auto allowed = may_read_archived(call, batch->archived); !allowed)
    return tl::make_unexpected(allowed.error());
  auto projection = read_projection(
      call.data, **table,
      batch->has_properties ? std::optional<std::string_view>(batch->properties) : std::nullopt,
      std::nullopt);
  if (!projection) return tl::make_unexpected(projection.error());
  return batch_answer(call, **table, *batch, std::move(*projection));
}

}  // namespace flit::sim::interactive
