#pragma once
/// @file Everything that one simulated installation knows: what is generated, loaded, served,
/// edited and judged.
///
/// Plain data without behaviour of its own but for look-ups. Not thread-safe: the simulator has one
/// lock, shared for reading, exclusive for edits.

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/interactive/store/catalogue.hpp"
#include "sim/interactive/store/edge_table.hpp"
#include "sim/interactive/store/record_table.hpp"

namespace flit::sim::interactive {

/// A pair of objects as the caller named them, and the table that has it.
struct EdgeView {
  EdgeTable* table;
  Direction direction;
};

struct Dataset {
  Account account{};
  std::int64_t clock_ms = 0;
  std::uint64_t seed = 0;
  std::vector<Module> modules{};
  std::vector<std::unique_ptr<RecordTable>> tables{};
  std::vector<std::unique_ptr<EdgeTable>> edges{};
  std::vector<Owner> owners{};
  std::vector<Pipeline> pipelines{};
  std::vector<Tag> tags{};
  std::vector<Workflow> workflows{};
  std::vector<StageEntry> history{};             ///< in id order
  std::vector<std::uint32_t> history_by_deal{};  ///< positions by (deal, id), made by seal()
  std::vector<Clause> clauses{};
  std::vector<File> files{};  ///< in id order
  std::map<std::string, std::vector<std::uint64_t>> purged{};
  std::vector<TruthCase> cases{};

  RecordTable* table(std::string_view object) const;
  /// REQUIRES: the object exists.
  RecordTable& require(std::string_view object) const;
  std::optional<EdgeView> edge_view(std::string_view from, std::string_view to) const;
  /// The table of that pair in that direction, made when there is none in either.
  EdgeTable& edge_table(std::string_view from, std::string_view to);

  const Pipeline* pipeline(std::string_view id) const;
  struct FoundStage {
    const Pipeline* pipeline = nullptr;
    const Stage* stage = nullptr;
  };
  FoundStage stage(std::string_view id) const;
  /// Calls visit(entry) for each entry of the deal, in id order.
  template <typename Visit>
  void each_entry(std::uint64_t deal, Visit&& visit) const;
  const Owner* owner(std::uint64_t id) const;
  const File* file(std::uint64_t id) const;
  bool has_module(std::string_view key) const;

  void add_standard_objects();
  RecordTable& add_object(ObjectSchema schema);

  /// Once everything is loaded: sorts the edges, computes what is derived from several tables.
  void seal();
  /// The newest time of an engagement that is associated with the record.
  std::int64_t last_activity(std::string_view object, std::uint64_t id) const;

  std::size_t bytes() const;  ///< of records and edges
  void index_history();
  void note_activities(const EdgeTable& links, const RecordTable& engagements) const;
};

template <typename Visit>
void Dataset::each_entry(std::uint64_t deal, Visit&& visit) const {
  auto at = std::lower_bound(
      history_by_deal.begin(), history_by_deal.end(), deal,
      [&](std::uint32_t entry, std::uint64_t wanted) { return history[entry].deal_id < wanted; });
  for (; at != history_by_deal.end() && history[*at].deal_id == deal; ++at) visit(history[*at]);
}

inline constexpr std::string_view engagement_objects[] = {"calls", "emails", "meetings", "tasks"};

/// The moment that an engagement stands for; no_time when it has none.
std::int64_t activity_time(const RecordTable& engagements, const Row& row);

/// "2025-06-01T07:12:09.482Z" with or without quotes; no_time for anything else.
std::int64_t parse_ms(std::string_view text);

std::optional<std::uint64_t> parse_id(std::string_view text);

}  // namespace flit::sim::interactive
