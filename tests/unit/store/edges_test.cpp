#include "store/edges.hpp"

#include "store/staging.hpp"
#include "tests/unit/store/ledger_fixture.hpp"

namespace flit::store {
namespace {

class EdgesTest : public LedgerTest {
 protected:
  void SetUp() override {
    LedgerTest::SetUp();
    const std::vector<model::Record> records{
        {.key = {"contacts", "1"}, .payload = "{}"},
        {.key = {"contacts", "2"}, .payload = "{}"},
        {.key = {"companies", "10"}, .payload = "{}"},
        {.key = {"companies", "11"}, .payload = "{}", .archived = true}};
    const std::vector<model::Edge> edges{
        edge("1", "11"),
        edge("1", "10"),
        edge("2", "99"),
        {.association = "contacts→companies", .from_id = "2", .to_id = "10", .archived = true}};
    commit([&](sql::Connection& transaction) -> Result<void> {
      FLIT_TRY_VOID(staging_.put(transaction, records));
      return staging_.put_edges(transaction, edges);
    });
  }

  static model::Edge edge(const char* from, const char* to) {
    return {.association = "contacts→companies", .from_id = from, .to_id = to};
  }

  /// "place to_id", with a star where the other end is live.
  std::vector<std::string> of(std::string_view association, std::vector<std::string> ids) {
    std::vector<std::string> seen;
    read([&](sql::Connection& reader) {
      return edges_.of(reader, {association, ids}, [&](const NearEdge& edge) {
        seen.push_back(std::to_string(edge.place) + " " + edge.to_id + (edge.live ? "*" : ""));
        return Result<void>();
      });
    });
    return seen;
  }

  Names names_;
  Staging staging_{names_};
  Edges edges_{names_};
};

TEST_F(EdgesTest, AChunkOfRecordsIsAskedAboutAtOnceInItsOwnOrder) {
  EXPECT_EQ(of("contacts→companies", {"2", "1"}),
            (std::vector<std::string>{"0 99", "1 10*", "1 11"}));
}

TEST_F(EdgesTest, AnAssociationIsReadFromItsOtherEndAsWell) {
  EXPECT_EQ(of("companies→contacts", {"10", "99"}), (std::vector<std::string>{"0 1*", "1 2*"}));
  EXPECT_TRUE(of("deals→companies", {"10"}).empty());
}

TEST_F(EdgesTest, WhatLeadsToNothingIsTold) {
  std::vector<std::string> seen;
  read([&](sql::Connection& reader) -> Result<void> {
    std::int64_t after = 0;
    do {
      FLIT_TRY(last, edges_.dangling(reader, "contacts→companies", after, 1,
                                     [&](std::string_view object, std::string_view id) {
                                       seen.push_back(std::string(object) + " " + std::string(id));
                                       return Result<void>();
                                     }));
      after = last;
    } while (after != 0);
    return {};
  });
  std::sort(seen.begin(), seen.end());

  EXPECT_EQ(seen, (std::vector<std::string>{"contacts 1", "contacts 2"}));
}

}  // namespace
}  // namespace flit::store
