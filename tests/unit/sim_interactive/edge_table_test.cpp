#include "sim/interactive/store/edge_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace flit::sim::interactive {
namespace {

using testing::ElementsAre;

class EdgeTableTest : public testing::Test {
 protected:
  void SetUp() override {
    table_.add({.from = 2, .to = 9, .created_ms = 30});
    table_.add({.from = 1, .to = 9, .label = "owner", .created_ms = 20});
    table_.add({.from = 1, .to = 9, .label = "buyer", .primary = true, .created_ms = 40});
    table_.add({.from = 1, .to = 8, .created_ms = 50, .attributes = R"({"share":"0.5"})"});
    table_.seal();
  }
  std::vector<std::string> of(Direction direction, std::uint64_t id) const {
    std::vector<std::string> edges;
    table_.each(direction, id, [&](const Edge& edge) {
      edges.push_back(std::to_string(edge.from) + ">" + std::to_string(edge.to) +
                      std::string(table_.label(edge)));
    });
    return edges;
  }
  EdgeTable table_{{"contacts", "companies"}};
};

TEST_F(EdgeTableTest, IsTheSameFromBothEnds) {
  EXPECT_THAT(of(Direction::forward, 1), ElementsAre("1>8", "1>9buyer", "1>9owner"));
  EXPECT_THAT(of(Direction::backward, 9), ElementsAre("1>9buyer", "1>9owner", "2>9"));
  EXPECT_THAT(of(Direction::backward, 7), ElementsAre());
}

TEST_F(EdgeTableTest, RemovedEdgesStayAsArchivedOnes) {
  EXPECT_TRUE(table_.remove(1, 9, "owner", 77));
  EXPECT_FALSE(table_.remove(1, 9, "owner", 78));

  EXPECT_THAT(of(Direction::forward, 1), ElementsAre("1>8", "1>9buyer"));
  EXPECT_EQ(table_.edges().size(), 4U);
  EXPECT_EQ(table_.updated_ms(table_.edge(table_.order(Direction::forward, true).back())), 77);
}

TEST_F(EdgeTableTest, MovingGivesAllEdgesToAnotherRecord) {
  table_.move(Direction::forward, 1, 2, 99);

  EXPECT_THAT(of(Direction::forward, 1), ElementsAre());
  EXPECT_THAT(of(Direction::forward, 2), ElementsAre("2>8", "2>9", "2>9buyer", "2>9owner"));
}

TEST_F(EdgeTableTest, PuttingAnExistingEdgeChangesIt) {
  table_.put({.from = 2, .to = 9, .primary = true}, 88);

  const Edge& edge = table_.edge(table_.order(Direction::forward, true).back());
  EXPECT_TRUE(edge.primary);
  EXPECT_EQ(edge.created_ms, 30);
  EXPECT_EQ(table_.updated_ms(edge), 88);
}

}  // namespace
}  // namespace flit::sim::interactive
