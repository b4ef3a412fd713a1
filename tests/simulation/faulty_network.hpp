#pragma once
/// @file The network of a simulated process: both platforms behind it, and what goes wrong on the
/// way.
///
/// Takes virtual time for each request. Which trouble a request meets is drawn in the order in
/// which requests are sent, so a seed replays. Every request is told in a line of the story.

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/random.hpp"
#include "base/sim_executor.hpp"
#include "fault_plan.hpp"
#include "http/transport.hpp"
#include "people.hpp"
#include "sim/base/service.hpp"
#include "world.hpp"

namespace flit::test {

/// Lines of what happened, the last ones kept.
class Story {
 public:
  void tell(std::string line);
  std::string text() const;
  /// Of every line that was ever told: equal for equal runs.
  std::uint64_t digest() const { return digest_; }

 private:
  std::deque<std::string> lines_;
  std::uint64_t digest_ = 0xCBF29CE484222325U;  // FNV-1a
};

/// Where a name of a row that will never be taken stands: GUID of the poisoned row; empty: none.
struct Poison {
  std::string row_id{};
};

class FaultyNetwork final : public http::Transport {
 public:
  struct Parts {
    World& world;
    SimExecutor& executor;
    const FaultPlan& plan;
    const Poison& poison;
    Story& story;
    People* people;  ///< may be null
    std::stop_source& ctrl_c;
  };
  FaultyNetwork(Parts parts, std::uint64_t seed);

  Result<http::Response> send(const http::Request& request, std::stop_token stop) override;

  /// Ids of rows that bulk requests made.
  const std::vector<std::string>& rows() const { return rows_; }

  /// Every value of an Authorization header that was sent.
  const std::set<std::string>& bearers() const { return bearers_; }

  /// What struck in this process.
  std::uint64_t struck() const { return struck_; }
  std::uint64_t struck_by(Trouble trouble) const {
    return struck_by_[static_cast<std::size_t>(trouble)];
  }

 private:
  struct Fate {
    std::optional<Trouble> trouble{};
    std::chrono::milliseconds travel{};  ///< one way
  };
  Fate draw(bool to_source);
  bool in_storm(Fate& fate, bool to_source);
  Result<http::Response> deliver(const http::Request& request, const Fate& fate, bool to_source);
  Result<http::Response> exchange(const http::Request& request, std::optional<Trouble> trouble,
                                  bool to_source);
  void let_people_work();
  void note_rows(const http::Request& request);
  void shuffle(http::Response& response, const std::string& path);
  void tell(const http::Request& request, const Fate& fate, const Result<http::Response>& answer);

  Parts parts_;
  Random random_;
  std::uint64_t requests_ = 0;
  std::uint64_t crash_at_ = 0;
  std::uint64_t stop_at_ = 0;
  Tick storm_until_{};
  Tick outage_until_{};
  bool source_is_out_ = false;
  std::vector<std::string> rows_{};
  std::set<std::string> bearers_{};
  std::uint64_t struck_ = 0;
  std::array<std::uint64_t, troubles> struck_by_{};
  std::pair<std::string, std::string> page_before_{};  ///< a list, and a record of its last page
};

}  // namespace flit::test
