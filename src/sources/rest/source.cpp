#include "sources/rest/source.hpp"

#include <algorithm>
#include <utility>

#include "http/fault.hpp"
#include "sources/rest/json_text.hpp"

namespace flit::sources::rest {
namespace {

constexpr std::string_view arrow = "→";

Result<json::Value> rows_of(const RestSpec& spec, const Endpoint& endpoint, json::Value body) {
  return list_in(body, endpoint.results.empty() ? spec.keys.results : endpoint.results,
                 endpoint.name);
}

}  // namespace

Result<std::unique_ptr<RestSource>> RestSource::open(http::Transport& transport, const Clock& clock,
                                                     RestSpec spec, Secret credential) {
  auto base = http::Url::parse(spec.base_url);
  if (!base) return Error(base.error()).during("reading source.base_url");
  return std::unique_ptr<RestSource>(
      new RestSource(transport, clock, std::move(spec), std::move(*base), std::move(credential)));
}

RestSource::RestSource(http::Transport& transport, const Clock& clock, RestSpec spec,
                       http::Url base, Secret credential)
    : spec_(std::move(spec)),
      caller_(transport, clock, spec_, std::move(base), std::move(credential)) {}

RestSource::Target RestSource::target_of(const model::Listing& listing) const {
  const std::size_t at = listing.name.find(arrow);
  if (at == std::string::npos)
    return {.endpoint = spec_.is_object(listing.name) ? spec_.object_endpoint(listing.name)
                                                      : *spec_.find_endpoint(listing.name)};
  const std::string from = listing.name.substr(0, at);
  const std::string to = listing.name.substr(at + arrow.size());
  Endpoint edges{.name = listing.name,
                 .path = with_value(with_value(spec_.associations.path, "from", from), "to", to),
                 .limit = spec_.associations.limit,
                 .incremental = true,
                 .archived = true};
  return {.endpoint = std::move(edges), .is_association = true};
}

int RestSource::limit_of(const Endpoint& endpoint) const {
  return endpoint.limit == 0 ? spec_.paging.limit : endpoint.limit;
}

Result<Heard> RestSource::ask(const Target& target, bool archived, const Place& place,
                              std::stop_token stop) {
  const Endpoint& endpoint = target.endpoint;
  if (!endpoint.path)
    return Error{.fault = Fault::setup,
                 .message = "the source has no such list",
                 .where = endpoint.name,
                 .remedy = "Check source.endpoints."};
  Query query = endpoint.query;
  if (archived) query.push_back({spec_.keys.archived, {"true"}});
  if (endpoint.paged) append_paging(spec_, limit_of(endpoint), place, query);
  return caller_.ask(with_value(*endpoint.path, "object", endpoint.name), query, stop);
}

Result<Heard> RestSource::ask_or_restart(const Target& target, bool archived, Place& place,
                                         std::stop_token stop) {
  auto heard = ask(target, archived, place, stop);
  const std::vector<std::string>& expired = spec_.paging.expired;
  if (heard || place.at.empty() || place.restarts >= most_restarts ||
      std::find(expired.begin(), expired.end(), heard.error().code) == expired.end())
    return heard;
  place = restarted(spec_.incremental, place);
  return ask(target, archived, place, stop);
}

Result<model::Page> RestSource::read(const model::Listing& listing,
                                     const std::optional<model::Cursor>& from,
                                     std::stop_token stop) {
  const Target target = target_of(listing);
  Place place = first_place(spec_.incremental,
                            target.endpoint.incremental ? listing.changed_since : std::nullopt);
  if (from) {
    FLIT_TRY(known, place_of(*from));
    place = known;
  }
  FLIT_TRY(heard, ask_or_restart(target, listing.archived, place, stop));
  if (place.since && !place.began)
    if (const auto date = heard.response.headers.find("Date"))
      place.began = http::parse_http_date(*date);
  model::Page page{.bytes = heard.response.body.size()};
  FLIT_TRY_VOID(take(target, heard, page, stop));
  FLIT_TRY_VOID(go_on(target.endpoint, heard, place, page));
  return page;
}

Result<void> RestSource::take(const Target& target, const Heard& heard, model::Page& page,
                              std::stop_token stop) {
  const Endpoint& endpoint = target.endpoint;
  if (target.is_association) {
    FLIT_TRY(edges, rows_of(spec_, endpoint, heard.body()));
    for (const json::Value row : edges.elements()) {
      FLIT_TRY(edge, edge_of(spec_.associations.edge_keys, endpoint.name, row));
      page.edges.push_back(std::move(edge));
    }
    return {};
  }
  std::vector<TablePtr> keep;
  FLIT_TRY(lookups, lookups_for(endpoint, keep, stop));
  const RecordMaker maker(spec_, endpoint, lookups);
  if (endpoint.holds == Endpoint::Holds::one) return maker.add(heard.body(), page.records);
  FLIT_TRY(rows, rows_of(spec_, endpoint, heard.body()));
  for (const json::Value row : rows.elements())
    FLIT_TRY_VOID(take_row(endpoint, maker, row, page.records, stop));
  return {};
}

Result<void> RestSource::go_on(const Endpoint& endpoint, const Heard& heard, Place& place,
                               model::Page& page) const {
  for (std::size_t i = 0; place.since && i < page.records.size(); ++i) {
    const std::optional<Instant> changed = page.records[i].updated_at;
    if (!changed) continue;
    if (place.began && *changed >= *place.began) {
      page.records.erase(page.records.begin() + static_cast<std::ptrdiff_t>(i), page.records.end());
      return {};
    }
    place.seen = std::max(place.seen.value_or(*changed), *changed);
  }
  if (!endpoint.paged) return {};
  auto next = next_place(spec_.paging, limit_of(endpoint), place, heard.body());
  if (!next) return {};
  if (spec_.paging.kind == Paging::Kind::cursor) {
    auto news = notice_circle(heard.response.body, *next);
    if (!news) return Error(news.error()).during("reading " + endpoint.name);
  }
  page.next = to_cursor(*next);
  return {};
}

Result<void> RestSource::take_row(const Endpoint& endpoint, const RecordMaker& maker,
                                  json::Value row, std::vector<model::Record>& records,
                                  std::stop_token stop) {
  if (endpoint.details.empty()) return maker.add(row, records);
  const std::string id = text_of(row.at_path(endpoint.id.empty() ? spec_.keys.id : endpoint.id));
  FLIT_TRY(whole, caller_.ask(with_value(endpoint.details, "id", id), {}, stop));
  return maker.add(whole.body(), records);
}

Result<Lookups> RestSource::lookups_for(const Endpoint& endpoint, std::vector<TablePtr>& keep,
                                        std::stop_token stop) {
  Lookups lookups;
  if (!endpoint.nested) return lookups;
  for (const Join& join : spec_.joins) {
    if (!join.applies_to(endpoint.name)) continue;
    FLIT_TRY(table, table_of(join, stop));
    lookups.all.push_back({&join, table.get()});
    keep.push_back(std::move(table));
  }
  return lookups;
}

Result<RestSource::TablePtr> RestSource::table_of(const Join& join, std::stop_token stop) {
  while (true) {
    std::optional<model::Cursor> at;
    std::size_t pages = 0;
    const TablePtr ready = tables_.with([&](Tables& tables) -> TablePtr {
      if (const auto found = tables.ready.find(&join); found != tables.ready.end())
        return found->second;
      Loading& loading = tables.loading[&join];
      at = loading.next;
      pages = loading.pages;
      return nullptr;
    });
    if (ready) return ready;
    FLIT_TRY(page, read({.name = join.list}, at, stop));
    FLIT_TRY_VOID(tables_.with([&](Tables& tables) { return extend(tables, join, pages, page); }));
  }
}

Result<void> RestSource::extend(Tables& tables, const Join& join, std::size_t pages,
                                const model::Page& page) {
  if (tables.ready.contains(&join)) return {};
  Loading& loading = tables.loading[&join];
  // Another lane may have read the same page meanwhile: the first one counts.
  if (loading.pages != pages) return {};
  if (!loading.table) loading.table = std::make_unique<JoinTable>(join);
  for (const model::Record& row : page.records) FLIT_TRY_VOID(loading.table->add(row));
  ++loading.pages;
  loading.next = page.next;
  if (page.next) return {};
  tables.ready[&join] = std::move(loading.table);
  tables.loading.erase(&join);
  return {};
}

}  // namespace flit::sources::rest
