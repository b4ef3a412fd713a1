#pragma once
/// @file What is to become of each source record, role by role, and how far that got.
///
/// The preflight writes the plan for every record; loading moves each from planned to intended to
/// done or failed, in the transactions of the Journal. A plan may be written again as long as
/// nothing was sent for it. Writers take the connection of a transaction, readers that of a read.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "store/names.hpp"
#include "store/sql.hpp"
#include "store/verdict.hpp"

namespace flit::store {

struct Assignment {
  std::int64_t id = 0;  ///< 0: new
  std::int64_t source =
      0;  ///< seq of its record or edge; 0: a record of our own (placeholder, role …)
  std::string object{};
  std::string source_id{};
  std::string role = "primary";
  std::string table{};  ///< empty: it goes nowhere
  std::string target_id{};
  Verdict verdict = Verdict::create;
  std::string reason{};  ///< a code: "out_of_range"; empty for create
  std::string detail{};  ///< for people
  bool routed = false;
  std::int64_t depth = 0;
  State state = State::planned;
  bool sampled = false;
  std::uint8_t pending = 0;   ///< bits of Pending
  std::int64_t affinity = 0;  ///< rows that share it hang on one parent over there; 0: on none
};

struct AssignmentFilter {
  std::string_view object{};
  std::string_view table{};
  std::string_view role{};  ///< exactly; empty: any
  std::optional<std::int64_t> depth{};
  std::optional<Verdict> verdict{};
  std::optional<State> state{};
  bool only_sampled = false;
  bool only_pending = false;
  std::uint8_t pending = 0;  ///< all of these bits are set
};

/// How many records of one object and role ended how.
struct OutcomeCount {
  std::string object;
  std::string role;
  Outcome outcome = Outcome::open;
  bool routed = false;
  std::uint64_t count = 0;
};

class Assignments {
 public:
  explicit Assignments(Names& names) : names_(names) {}

  /// Adds or replaces plans, by (object, source id, role). One that was sent already is left alone,
  /// unless it was refused or rolled back: that one is planned again.
  Result<void> plan(sql::Connection& transaction, std::span<const Assignment> assignments);

  /// What checking the planned rows found: verdict, reason, detail, affinity and what will be
  /// left to do once they are there, by id.
  Result<void> assess(sql::Connection& transaction, std::span<const Assignment> assignments);

  /// Records that are to be made and whose placeholder stands already take over its row: planned as
  /// an update of it, for the reason stood_in_for.
  Result<void> take_over_placeholders(sql::Connection& transaction);
  static constexpr std::string_view stood_in_for = "placeholder_stood_in";

  /// Forgets plans of rows that are nobody's record (links, placeholders, our own) as long as
  /// nothing was sent for them: they follow from the records and are planned anew.
  Result<void> forget_beside(sql::Connection& transaction);

  Result<void> set_state(sql::Connection& transaction, std::int64_t id, State state);
  Result<void> set_target(sql::Connection& transaction, std::int64_t id,
                          std::string_view target_id);
  /// The row is there; `pending` is left to do.
  Result<void> set_done(sql::Connection& transaction, std::int64_t id, std::uint8_t pending);
  Result<void> set_pending(sql::Connection& transaction, std::int64_t id, std::uint8_t pending);
  /// Somebody else wrote the row since we did. Said before we write it again, because from then on
  /// the row itself names us as who wrote it last.
  Result<void> note_edited(sql::Connection& transaction, std::int64_t id);
  static constexpr std::string_view edited_meanwhile = "edited_meanwhile";
  /// A rollback left the row because somebody else wrote it.
  static constexpr std::string_view edited = "edited";
  /// Whether the books know that somebody else wrote the row, whoever wrote it last.
  static bool tells_of_edit(std::string_view reason) {
    return reason == edited_meanwhile || reason == edited;
  }
  Result<void> mark_sampled(sql::Connection& transaction, std::int64_t id, bool sampled);
  /// Takes the mark from everything that was not sent yet.
  Result<void> forget_sample(sql::Connection& transaction);
  Result<void> fail(sql::Connection& transaction, std::int64_t id, std::string_view reason,
                    std::string_view detail);

  using Visit = std::function<Result<void>(const Assignment&)>;

  /// At most `limit` that pass the filter, with id > after, ascending.
  Result<void> scan(sql::Connection& reader, const AssignmentFilter& filter, std::int64_t after,
                    std::int64_t limit, const Visit& visit) const;

  Result<std::optional<Assignment>> find(sql::Connection& reader, std::string_view object,
                                         std::string_view source_id, std::string_view role) const;
  /// Those of that role among the source records named, in one statement; unknown ones are left
  /// out.
  Result<void> find_all(sql::Connection& reader, std::string_view object,
                        std::span<const std::string> source_ids, std::string_view role,
                        const Visit& visit) const;
  Result<std::optional<Assignment>> by_id(sql::Connection& reader, std::int64_t id) const;
  /// Every assignment with that row over there; more than one when records were merged into it.
  Result<std::vector<Assignment>> by_target(sql::Connection& reader,
                                            std::string_view target_id) const;

  /// How many rows of a table were made, of whatever role.
  Result<std::uint64_t> count_made(sql::Connection& reader, std::string_view table) const;

  Result<std::vector<OutcomeCount>> count(sql::Connection& reader) const;

 private:
  Names& names_;
};

}  // namespace flit::store
