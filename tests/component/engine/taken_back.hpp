#pragma once
/// @file A company that was moved and is taken back again: what stays, and why.

#include <map>
#include <string>

#include "engine/preflight.hpp"
#include "engine/rollback.hpp"
#include "tests/component/engine/moved_company.hpp"

namespace flit::engine {

class TakenBack : public MovedCompany {
 protected:
  RollbackResult roll_back(RollbackSettings settings = {.lanes = 3}) {
    const Migration here = migration();
    const auto result = Rollback(here, settings).run({});
    EXPECT_TRUE(result) << result.error().text();
    return result.value_or(RollbackResult{});
  }

  /// Stops as soon as it is written down that this row stays.
  void roll_back_until_kept(const std::string& id) {
    std::stop_source source;
    transport.before_sending = [&](const http::Request&) {
      if (kept().contains(id)) source.request_stop();
    };
    const Migration here = migration();
    EXPECT_FALSE(Rollback(here, {.lanes = 1}).run(source.get_token()));
    transport.before_sending = {};
    EXPECT_EQ(kept().count(id), 1U);
  }

  std::map<std::string, std::string> kept() {
    std::map<std::string, std::string> found;
    EXPECT_TRUE(visit_kept(*environment, [&](const KeptRow& row) -> Result<void> {
      found[row.row.id] = row.reason;
      return {};
    }));
    return found;
  }

  std::string target(const std::string& object, const std::string& id) {
    return assigned(object, id).target_id;
  }
};

}  // namespace flit::engine
