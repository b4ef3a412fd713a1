// Owners, pipelines, stage history, tags, workflows, the clause library (facts/sources.md §1.7,
// §1.10).

#include "sim/interactive/api/call.hpp"
#include "sim/interactive/api/catalogue_writer.hpp"
#include "sim/interactive/api/simple_page.hpp"

namespace flit::sim::interactive {

namespace {

constexpr std::size_t most_owners = 500;  // facts/sources.md §1.4

Checked<Response> history_page(const Call& call, const ListQuery& query, std::uint64_t deal) {
  const auto& history = call.data.history;
  const auto entered_since = [&](const StageEntry& entry) {
    return !query.since_ms || std::max(entry.entered_ms, entry.exited_ms) >= *query.since_ms;
  };
  SimplePage page(call.target(), query);
  if (deal != 0) {
    call.data.each_entry(deal, [&](const StageEntry& entry) {
      if (!page.is_past(entry.id) && entered_since(entry))
        page.add({.id = entry.id}, [&](json::Writer& out) { write(out, entry); });
    });
    return page.take();
  }
  // always in id order, whatever is filtered: start behind the cursor, not at the beginning
  const std::uint64_t after = query.after ? query.after->id : 0;
  auto at = std::upper_bound(
      history.begin(), history.end(), after,
      [](std::uint64_t wanted, const StageEntry& entry) { return wanted < entry.id; });
  for (; at != history.end() && !page.is_full(); ++at)
    if (entered_since(*at)) page.add({.id = at->id}, [&](json::Writer& out) { write(out, *at); });
  return page.take();
}

}  // namespace

Checked<Response> list_owners(const Call& call) {
  const std::string_view status = call.target().parameter("status").value_or("active");
  if (status != "active" && status != "inactive" && status != "all")
    return bad_parameter("status", "option", status);
  const auto query =
      read_list_query(call.target(), call.rules("owners/" + std::string(status), most_owners));
  if (!query) return tl::make_unexpected(query.error());
  SimplePage page(call.target(), *query);
  for (const Owner& owner : call.data.owners) {
    if (page.is_past(owner.id)) continue;
    if (status != "all" && owner.active != (status == "active")) continue;
    page.add({.id = owner.id}, [&](json::Writer& out) { write(out, owner); });
  }
  return page.take();
}

Checked<Response> get_pipelines(const Call& call) {
  const std::string_view object = call.target().parameter("object").value_or("deals");
  if (call.data.table(object) == nullptr)
    return refuse(400, "unknown_object", "There is no object " + std::string(object) + ".");
  json::Writer out;
  out.begin_object().key("results").begin_array();
  if (object == "deals")
    for (const Pipeline& pipeline : call.data.pipelines) write(out, pipeline);
  out.end_array().end_object();
  return Response::json(200, out.take());
}

Checked<Response> list_stage_history(const Call& call) {
  const auto query = read_list_query(call.target(), call.rules("stage-history"));
  if (!query) return tl::make_unexpected(query.error());
  return history_page(call, *query, 0);
}

Checked<Response> list_stage_history_of_deal(const Call& call) {
  const auto id = id_of(call.captures[0]);
  const Row* const row = id ? call.data.require("deals").find(*id) : nullptr;
  if (row == nullptr) return tl::make_unexpected(not_found());
  const auto query =
      read_list_query(call.target(), call.rules("stage-history/" + std::to_string(*id)));
  if (!query) return tl::make_unexpected(query.error());
  return history_page(call, *query, *id);
}

Checked<Response> list_tags(const Call& call) {
  const auto query = read_list_query(call.target(), call.rules("tags"));
  if (!query) return tl::make_unexpected(query.error());
  SimplePage page(call.target(), *query);
  std::vector<const Tag*> tags;
  for (const Tag& tag : call.data.tags)
    if (!query->since_ms || tag.updated_ms >= *query->since_ms) tags.push_back(&tag);
  for (const Tag* tag : page.in_order(std::move(tags), [](const Tag& one) {
         return ListPlace{.time_ms = one.updated_ms / 1000 * 1000, .id = one.id};
       }))
    page.add({.time_ms = tag->updated_ms / 1000 * 1000, .id = tag->id},
             [&](json::Writer& out) { write(out, *tag); });
  return page.take();
}

Checked<Response> list_workflows(const Call& call) {
  const auto query = read_list_query(call.target(), call.rules("workflows"));
  if (!query) return tl::make_unexpected(query.error());
  SimplePage page(call.target(), *query);
  for (const Workflow& workflow : call.data.workflows) {
    if (page.is_past(workflow.id)) continue;
    const auto document = json::parse(workflow.json);
    if (!document) continue;
    page.add({.id = workflow.id}, [&](json::Writer& out) {
      out.begin_object();
      for (const std::string_view key : {"id", "name", "object", "active", "updated_at"})
        out.key(key).raw(document->root()[key] ? document->root()[key].dump() : "null");
      out.end_object();
    });
  }
  return page.take();
}

Checked<Response> get_workflow(const Call& call) {
  const auto id = id_of(call.captures[0]);
  for (const Workflow& workflow : call.data.workflows)
    if (id && workflow.id == *id) return Response::json(200, workflow.json);
  return tl::make_unexpected(not_found());
}

Checked<Response> get_clause_library(const Call& call) {
  std::size_t own = 0;
  for (const Clause& clause : call.data.clauses) own += clause.own ? 1 : 0;
  json::Writer out;
  out.begin_object().member("total", call.data.clauses.size()).member("own", own);
  out.member("vendor", call.data.clauses.size() - own).member("exportable", false).end_object();
  return Response::json(200, out.take());
}

Checked<Response> list_clauses(const Call& call) {
  const auto query = read_list_query(call.target(), call.rules("clauses"));
  if (!query) return tl::make_unexpected(query.error());
  SimplePage page(call.target(), *query);
  for (std::size_t i = 0; i < call.data.clauses.size(); ++i)
    if (!page.is_past(i + 1))
      page.add({.id = i + 1}, [&](json::Writer& out) { write(out, call.data.clauses[i]); });
  return page.take();
}

Checked<Response> get_clause_body(const Call& call) {
  for (const Clause& clause : call.data.clauses)
    if (clause.id == call.captures[0])
      return refuse(403, "proprietary_content", "Clause bodies cannot be exported.");
  return tl::make_unexpected(not_found());
}

}  // namespace flit::sim::interactive
