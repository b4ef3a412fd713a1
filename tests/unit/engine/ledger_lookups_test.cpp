#include "engine/ledger_lookups.hpp"

#include "tests/unit/store/ledger_fixture.hpp"

namespace flit::engine {
namespace {

using store::Assignment;
using store::State;
using store::Verdict;

class LedgerLookupsTest : public store::LedgerTest {
 protected:
  void put(const std::string& id, Verdict verdict, State state = State::planned,
           const std::string& reason = "", const std::string& detail = "",
           const std::string& role = "primary") {
    const Assignment one{.source = 1,
                         .object = "companies",
                         .source_id = id,
                         .role = role,
                         .table = "account",
                         .target_id = "t-" + id,
                         .verdict = verdict,
                         .reason = reason,
                         .detail = detail};
    commit([&](store::sql::Connection& transaction) -> Result<void> {
      FLIT_TRY_VOID(books_.assignments.plan(transaction, {&one, 1}));
      FLIT_TRY(known, books_.assignments.find(transaction, "companies", id, role));
      return books_.assignments.set_state(transaction, known->id, state);
    });
  }

  static std::string shown(const mapping::Lookup& lookup) {
    return std::to_string(static_cast<int>(lookup.kind)) + " " + std::string(lookup.target.table) +
           " " + std::string(lookup.target.id) + " " + std::string(lookup.reason) +
           (lookup.stands_in ? " stands in" : "");
  }

  store::Books books_;
  OwnerTable owners_;
};

TEST_F(LedgerLookupsTest, WhatIsExpectedIsAnsweredAsIfItHadBeenAskedOneByOne) {
  put("planned", Verdict::create);
  put("done", Verdict::create, State::done);
  put("failed", Verdict::create, State::failed, "too_long");
  put("matched", Verdict::match);
  put("held", Verdict::hold, State::planned, "ambiguous");
  put("refused", Verdict::fail, State::planned, "required_missing");
  put("merged", Verdict::merge, State::planned, "merged", "done");
  put("archived", Verdict::skip, State::planned, "archived");
  put("archived", Verdict::create, State::done, "", "", "placeholder");
  const std::vector<std::string> ids{"planned", "done",    "failed", "matched",  "held",
                                     "refused", "missing", "merged", "archived", "done"};

  const LedgerLookups asked(*ledger_, books_, owners_);
  const LedgerLookups expected(*ledger_, books_, owners_);
  read([&](store::sql::Connection& reader) { return expected.expect(reader, "companies", ids); });

  for (const std::string& id : ids) {
    EXPECT_EQ(shown(expected.record("companies", id)), shown(asked.record("companies", id))) << id;
    EXPECT_EQ(shown(expected.record_or_placeholder("companies", id)),
              shown(asked.record_or_placeholder("companies", id)))
        << id;
  }
  EXPECT_EQ(shown(expected.record("companies", "done")), "0 account t-done ");
}

TEST_F(LedgerLookupsTest, WhatIsExpectedStaysUntilItIsForgotten) {
  put("1", Verdict::create);
  LedgerLookups lookups(*ledger_, books_, owners_);
  const std::vector<std::string> ids{"1"};
  read([&](store::sql::Connection& reader) { return lookups.expect(reader, "companies", ids); });
  put("1", Verdict::create, State::done);

  EXPECT_EQ(lookups.record("companies", "1").kind, mapping::Lookup::Kind::later);
  lookups.forget();
  EXPECT_EQ(lookups.record("companies", "1").kind, mapping::Lookup::Kind::found);
}

}  // namespace
}  // namespace flit::engine
