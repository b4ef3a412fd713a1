// What a simulator's fates become for whoever reads a source in process.

#include "sim/base/service.hpp"
#include "tests/support/sim_transport.hpp"
#include "tests/unit/sources_rest/interactive.hpp"

namespace flit::sources::rest {
namespace {

/// Answers every request with the same tags, and lets the test say what becomes of the answer.
class Tags final : public sim::Service {
 public:
  sim::Response handle(const sim::Request& request) override {
    last = request;
    sim::Response answer = sim::Response::json(200, R"({"results":[{"id":"12","label":"VIP"}]})");
    answer.fate = fate;
    return answer;
  }
  sim::Fate fate{};
  sim::Request last{};
};

class Fates : public testing::Test {
 protected:
  Result<model::Page> read() { return source_->read({.name = "tags"}, {}, {}); }

  Tags tags_;
  ManualClock clock_;
  test::SimTransport transport_{tags_, clock_};
  std::unique_ptr<RestSource> source_ =
      RestSource::open(transport_, clock_, interactive(), Secret("t")).value();
};

TEST_F(Fates, AnAnswerArrivesAsItWasGiven) {
  const auto page = read();

  ASSERT_TRUE(page) << page.error().text();
  EXPECT_EQ(page->records.at(0).payload, R"({"id":"12","label":"VIP"})");
  EXPECT_EQ(tags_.last.target.path, "/api/v1/tags");
  EXPECT_EQ(tags_.last.headers.find("Authorization"), "Bearer t");
  EXPECT_EQ(tags_.last.headers.find("Host"), "crm.test");
}

TEST_F(Fates, LostAndCutAnswersMayBeAskedForAgain) {
  for (const auto ending : {sim::Fate::Ending::reset_before, sim::Fate::Ending::reset_after,
                            sim::Fate::Ending::truncate}) {
    tags_.fate = {.ending = ending, .truncate_at = 10};

    const auto page = read();

    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().fault, Fault::transient) << page.error().text();
  }
}

}  // namespace
}  // namespace flit::sources::rest
