#include "store/notebook.hpp"

#include "tests/unit/store/ledger_fixture.hpp"

namespace flit::store {
namespace {

using NotebookTest = LedgerTest;

TEST_F(NotebookTest, TheNewestApprovalOfAGateCountsAndTheOthersStay) {
  const auto approve = [&](const char* by, const char* fingerprint) {
    commit([&](sql::Connection& transaction) {
      return put_approval(
          transaction,
          {.gate = "map", .by = by, .fingerprint = fingerprint, .parts = {{"contacts", "c1"}}});
    });
  };
  approve("Ada", "f1");
  approve("Grace", "f2");

  read([&](sql::Connection& reader) -> Result<void> {
    FLIT_TRY(newest, approval(reader, "map"));
    FLIT_TRY(all, approvals(reader));
    FLIT_TRY(none, approval(reader, "sample"));
    EXPECT_EQ(newest->by, "Grace");
    EXPECT_EQ(newest->parts.at("contacts"), "c1");
    EXPECT_EQ(all.size(), 2U);
    EXPECT_FALSE(none.has_value());
    return {};
  });
}

TEST_F(NotebookTest, ADamagedDocumentIsTheLedgersFaultAndAFingerprintIsNone) {
  commit([&](sql::Connection& transaction) -> Result<void> {
    FLIT_TRY_VOID(put_document(transaction, "source schema", R"({"objects":[)", Instant()));
    return put_document(transaction, "sample", "6e340b9cffb37a98", Instant());
  });

  const Result<void> damaged = ledger_->read([&](sql::Connection& reader) -> Result<void> {
    FLIT_TRY(body, document(reader, "source schema"));
    return {};
  });
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().fault, Fault::setup);
  EXPECT_NE(damaged.error().text().find("\"source schema\" in the ledger is damaged"),
            std::string::npos)
      << damaged.error().text();
  read([&](sql::Connection& reader) -> Result<void> {
    FLIT_TRY(body, document(reader, "sample"));
    EXPECT_EQ(body, "6e340b9cffb37a98");
    return {};
  });
}

TEST_F(NotebookTest, TheSameFindingIsCountedOnceMoreAndKeepsItsRecords) {
  const Finding finding{.stage = "S-01",
                        .code = "broken_reference",
                        .object = "companies",
                        .message = "no such parent",
                        .count = 1};
  for (const char* id : {"377", "12", "377"})
    commit([&](sql::Connection& transaction) {
      return add_finding(transaction, finding, std::vector<std::string>{id});
    });

  read([&](sql::Connection& reader) -> Result<void> {
    FLIT_TRY(all, findings(reader, "S-01"));
    EXPECT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].count, 3U);
    std::vector<std::string> ids;
    FLIT_TRY_VOID(finding_records(reader, all[0], [&](std::string_view id) -> Result<void> {
      ids.emplace_back(id);
      return {};
    }));
    EXPECT_EQ(ids, (std::vector<std::string>{"12", "377"}));
    return {};
  });
}

TEST_F(NotebookTest, LookingAgainStartsFromNothing) {
  commit([&](sql::Connection& transaction) {
    return add_finding(transaction, {.stage = "S-05", .code = "x", .message = "m", .count = 1}, {});
  });

  commit([&](sql::Connection& transaction) { return clear_findings(transaction, "S-05"); });

  read([&](sql::Connection& reader) -> Result<void> {
    FLIT_TRY(all, findings(reader, ""));
    EXPECT_TRUE(all.empty());
    return {};
  });
}

TEST_F(NotebookTest, StagesAndOwnersComeBackAsTheyWereWritten) {
  commit([&](sql::Connection& transaction) -> Result<void> {
    FLIT_TRY_VOID(
        put_stage(transaction, {.id = "S-01", .state = StageState::done, .fingerprint = "abc"}));
    return put_owners(transaction, std::vector<OwnerRow>{{.source_id = "31",
                                                          .email = "r.kim@firm.example",
                                                          .verdict = "matched",
                                                          .target_id = "u-1",
                                                          .records = 7}});
  });

  read([&](sql::Connection& reader) -> Result<void> {
    FLIT_TRY(first, stage(reader, "S-01"));
    FLIT_TRY(all, owners(reader));
    EXPECT_EQ(first->state, StageState::done);
    EXPECT_FALSE(first->finished_at.has_value());
    EXPECT_EQ(all.at(0).target_id, "u-1");
    return {};
  });
}

}  // namespace
}  // namespace flit::store
