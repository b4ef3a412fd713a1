#include "destinations/dataverse/fault_table.hpp"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "base/json_reader.hpp"
#include "destinations/dataverse/answer.hpp"
#include "tests/unit/destinations_dataverse/world.hpp"

namespace flit::destinations::dataverse {
namespace {

using Kind = model::RowOutcome::Kind;
using model::Verb;

struct Case {
  int status;
  const char* code;
  Verb verb;
  Kind kind;
  Fault fault;
};

std::ostream& operator<<(std::ostream& out, const Case& one) {
  return out << one.status << " " << one.code << " to " << to_string(one.verb);
}

class Answers : public testing::TestWithParam<Case> {};

TEST_P(Answers, AreClassifiedByCodeThenByStatus) {
  const Case& one = GetParam();
  const auto response = answer(one.status, refusal(one.code, "no"));

  const auto outcome = outcome_of(response, {one.verb, row_id, "account"}, Instant{});

  EXPECT_EQ(outcome.kind, one.kind);
  ASSERT_TRUE(outcome.error);
  EXPECT_EQ(outcome.error->fault, one.fault);
  EXPECT_EQ(outcome.error->code, one.code);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Answers,
    testing::Values(Case{412, "0x80040237", Verb::create, Kind::exists, Fault::permanent},
                    Case{412, "0x80040237", Verb::link, Kind::exists, Fault::permanent},
                    Case{412, "0x80040237", Verb::upsert, Kind::failed, Fault::permanent},
                    Case{412, "0x80060892", Verb::create, Kind::failed, Fault::permanent},
                    Case{404, "0x80040217", Verb::update, Kind::missing, Fault::permanent},
                    Case{404, "0x80040217", Verb::remove, Kind::missing, Fault::permanent},
                    Case{404, "0x80040217", Verb::create, Kind::failed, Fault::permanent},
                    Case{412, "0x80060882", Verb::update, Kind::changed, Fault::permanent},
                    Case{400, "0x80040515", Verb::close, Kind::exists, Fault::permanent},
                    Case{400, "0x80040230", Verb::update, Kind::failed, Fault::permanent},
                    Case{403, "0x80040220", Verb::create, Kind::failed, Fault::setup},
                    Case{429, "0x80072322", Verb::create, Kind::failed, Fault::limit},
                    Case{429, "0x80072326", Verb::create, Kind::failed, Fault::limit},
                    Case{500, "0x80044151", Verb::create, Kind::failed, Fault::transient},
                    Case{500, "0x80040216", Verb::create, Kind::failed, Fault::transient},
                    Case{400, "0x80040216", Verb::create, Kind::failed, Fault::permanent},
                    Case{400, "0x80071151", Verb::create, Kind::failed, Fault::transient},
                    Case{502, "", Verb::create, Kind::failed, Fault::ambiguous},
                    Case{503, "", Verb::update, Kind::failed, Fault::ambiguous},
                    Case{504, "", Verb::remove, Kind::failed, Fault::ambiguous},
                    Case{400, "0x8fffffff", Verb::create, Kind::failed, Fault::permanent}));

TEST(Answers, AMissingParentIsNotAMissingRow) {
  const auto response = answer(
      404, refusal("0x80040217", "Entity 'account' With Id = " + other_id + " Does Not Exist"));

  const auto outcome = outcome_of(response, {Verb::update, row_id, "contact"}, Instant{});

  EXPECT_EQ(outcome.kind, Kind::failed);
}

TEST(Answers, ALimitCarriesThePlatformsOwnWait) {
  const auto response = answer(429, refusal("0x80072321", "slow"), {{"Retry-After", "24"}});

  const auto found = refusal_of(response, http::Effect::read, "accounts", Instant{});

  ASSERT_TRUE(found);
  EXPECT_EQ(found->error.retry_after, std::chrono::seconds(24));
}

TEST(Codes, AreReadAsHexadecimalAndAsSignedNumbers) {
  EXPECT_EQ(code_of("0x80072322"), 0x80072322U);
  EXPECT_EQ(code_of("-2147015902"), 0x80072322U);
  EXPECT_EQ(code_of(""), 0U);
  EXPECT_EQ(code_of("0x"), 0U);
}

TEST(Codes, AreAllInThePlatformsOwnList) {
  const std::filesystem::path list =
      std::filesystem::path(FLIT_SHARED_DIR) / "data/dataverse/errorcodes.json";
  if (!std::filesystem::exists(list)) GTEST_SKIP() << list << " is not here";
  std::ifstream in(list);
  std::ostringstream text;
  text << in.rdbuf();
  const auto document = json::parse(text.str());
  ASSERT_TRUE(document);
  std::set<std::uint32_t> known;
  for (const json::Value row : document->root().elements())
    known.insert(code_of(row["code"].string_or("")));

  // The OData layer's own two are in no list of the platform (facts/dataverse.md §9).
  known.insert({0x80048d19, 0x80060888});
  for (const FaultRow& row : fault_table())
    EXPECT_TRUE(known.contains(row.code)) << std::hex << row.code << " " << row.name;
}

}  // namespace
}  // namespace flit::destinations::dataverse
