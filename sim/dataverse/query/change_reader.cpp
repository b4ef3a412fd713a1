#include "sim/dataverse/query/change_reader.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "sim/dataverse/odata/delta_token.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse {
namespace {

/// $skiptoken of a first read: "tracking!<version>!<last id>"; of a delta: "<last version>".
constexpr std::string_view first_read_mark = "tracking!";

struct FirstRead {
  std::uint64_t version = 0;
  std::optional<Uuid> after{};
};

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return value;
}

Error bad_token() {
  return odata::platform_fault("0x8004112a", "Invalid page number in paging cookie.");
}

Result<void> check_options(const CollectionRequest& request, const StoreTable& table) {
  const auto refuse = [](std::string_view option) {
    return odata::uri_fault(fmt::format(
        "The \"{}\" query parameter isn't supported when Change Tracking is enabled.", option));
  };
  const odata::QueryOptions& options = request.options;
  if (options.filter) return refuse("$filter");
  if (!options.order_by.empty()) return refuse("$orderby");
  if (!options.expand.empty()) return refuse("$expand");
  if (options.top) return refuse("$top");
  if (!table.definition().change_tracking)
    return odata::platform_fault("0x80072491",
                                 fmt::format("Change tracking is not enabled for the entity '{}'.",
                                             table.definition().logical_name));
  return {};
}

class ChangeReader {
 public:
  ChangeReader(const CollectionRequest& request, const StoreTable& table,
               const ChangeWindow& window, Shape shape)
      : request_(request),
        table_(table),
        window_(window),
        shape_(std::move(shape)),
        rows_(request.root, request.preferences),
        page_rows_(static_cast<std::size_t>(std::clamp<std::int64_t>(
            request.preferences.max_page_size.value_or(odata::max_page_rows), 1,
            odata::max_page_rows))) {}

  Result<std::string> first_read() {
    FirstRead from{.version = window_.version};
    const std::string_view token = request_.options.skip_token;
    if (!token.empty()) {
      const std::size_t mark = token.find('!', first_read_mark.size());
      const auto version = number(token.substr(0, mark).substr(first_read_mark.size()));
      const auto id = Uuid::parse(mark == std::string_view::npos ? "" : token.substr(mark + 1));
      if (!version || !id) return bad_token();
      from = {*version, *id};
    }
    std::vector<Uuid> ids;
    table_.scan(from.after, [&](const odata::RowView& row) {
      ids.push_back(row.id());
      return ids.size() <= page_rows_;
    });
    const bool more = ids.size() > page_rows_;
    if (more) ids.pop_back();
    begin();
    if (!more) write_delta_link(from.version);
    out_.key("value").begin_array();
    for (const Uuid& id : ids) write_row(id);
    out_.end_array();
    if (more)
      out_.member("@odata.nextLink",
                  next_link(request_, fmt::format("{}{}!{}", first_read_mark, from.version,
                                                  ids.back().text())));
    out_.end_object();
    return out_.take();
  }

  Result<std::string> since(const odata::DeltaToken& token) {
    std::uint64_t from = token.version;
    if (!request_.options.skip_token.empty()) {
      const auto version = number(request_.options.skip_token);
      if (!version) return bad_token();
      from = *version;
    }
    auto changed = changed_after(from);
    const bool more = changed.size() > page_rows_;
    if (more) changed.resize(page_rows_);
    begin();
    if (!more) write_delta_link(window_.version);
    out_.key("value").begin_array();
    for (const auto& [version, id] : changed) write_row(id);
    if (!more)
      for (const DeletedRow& deletion : window_.deletions)
        if (deletion.version > token.version) write_deletion(deletion.id);
    out_.end_array();
    if (more)
      out_.member("@odata.nextLink", next_link(request_, std::to_string(changed.back().first)));
    out_.end_object();
    return out_.take();
  }

  std::vector<std::pair<std::uint64_t, Uuid>> changed_after(std::uint64_t version) const {
    std::vector<std::pair<std::uint64_t, Uuid>> changed;
    table_.scan({}, [&](const odata::RowView& view) {
      const Row& row = static_cast<const StoreRow&>(view).row();
      if (row.head.version > version) changed.emplace_back(row.head.version, row.head.id);
      return true;
    });
    std::sort(changed.begin(), changed.end());
    return changed;
  }

 private:
  void begin() {
    const std::string columns = context_of(shape_);
    out_.begin_object();
    out_.member("@odata.context", fmt::format("{}$metadata#{}{}/$delta", request_.root,
                                              table_.definition().entity_set,
                                              columns.empty() ? "" : "(" + columns + ")"));
  }

  void write_delta_link(std::uint64_t version) {
    std::string link = fmt::format("{}{}?", request_.root, request_.path);
    std::string_view query = request_.query;
    while (!query.empty()) {
      const std::size_t end = std::min(query.find('&'), query.size());
      const std::string_view part = query.substr(0, end);
      query.remove_prefix(std::min(end + 1, query.size()));
      const bool token = part.find("skiptoken=") != std::string_view::npos ||
                         part.find("deltatoken=") != std::string_view::npos;
      if (!part.empty() && !token) link.append(part).append("&");
    }
    const odata::DeltaToken token{version, request_.context.now};
    out_.member("@odata.deltaLink",
                link + "$deltatoken=" + percent::encode(odata::to_string(token)));
  }

  void write_row(const Uuid& id) {
    table_.find(id, [&](const odata::RowView& row) {
      out_.begin_object();
      rows_.write_members(out_, static_cast<const StoreRow&>(row), shape_);
      out_.end_object();
      return false;
    });
  }

  void write_deletion(const Uuid& id) {
    out_.begin_object();
    out_.member("@odata.context", fmt::format("{}$metadata#{}/$deletedEntity", request_.root,
                                              table_.definition().entity_set));
    out_.member("id", id.text()).member("reason", "deleted");
    out_.end_object();
  }

  const CollectionRequest& request_;
  const StoreTable& table_;
  const ChangeWindow& window_;
  Shape shape_;
  ShapeWriter rows_;
  std::size_t page_rows_;
  json::Writer out_;
};

Result<odata::DeltaToken> valid_token(const CollectionRequest& request,
                                      const ChangeWindow& window) {
  FLIT_TRY(token, odata::parse_delta_token(request.options.delta_token));
  if (token.when < request.context.now - window.days * 86'400)
    return odata::platform_fault(
        "0x80044352",
        "Version stamp associated with the client has expired. Please perform a full sync.");
  return token;
}

}  // namespace

bool tracks_changes(const CollectionRequest& request) {
  return request.preferences.track_changes || !request.options.delta_token.empty() ||
         request.options.skip_token.rfind(first_read_mark, 0) == 0;
}

Result<std::string> read_changes(const CollectionRequest& request, const StoreTable& table,
                                 const ChangeWindow& window) {
  FLIT_TRY_VOID(check_options(request, table));
  FLIT_TRY(shape, bind_shape(request.options, table, request.context));
  ChangeReader reader(request, table, window, std::move(shape));
  if (request.options.delta_token.empty()) return reader.first_read();
  FLIT_TRY(token, valid_token(request, window));
  return reader.since(token);
}

Result<std::int64_t> count_changes(const CollectionRequest& request, const StoreTable& table,
                                   const ChangeWindow& window) {
  FLIT_TRY_VOID(check_options(request, table));
  FLIT_TRY(token, valid_token(request, window));
  const ChangeReader reader(request, table, window, Shape{});
  auto count = static_cast<std::int64_t>(reader.changed_after(token.version).size());
  for (const DeletedRow& deletion : window.deletions) count += deletion.version > token.version;
  return count;
}

}  // namespace flit::sim::dataverse
