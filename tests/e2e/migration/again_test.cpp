// What a person sees while everything moves, and how what is new at the source gets in behind it.

#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "both_ends.hpp"

namespace flit::test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

class Again : public testing::Test {
 protected:
  BothEnds ends{{.source = {"--generate", "contacts=40", "--seed", "7"}}};

  std::string next() const {
    return std::string(ends.typed({"status"}).root()["next"].string_or(""));
  }
};

TEST_F(Again, TheBarKnowsTheTotalAndTheLimitAndTheNextRunTakesWhatIsNew) {
  ends.prepare();
  ends.sample();

  const Finished run = ends.type({"run"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const std::regex whole(R"(run +\[#{24}\] ([0-9,]+) of \1 .*[0-9]+ % of the request limit  in )");
  EXPECT_TRUE(std::regex_search(run.err, whole)) << run.err;
  EXPECT_THAT(run.out, HasSubstr("next: "));
  const std::int64_t accounts = ends.rows("accounts");
  EXPECT_THAT(next(), EndsWith("reconcile"));

  ends.source.tell("edit", R"([{"op":"create","table":"companies","values":{"name":"Late Ltd"}}])");
  ends.typed({"inventory", "--again"});
  EXPECT_THAT(next(), EndsWith("preflight"));
  EXPECT_EQ(ends.type({"run"}).exit_code, 3) << "what was planned is stale";
  ends.typed({"preflight"});
  EXPECT_THAT(next(), EndsWith("run"));
  ends.typed({"run"});

  EXPECT_EQ(ends.rows("accounts"), accounts + 1);
  EXPECT_EQ(ends.rows("accounts?$filter=name eq 'Late Ltd'"), 1);
  const json::Document books = ends.typed({"reconcile"});
  EXPECT_EQ(books.root()["balanced"].as_boolean(), true);
  EXPECT_EQ(books.root()["mismatches"].as_integer(), 0);
}

}  // namespace
}  // namespace flit::test
