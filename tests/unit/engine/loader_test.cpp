#include "engine/loader.hpp"

#include "tests/unit/engine/small_company.hpp"
#include "tests/unit/engine/tables_in_memory.hpp"

namespace flit::engine {
namespace {

const std::vector<packs::Phase> phases{{"accounts", {"account"}},
                                       {"contacts and leads", {"contact", "lead"}},
                                       {"opportunities", {"opportunity"}}};

class LoaderTest : public SmallCompany {
 protected:
  Result<LoadCounts> run() {
    Environment environment{executor_, events_, *ledger_, books_};
    Pacer pacer(executor_, "destination", {.retry = {.attempts = 1}});
    Loader loader({environment, *map_, owners_, destination, pacer}, {.lanes = 3, .rows = 7});
    return loader.run(phases, {});
  }

  TablesInMemory destination;
};

TEST_F(LoaderTest, EverythingArrivesParentsFirstSoThatEveryReferenceIsWrittenAtOnce) {
  for (int i = 1; i <= 40; ++i)
    stage("companies", std::to_string(i),
          fmt::format(R"({{"name":"C{}","parent_company_id":{}}})", i,
                      i < 40 ? "\"" + std::to_string(i + 1) + "\"" : "null"));
  for (int i = 100; i < 160; ++i) {
    stage("contacts", std::to_string(i),
          fmt::format(R"({{"last_name":"L{}","lifecycle_stage":"{}"}})", i,
                      i % 3 == 0 ? "lead" : "customer"));
    edge("contacts→companies", std::to_string(i), std::to_string(i % 40 + 1));
  }
  for (int i = 500; i < 520; ++i) {
    stage("deals", std::to_string(i), R"({"name":"D","amount":"5"})");
    edge("deals→contacts", std::to_string(i), std::to_string(i - 400));
  }
  assess();

  const auto counts = run();

  ASSERT_TRUE(counts) << counts.error().text();
  EXPECT_EQ(counts->done, 120U);
  EXPECT_EQ(counts->failed, 0U);
  EXPECT_EQ(destination.rows.at(assigned("companies", "1").target_id).at("parentaccountid"),
            "account " + assigned("companies", "2").target_id);
  EXPECT_EQ(destination.rows.at(assigned("contacts", "100").target_id).at("parentcustomerid"),
            "account " + assigned("companies", "21").target_id);
}

TEST_F(LoaderTest, AFaultStopsAndTheNextRunFinishesWithoutDoubling) {
  for (int i = 1; i <= 30; ++i) stage("companies", std::to_string(i), R"({"name":"C"})");
  assess();
  destination.after_commit = Error{.fault = Fault::ambiguous, .message = "the connection broke"};
  ASSERT_FALSE(run());

  const auto counts = run();

  ASSERT_TRUE(counts) << counts.error().text();
  EXPECT_EQ(destination.ids.size(), 30U);
  for (int i = 1; i <= 30; ++i)
    EXPECT_EQ(assigned("companies", std::to_string(i)).state, store::State::done) << i;
}

TEST_F(LoaderTest, ARunWithNothingToDoSendsNothing) {
  stage("companies", "1", R"({"name":"C"})");
  assess();
  ASSERT_TRUE(run());
  const int before = destination.requests;

  const auto counts = run();

  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->done, 0U);
  EXPECT_EQ(destination.requests, before);
}

}  // namespace
}  // namespace flit::engine
