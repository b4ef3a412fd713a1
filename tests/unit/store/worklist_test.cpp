#include "store/worklist.hpp"

#include "store/hierarchies.hpp"
#include "tests/unit/store/ledger_fixture.hpp"

namespace flit::store {
namespace {

class WorklistTest : public LedgerTest {
 protected:
  void SetUp() override {
    LedgerTest::SetUp();
    const std::vector<model::Record> records{{.key = {"companies", "7"}, .payload = R"({"n":7})"},
                                             {.key = {"companies", "8"}, .payload = R"({"n":8})"},
                                             {.key = {"companies", "9"}, .payload = R"({"n":9})"}};
    const std::vector<Assignment> plans{
        {.source = 1, .object = "companies", .source_id = "7", .table = "account"},
        {.source = 1, .object = "companies", .source_id = "7", .role = "placeholder"},
        {.source = 3, .object = "companies", .source_id = "9", .table = "account"}};
    commit([&](sql::Connection& transaction) -> Result<void> {
      FLIT_TRY_VOID(staging_.put(transaction, records));
      FLIT_TRY_VOID(hierarchies_.add(transaction, "companies", "9", "9"));
      FLIT_TRY_VOID(hierarchies_.order(transaction, "companies"));
      return assignments_.plan(transaction, plans);
    });
  }

  Names names_;
  Staging staging_{names_};
  Assignments assignments_{names_};
  Hierarchies hierarchies_{names_};
  Worklist worklist_{names_};
};

TEST_F(WorklistTest, RecordsComeWithTheirPrimaryAssignmentsOneChunkAfterTheOther) {
  std::vector<std::string> seen;
  std::int64_t last = 0;
  for (std::int64_t after = -1; last > after;) {
    after = last;
    read([&](sql::Connection& reader) {
      return worklist_.scan(reader, "companies", after, 1,
                            [&](const StagedRecord& staged, const Assignment& one) {
                              last = staged.seq;
                              seen.push_back(one.role + " " + staged.record.payload);
                              return Result<void>();
                            });
    });
  }

  EXPECT_EQ(seen, (std::vector<std::string>{R"(primary {"n":7})", R"(primary {"n":9})"}));
}

TEST_F(WorklistTest, RecordsOfAssignmentsComeInTheirOrderAndSayWhoseEdgeIsCut) {
  const std::vector<Assignment> asked{{.source = 3, .object = "companies", .source_id = "9"},
                                      {.source = 1, .object = "companies", .source_id = "7"}};
  std::vector<std::string> seen;
  read([&](sql::Connection& reader) {
    return worklist_.fetch(reader, asked, [&](const Worklist::Item& item) {
      seen.push_back(std::to_string(item.place) + item.staged.record.payload +
                     (item.cut ? " cut" : ""));
      return Result<void>();
    });
  });

  EXPECT_EQ(seen, (std::vector<std::string>{R"(0{"n":9} cut)", R"(1{"n":7})"}));
}

}  // namespace
}  // namespace flit::store
