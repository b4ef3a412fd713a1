#include "store/hierarchies.hpp"

#include <map>

#include "store/assignments.hpp"
#include "tests/unit/store/ledger_fixture.hpp"

namespace flit::store {
namespace {

class HierarchiesTest : public LedgerTest {
 protected:
  /// Companies with child → parent edges; gives back the cycles, each beginning with the id that
  /// was cut.
  std::vector<std::vector<std::string>> order(const std::map<std::string, std::string>& parents) {
    std::vector<std::vector<std::string>> cycles;
    commit([&](sql::Connection& transaction) -> Result<void> {
      std::vector<Assignment> companies;
      for (const auto& [child, parent] : parents) {
        FLIT_TRY_VOID(hierarchies_.add(transaction, "companies", child, parent));
        companies.push_back({.object = "companies", .source_id = child, .table = "account"});
      }
      FLIT_TRY_VOID(assignments_.plan(transaction, companies));
      FLIT_TRY(found, hierarchies_.order(transaction, "companies"));
      for (const CutCycle& cycle : found) cycles.push_back(cycle.ids);
      return {};
    });
    return cycles;
  }

  std::int64_t depth(const std::string& id) {
    std::int64_t depth = -1;
    read([&](sql::Connection& reader) -> Result<void> {
      FLIT_TRY(one, assignments_.find(reader, "companies", id, "primary"));
      depth = one ? one->depth : -1;
      return {};
    });
    return depth;
  }

  Names names_;
  Hierarchies hierarchies_{names_};
  Assignments assignments_{names_};
};

TEST_F(HierarchiesTest, AChildIsOneDeeperThanItsParentWhateverTheirIds) {
  EXPECT_TRUE(order({{"3", "9"}, {"9", "2"}, {"1", "9"}, {"4", "3"}}).empty());

  EXPECT_EQ(depth("9"), 1);
  EXPECT_EQ(depth("3"), 2);
  EXPECT_EQ(depth("1"), 2);
  EXPECT_EQ(depth("4"), 3);
}

TEST_F(HierarchiesTest, ACycleIsCutAtTheEdgeThatLeavesItsHighestIdAndTheRestIsKept) {
  const auto cycles = order({{"9", "10"}, {"10", "11"}, {"11", "9"}, {"5", "9"}});

  ASSERT_EQ(cycles.size(), 1U);
  EXPECT_EQ(cycles[0].front(), "11");
  EXPECT_EQ(depth("11"), 0);
  EXPECT_EQ(depth("10"), 1);
  EXPECT_EQ(depth("9"), 2);
  EXPECT_EQ(depth("5"), 3);
}

TEST_F(HierarchiesTest, ACompanyThatIsItsOwnParentIsACycleOfOne) {
  const auto cycles = order({{"7", "7"}, {"8", "7"}});

  ASSERT_EQ(cycles.size(), 1U);
  EXPECT_EQ(cycles[0], std::vector<std::string>{"7"});
  EXPECT_EQ(depth("8"), 1);
}

TEST_F(HierarchiesTest, OrderingAgainChangesNothing) {
  order({{"1", "2"}, {"2", "1"}, {"3", "1"}});
  const std::int64_t before = depth("3");

  EXPECT_TRUE(order({}).empty());
  EXPECT_EQ(depth("3"), before);
}

TEST_F(HierarchiesTest, AChainOfAThousandIsOrdered) {
  std::map<std::string, std::string> chain;
  for (int i = 0; i < 1000; ++i) chain[std::to_string(i)] = std::to_string(i + 1);

  EXPECT_TRUE(order(chain).empty());

  EXPECT_EQ(depth("999"), 1);
  EXPECT_EQ(depth("0"), 1000);
}

}  // namespace
}  // namespace flit::store
