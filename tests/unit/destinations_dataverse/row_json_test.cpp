#include "destinations/dataverse/row_json.hpp"

#include <gtest/gtest.h>

#include "base/time.hpp"
#include "tests/unit/destinations_dataverse/world.hpp"

namespace flit::destinations::dataverse {
namespace {

using model::Arena;
using model::Reference;
using model::Value;
using model::Verb;

/// What one cell is written as, or the error's message.
std::string written(const Table& table, const std::string& column, const Value& value,
                    Verb verb = Verb::create) {
  const std::vector<std::string> columns{column};
  const auto plan = RowPlan::compile(table, columns);
  if (!plan) return plan.error().text();
  json::Writer out;
  out.begin_object();
  if (auto done = plan->append(out, std::span(&value, 1), verb); !done) return done.error().message;
  out.end_object();
  return out.take();
}

class RowJson : public testing::Test {
 protected:
  Value text(std::string_view words) { return Value::text(words, arena); }
  Value reference(const Reference& to) { return Value::reference(to, arena); }
  Value list(std::vector<Value> values) { return Value::list(values, arena); }

  Arena arena;
  Table deals = opportunity();
  Table calls = phonecall();
};

TEST_F(RowJson, MoneyKeepsItsDigits) {
  const Value amount = Value::decimal(Decimal::parse("9007199254740993.10").value(), arena);
  EXPECT_EQ(written(deals, "estimatedvalue", amount), R"({"estimatedvalue":9007199254740993.10})");
  EXPECT_EQ(written(deals, "estimatedvalue", text("12.5")), R"({"estimatedvalue":12.5})");
}

TEST_F(RowJson, ADayHasNoTimeAndAMomentIsUtcInWholeSeconds) {
  const Value day = Value::date(std::chrono::sys_days(parse_date("2020-02-29").value()));
  const Value moment = Value::instant(parse_instant("2020-03-01T00:30:15.75+01:00").value());

  EXPECT_EQ(written(deals, "estimatedclosedate", day), R"({"estimatedclosedate":"2020-02-29"})");
  EXPECT_EQ(written(deals, "estimatedclosedate", moment), R"({"estimatedclosedate":"2020-02-29"})");
  EXPECT_EQ(written(deals, "overriddencreatedon", moment),
            R"({"overriddencreatedon":"2020-02-29T23:30:15Z"})");
  EXPECT_EQ(written(deals, "overriddencreatedon", day),
            R"({"overriddencreatedon":"2020-02-29T00:00:00Z"})");
}

TEST_F(RowJson, ChoicesAreNumbersHoweverTheyAreHeld) {
  EXPECT_EQ(written(deals, "statuscode", text("2")), R"({"statuscode":2})");
  EXPECT_EQ(written(deals, "statuscode", Value::integer(2)), R"({"statuscode":2})");
  EXPECT_EQ(written(deals, "flit_tags", list({text("727000009"), Value::integer(1)})),
            R"({"flit_tags":"727000009,1"})");
  EXPECT_NE(written(deals, "statuscode", text("Open")).find("takes a number"), std::string::npos);
}

TEST_F(RowJson, ALookupIsBoundByTheNavigationOfItsTarget) {
  EXPECT_EQ(written(deals, "customerid", reference({"contact", row_id})),
            R"({"customerid_contact@odata.bind":"/contacts)" + at(row_id) + R"("})");
  EXPECT_EQ(written(deals, "ownerid", reference({"team", row_id})),
            R"({"ownerid@odata.bind":"/teams)" + at(row_id) + R"("})");
  EXPECT_EQ(written(deals, "customerid", reference({"account", "O'Hara", "accountnumber"})),
            R"x({"customerid_account@odata.bind":"/accounts(accountnumber='O%27%27Hara')"})x");
  EXPECT_EQ(written(deals, "customerid", Value::null()),
            R"({"customerid_account@odata.bind":null})");
  EXPECT_EQ(written(deals, "customerid", reference({"lead", row_id})),
            "customerid cannot refer to a row of 'lead'");
}

TEST_F(RowJson, AnActivityCarriesTheActivityInItsNavigationAndItsPeopleAsNestedRows) {
  const Value someone = list({Value::integer(2), reference({"contact", row_id}), Value::null()});
  const Value address = list({Value::integer(1), Value::null(), text("x@y.example")});

  EXPECT_EQ(written(calls, "regardingobjectid", reference({"opportunity", row_id})),
            R"({"regardingobjectid_opportunity_phonecall@odata.bind":"/opportunities)" +
                at(row_id) + R"("})");
  EXPECT_EQ(written(calls, "phonecall_activity_parties", list({someone, address})),
            R"({"phonecall_activity_parties":[{"participationtypemask":2,)"
            R"("partyid_contact@odata.bind":"/contacts)" +
                at(row_id) + R"("},{"participationtypemask":1,"addressused":"x@y.example"}]})");
}

TEST_F(RowJson, NullIsSaidAndAbsenceIsNot) {
  EXPECT_EQ(written(deals, "description", Value::null()), R"({"description":null})");
  EXPECT_EQ(written(deals, "description", Value()), "{}");
}

TEST_F(RowJson, WhatThePlatformWouldDropInSilenceIsRefused) {
  const Value moment = Value::instant(parse_instant("2020-03-01T00:00:00Z").value());

  EXPECT_NE(written(deals, "statecode", Value::integer(1)).find("at creation"), std::string::npos);
  EXPECT_NE(written(deals, "overriddencreatedon", moment, Verb::update).find("by an update"),
            std::string::npos);
  EXPECT_NE(written(deals, "photo", text("x")).find("not written with the row"), std::string::npos);
}

TEST_F(RowJson, AColumnThatIsNotThereIsNamedWithTheOneThatWasMeant) {
  EXPECT_NE(written(deals, "estimatedvaleu", text("1")).find("did you mean 'estimatedvalue'?"),
            std::string::npos);
}

TEST_F(RowJson, AKeyValueThatNoAddressCanHoldIsRefused) {
  EXPECT_NE(written(deals, "customerid", reference({"account", "a/b", "accountnumber"}))
                .find("cannot be used in an address"),
            std::string::npos);
}

}  // namespace
}  // namespace flit::destinations::dataverse
