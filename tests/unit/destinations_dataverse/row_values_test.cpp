#include "destinations/dataverse/row_values.hpp"

#include <gtest/gtest.h>

#include "base/time.hpp"
#include "tests/unit/destinations_dataverse/world.hpp"

namespace flit::destinations::dataverse {
namespace {

using model::Arena;
using model::Value;

class RowValues : public testing::Test {
 protected:
  /// What comes back for `json`, and what stored() foretold for `written`: equal, or it says why.
  void expect_round(const std::string& column, const Value& written, const std::string& json) {
    const auto document = json::parse(json);
    ASSERT_TRUE(document) << json;
    const Column& found = *deals.find(column);

    const auto read = read_cell(document->root(), found, arena);

    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(*read, stored(found, written, arena)) << column << " read " << read->display();
  }
  Value text(std::string_view words) { return Value::text(words, arena); }

  Arena arena;
  Table deals = opportunity();
};

TEST_F(RowValues, ComeBackAsTheyWereForetold) {
  const Value amount = Value::decimal(Decimal::parse("12.345").value(), arena);
  const Value moment = Value::instant(parse_instant("2020-03-01T00:30:15.75+01:00").value());
  const std::vector<Value> tags{text("9"), text("1")};

  expect_round("estimatedvalue", amount, R"({"estimatedvalue":12.34})");
  expect_round("estimatedvalue", text("5"), R"({"estimatedvalue":5.00})");
  expect_round("closeprobability", text("40"), R"({"closeprobability":40})");
  expect_round("statuscode", Value::integer(2), R"({"statuscode":2})");
  expect_round("statuscode", text("2"), R"({"statuscode":2})");
  expect_round("flit_tags", Value::list(tags, arena), R"({"flit_tags":"1,9"})");
  expect_round("overriddencreatedon", moment, R"({"overriddencreatedon":"2020-02-29T23:30:15Z"})");
  expect_round("estimatedclosedate", moment, R"({"estimatedclosedate":"2020-02-29"})");
  expect_round("name", text("Zoë"), R"({"name":"Zoë"})");
  expect_round("name", text(""), R"({"name":null})");
  expect_round("description", Value::null(), R"({"description":null})");
}

TEST_F(RowValues, ALookupNamesItsTableAndItsIdInLowerCase) {
  const std::string upper = "ABCDEF01-1111-4111-8111-111111111111";
  expect_round("customerid", Value::reference({"contact", upper}, arena),
               R"({"_customerid_value":"abcdef01-1111-4111-8111-111111111111",)"
               R"("_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"contact"})");
}

TEST_F(RowValues, ThePeopleOfAnActivityComeBackWithoutThoseThePlatformAdds) {
  const auto document = json::parse(
      R"({"phonecall_activity_parties":[{"participationtypemask":9,"_partyid_value":"x"},)"
      R"({"participationtypemask":1,"addressused":"x@y.example"}]})");
  const Table calls = phonecall();

  const auto read = read_cell(document->root(), *calls.find("phonecall_activity_parties"), arena);

  ASSERT_TRUE(read);
  ASSERT_EQ(read->as_list().size(), 1U);
  EXPECT_EQ(read->as_list()[0].as_list()[2].as_text(), "x@y.example");
}

TEST_F(RowValues, ACellOfAnotherKindIsAnErrorThatNamesTheColumn) {
  const auto document = json::parse(R"({"closeprobability":"40"})");

  const auto read = read_cell(document->root(), *deals.find("closeprobability"), arena);

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().where, "closeprobability");
}

}  // namespace
}  // namespace flit::destinations::dataverse
