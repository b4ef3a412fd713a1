// Ordinary deals, their history, and whom they belong to.

#include <fmt/format.h>

#include "base/time.hpp"
#include "sim/interactive/generate/parts.hpp"
#include "sim/interactive/generate/words.hpp"

namespace flit::sim::interactive {

namespace {

constexpr std::string_view roles[] = {"decision_maker", "influencer", "billing", "attorney",
                                      "other"};

/// Open stages one after the other, then the current one: ids as numbers.
std::vector<std::uint64_t> way_to(const Pipeline& pipeline, const Stage& current) {
  std::vector<std::uint64_t> way;
  for (const Stage& stage : pipeline.stages) {
    if (stage.closed || stage.archived || stage.id == current.id) break;
    way.push_back(*parse_id(stage.id));
  }
  way.push_back(*parse_id(current.id));
  return way;
}

class DealMaker {
 public:
  explicit DealMaker(World& world)
      : world_(world),
        table_(world.data.require("deals")),
        companies_(world.data.edge_table("deals", "companies")),
        contacts_(world.data.edge_table("deals", "contacts")),
        random_(world.dice("deals")) {}

  void make(std::uint64_t id) {
    Draft draft = world_.draft(table_, world_.deals, id, random_);
    const auto [pipeline, stage] = pick_stage();
    set_values(draft, *pipeline, *stage);
    world_.deals.apply(draft);
    add_edges(draft);
    if (draft.created_ms == 0) return;
    if (!world_.own_history.contains(id)) add_history(draft, *pipeline, *stage);
    table_.append(draft);
  }

 private:
  std::pair<const Pipeline*, const Stage*> pick_stage() {
    const std::uint64_t roll = random_.below(20);
    const Pipeline& pipeline = world_.data.pipelines[roll < 11 ? 0 : roll < 19 ? 1 : 2];
    // the archived stage and the one without "won" are left to the cases
    const std::uint64_t usual = pipeline.id == "3" ? 3 : 5;
    return {&pipeline, &pipeline.stages[random_.below(usual)]};
  }

  void set_values(Draft& draft, const Pipeline& pipeline, const Stage& stage) {
    draft.text("name", fmt::format("{} {}", random_.pick(words::last_names), pipeline.label));
    draft.text("pipeline_id", pipeline.id).text("stage_id", stage.id);
    if (random_.below(20) != 0)
      draft.text("amount",
                 fmt::format("{}.{:02}", 500 + random_.below(40'000), random_.below(100)));
    if (random_.one_in(3)) draft.text("currency_code", "USD");
    const Instant close(std::chrono::milliseconds(
        draft.created_ms + static_cast<std::int64_t>(30 + random_.below(300)) * day_ms));
    draft.text("close_date", format_date(utc_date_of(close)));
    draft.text("deal_type", random_.one_in(4) ? "renewal" : "new_business");
    if (random_.one_in(6)) draft.text("probability", fmt::format("0.{:02}", 5 + random_.below(90)));
    if (stage.closed && !stage.won.value_or(false)) draft.text("lost_reason", "no_decision");
    draft.json("owner_id", world_.pick_owner(random_));
    if (random_.one_in(10)) draft.system.tags = fmt::format("[\"{}\"]", 11 + random_.below(20));
  }

  void add_edges(const Draft& draft) {
    const std::uint64_t company = random_.next();
    const std::uint64_t contact = random_.next();
    const std::uint64_t roll = random_.below(100);
    if (draft.created_ms == 0 || draft.archived_ms != 0 || world_.closed_off.contains(draft.id))
      return;
    if (roll < 85 && world_.companies.plain_count() != 0)
      companies_.add({.from = draft.id,
                      .to = world_.companies.plain(company),
                      .primary = true,
                      .created_ms = draft.created_ms + second_ms});
    if (world_.contacts.plain_count() < 2) return;
    contacts_.add({.from = draft.id,
                   .to = world_.contacts.plain(contact),
                   .label = roles[roll % 5],
                   .primary = true,
                   .created_ms = draft.created_ms + second_ms});
    if (roll % 4 == 0)
      contacts_.add({.from = draft.id,
                     .to = world_.contacts.plain(contact + 1),
                     .label = "spouse",
                     .created_ms = draft.created_ms + 2 * second_ms});
  }

  /// None for deals before 2017, when history was not kept (facts/sources.md §1.7).
  void add_history(const Draft& draft, const Pipeline& pipeline, const Stage& stage) {
    if (draft.created_ms < parse_ms("2017-01-01T00:00:00.000Z")) return;
    const auto way = way_to(pipeline, stage);
    std::int64_t at = draft.created_ms;
    for (std::size_t i = 0; i < way.size(); ++i) {
      const bool last = i + 1 == way.size();
      const std::int64_t next = std::min(
          at + static_cast<std::int64_t>(1 + random_.below(20)) * day_ms, world_.now_ms - hour_ms);
      world_.data.history.push_back({.id = 88'001 + world_.data.history.size(),
                                     .deal_id = draft.id,
                                     .pipeline_id = *parse_id(pipeline.id),
                                     .stage_id = way[i],
                                     .entered_ms = at,
                                     .exited_ms = last ? 0 : next,
                                     .by_user_id = 7});
      at = next;
    }
  }

  World& world_;
  RecordTable& table_;
  EdgeTable& companies_;
  EdgeTable& contacts_;
  Random random_;
};

}  // namespace

void make_deals(World& world) {
  DealMaker maker(world);
  for (std::uint64_t id = world.deals.first_id(); id < world.deals.end_id(); ++id) maker.make(id);
}

}  // namespace flit::sim::interactive
