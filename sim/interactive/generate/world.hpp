#pragma once
/// @file The installation while it is being generated: the data, the plans, the clock, the dice.
///
/// Every part of the generator is a free function over a World (parts.hpp); each draws from a
/// stream of its own, so that one part does not disturb another. Not thread-safe.

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "sim/interactive/generate/plan.hpp"
#include "sim/interactive/generate/settings.hpp"

namespace flit::sim::interactive {

struct EdgeEnd {
  std::string_view object;
  std::uint64_t id;
};

struct World {
  World(Dataset& into, const GenerateSettings& how);

  Dataset& data;
  GenerateSettings settings;
  std::int64_t now_ms;    ///< the data set's clock
  std::int64_t start_ms;  ///< when the first record was made

  Plan contacts;
  Plan companies;
  Plan deals;
  Plan calls;
  Plan emails;
  Plan meetings;
  Plan tasks;
  Plan notes;
  Plan matters;

  /// Owners by what is awkward about them; 0 without cases.
  struct {
    std::uint64_t inactive = 0;
    std::uint64_t unmatched = 0;
    std::uint64_t no_email = 0;
    std::uint64_t upper_case = 0;
    std::uint64_t shared_inactive = 0;
    std::uint64_t shared_successor = 0;
    std::uint64_t queue = 0;
    std::uint64_t deleted = 0;
  } special_owners{};
  std::uint64_t first_ordinary_owner = 0;
  std::uint64_t ordinary_owners = 0;

  std::set<std::uint64_t> without_company{};  ///< claimed contacts that get no edge by themselves
  std::set<std::uint64_t> closed_off{};       ///< claimed deals that get no edge by themselves
  std::set<std::uint64_t> own_history{};  ///< claimed deals that get no stage history by themselves
  std::vector<File> special_files{};      ///< of the cases, first in the list of files

  Random dice(std::string_view stream) const { return Random(settings.seed, stream); }

  /// When the record of that id was made: ascends with the id, ends a few days before now.
  std::int64_t created_ms(const Plan& plan, std::uint64_t id) const;
  /// A draft with id, times and people; `updated` somewhere between creation and now.
  Draft draft(const RecordTable& table, const Plan& plan, std::uint64_t id, Random& random) const;
  /// A JSON text of an owner's id, mostly an ordinary one; empty for none.
  std::string pick_owner(Random& random) const;

  /// A file of a case, its id the next one; checksum and times are set unless given.
  std::uint64_t add_file(File file);
  void add_edge(const EdgeEnd& from, const EdgeEnd& to, std::string_view label = {},
                bool primary = false);

  void add_case(std::string name, std::vector<std::string> rows, std::string object,
                std::vector<std::uint64_t> ids, std::string expect = "{}");
};

/// `"text"`.
std::string json_text(std::string_view text);
std::string id_text(std::uint64_t id);

inline constexpr std::uint64_t first_file_id = 80'001;

inline constexpr std::int64_t second_ms = 1000;
inline constexpr std::int64_t minute_ms = 60 * second_ms;
inline constexpr std::int64_t hour_ms = 60 * minute_ms;
inline constexpr std::int64_t day_ms = 24 * hour_ms;

}  // namespace flit::sim::interactive
