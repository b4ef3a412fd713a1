#include "destinations/dataverse/batch_writer.hpp"

#include <gtest/gtest.h>

#include "destinations/dataverse/operations.hpp"
#include "tests/unit/destinations_dataverse/world.hpp"

namespace flit::destinations::dataverse {
namespace {

using model::RecordBatch;
using model::Road;
using model::Value;
using model::Verb;
using Kind = model::RowOutcome::Kind;

/// EntityDefinitions and one table's metadata, as far as writing a connection role needs them.
http::Response metadata_answer(const http::Request& request, bool bulk) {
  if (request.method == http::Method::get)
    return answer(200, R"({"value":[{"LogicalName":"account","EntitySetName":"accounts",)"
                       R"("PrimaryIdAttribute":"accountid"}]})");
  const std::string yes = R"({"value":[{"sdkmessagefilterid":"x"}]})";
  const std::string no = R"({"value":[]})";
  std::vector<std::string> parts{
      R"({"LogicalName":"account","EntitySetName":"accounts","PrimaryIdAttribute":"accountid",)"
      R"("Attributes":[{"LogicalName":"accountid","AttributeType":"Uniqueidentifier"},)"
      R"({"LogicalName":"name","AttributeType":"String"},)"
      R"({"LogicalName":"numberofemployees","AttributeType":"Integer"},)"
      R"({"LogicalName":"statecode","AttributeType":"State","IsValidForCreate":false}]})"};
  for (int i = 0; i < 17; ++i) parts.push_back(no);
  for (int i = 0; i < 3; ++i) parts.push_back(bulk ? yes : no);
  for (std::string& text : parts) text = json_part(200, text);
  return batch_answer(parts);
}

/// Answers metadata, then what the script says.
class BatchWriting : public testing::Test {
 protected:
  void answer_with(Result<http::Response> response) { written_ = std::move(response); }

  model::Submission submit(const RecordBatch& batch, Road road) {
    auto done = writer.submit(batch, road, {});
    EXPECT_TRUE(done) << done.error().text();
    return done.value_or(model::Submission{});
  }
  std::string last_body() const { return world.transport.requests().back().body; }
  std::string last_url() const { return world.transport.requests().back().url.text(); }

  static RecordBatch two_accounts(Verb verb) {
    RecordBatch batch("account", verb, {"name", "numberofemployees"});
    for (const auto& id : {row_id, other_id}) {
      auto cells = batch.append({.operation = 1, .id = id});
      cells[0] = Value::text("Zoë & Co", batch.arena());
      cells[1] = Value::integer(7);
    }
    return batch;
  }

  Result<http::Response> written_ = answer(204);
  bool bulk = true;
  World world{[this](const http::Request& request, int number) -> Result<http::Response> {
    return number < 2 ? metadata_answer(request, bulk) : written_;
  }};
  Metadata metadata{world.api};
  BatchWriter writer{world.api, metadata};
};

TEST_F(BatchWriting, OneBulkMessageCarriesEveryRowWithItsTypeAndOurId) {
  answer_with(answer(200, R"({"Ids":[")" + row_id + R"(",")" + other_id + R"("]})"));

  const auto done = submit(two_accounts(Verb::create), Road::bulk);

  EXPECT_TRUE(last_url().ends_with("/accounts/Microsoft.Dynamics.CRM.CreateMultiple"));
  EXPECT_EQ(last_body(),
            R"({"Targets":[{"@odata.type":"Microsoft.Dynamics.CRM.account","accountid":")" +
                row_id + R"(","name":"Zoë & Co","numberofemployees":7},)" +
                R"({"@odata.type":"Microsoft.Dynamics.CRM.account","accountid":")" + other_id +
                R"(","name":"Zoë & Co","numberofemployees":7}]})");
  ASSERT_EQ(done.outcomes.size(), 2U);
  EXPECT_EQ(done.outcomes[1].id, other_id);
}

TEST_F(BatchWriting, EachRowOfABatchIsSettledOnItsOwn) {
  answer_with(batch_answer(
      {part(204, "OData-EntityId: https://contoso/api/data/v9.2/accounts(" + row_id + ")\r\n", ""),
       json_part(412,
                 refusal("0x80040237", "A record with matching key values already exists."))}));

  const auto done = submit(two_accounts(Verb::create), Road::individual);

  ASSERT_EQ(done.outcomes.size(), 2U);
  EXPECT_EQ(done.outcomes[0].kind, Kind::done);
  EXPECT_EQ(done.outcomes[0].id, row_id);
  EXPECT_EQ(done.outcomes[1].kind, Kind::exists);
  const std::string sent = last_body();
  EXPECT_NE(sent.find("POST /api/data/v9.2/accounts HTTP/1.1\r\n"), std::string::npos) << sent;
  EXPECT_NE(sent.find("MSCRM.BypassBusinessLogicExecution: CustomSync,CustomAsync\r\n"),
            std::string::npos);
  EXPECT_EQ(world.transport.requests().back().headers.find("Prefer"), "odata.continue-on-error");
}

TEST_F(BatchWriting, AnUpdateNeverCreatesAndHoldsToItsVersion) {
  RecordBatch batch("account", Verb::update, {"name"});
  batch.append({.operation = 1, .id = row_id, .version = "W/\"17\""})[0] = Value::null();
  answer_with(batch_answer({json_part(412, refusal("0x80060882", "The version …"))}));

  const auto done = submit(batch, Road::individual);

  EXPECT_NE(last_body().find("PATCH /api/data/v9.2/accounts(" + row_id +
                             ") HTTP/1.1\r\n"
                             "If-Match: W/\"17\"\r\n"),
            std::string::npos)
      << last_body();
  EXPECT_EQ(done.outcomes.at(0).kind, Kind::changed);
}

TEST_F(BatchWriting, ABadRowFailsAloneAndItsNeighboursAreSent) {
  RecordBatch batch = two_accounts(Verb::create);
  batch.append({.operation = 3, .id = row_id})[1] = Value::text("many", batch.arena());
  answer_with(batch_answer({part(204, "", ""), part(204, "", "")}));

  const auto done = submit(batch, Road::individual);

  EXPECT_EQ(done.outcomes[1].kind, Kind::done);
  EXPECT_EQ(done.outcomes[2].kind, Kind::failed);
  EXPECT_EQ(done.outcomes[2].error->where, "account " + row_id + " › numberofemployees");
}

TEST_F(BatchWriting, ABatchThatWasCutOrAnsweredInPartLeavesItsRowsAmbiguous) {
  answer_with(batch_answer({part(204, "", "")}));
  const auto done = submit(two_accounts(Verb::create), Road::individual);
  EXPECT_EQ(done.outcomes[1].error->fault, Fault::ambiguous);

  http::Response cut = batch_answer({part(204, "", ""), part(204, "", "")});
  cut.body.resize(cut.body.size() - 30);
  answer_with(cut);
  const auto lost = writer.submit(two_accounts(Verb::create), Road::individual, {});
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().fault, Fault::ambiguous);
}

TEST_F(BatchWriting, AGatewaysErrorToABulkMessageIsAmbiguousAndAnAnsweredRefusalIsNot) {
  answer_with(answer(504));
  const auto lost = writer.submit(two_accounts(Verb::create), Road::bulk, {});
  answer_with(answer(400, refusal("0x80044331", "too long")));
  const auto refused = writer.submit(two_accounts(Verb::create), Road::bulk, {});

  EXPECT_EQ(lost.error().fault, Fault::ambiguous);
  EXPECT_EQ(refused.error().fault, Fault::permanent);
}

TEST_F(BatchWriting, ATableWithoutBulkMessagesHasOnlyTheOtherRoad) {
  bulk = false;
  answer_with(batch_answer({part(204, "", ""), part(204, "", "")}));
  submit(two_accounts(Verb::create), Road::individual);

  EXPECT_FALSE(writer.limits("account", Verb::create, Road::bulk));
  EXPECT_EQ(writer.limits("account", Verb::create, Road::individual)->max_rows, 1000U);
  EXPECT_FALSE(writer.submit(two_accounts(Verb::create), Road::bulk, {}));
}

TEST_F(BatchWriting, BulkIsAllOrNothingAndRefusesVersions) {
  RecordBatch batch("account", Verb::update, {"name"});
  batch.append({.operation = 1, .id = row_id, .version = "W/\"17\""})[0] = Value::null();

  const auto refused = writer.submit(batch, Road::bulk, {});

  EXPECT_FALSE(refused);
  EXPECT_TRUE(writer.limits("account", Verb::update, Road::bulk)->all_or_nothing);
  EXPECT_EQ(world.transport.requests().size(), 2U) << "nothing but metadata was asked";
}

/// What one row of `batch` asks for: "METHOD target body".
std::string asked(const Table& table, const RecordBatch& batch) {
  const SetNames sets = some_sets();
  const auto plan = OperationPlan::compile(table, sets, "https://c/api/data/v9.2", batch);
  if (!plan) return plan.error().text();
  const auto made = plan->operation(batch, 0);
  if (!made) return made.error().message;
  return std::string(http::to_string(made->method)) + " " + made->target + " " + made->body;
}

TEST(Operations, AnOpportunityIsClosedByItsAction) {
  const Table deals = opportunity();
  RecordBatch won("opportunity", Verb::close, {"statecode", "statuscode", "actualvalue"});
  auto cells = won.append({.operation = 1, .id = row_id});
  cells[0] = Value::integer(1);
  cells[1] = Value::text("3", won.arena());
  cells[2] = Value::decimal(Decimal::parse("99.90").value(), won.arena());
  RecordBatch lost("opportunity", Verb::close, {"statecode"});
  lost.append({.operation = 1, .id = row_id})[0] = Value::integer(2);

  EXPECT_EQ(asked(deals, won),
            R"(POST WinOpportunity {"Status":3,"OpportunityClose":{"subject":"Won",)"
            R"("opportunityid@odata.bind":"/opportunities)" +
                at(row_id) + R"(","actualrevenue":99.90}})");
  EXPECT_NE(asked(deals, lost).find(R"(POST LoseOpportunity {"Status":4,)"), std::string::npos);
}

TEST(Operations, ARelationshipIsALinkBetweenTwoAddresses) {
  const Table deals = opportunity();
  RecordBatch link("opportunity", Verb::link, {"flit_deals_campaigns"});
  link.append({.operation = 1, .id = row_id})[0] =
      Value::reference({"campaign", other_id}, link.arena());
  RecordBatch unlink("opportunity", Verb::unlink, {"flit_deals_campaigns"});
  unlink.append({.operation = 1, .id = row_id})[0] =
      Value::reference({"campaign", other_id}, unlink.arena());

  EXPECT_EQ(asked(deals, link), "POST opportunities" + at(row_id) + "/flit_deals_campaigns/$ref " +
                                    R"({"@odata.id":"https://c/api/data/v9.2/campaigns)" +
                                    at(other_id) + R"("})");
  EXPECT_EQ(asked(deals, unlink), "DELETE opportunities" + at(row_id) + "/flit_deals_campaigns" +
                                      at(other_id) + "/$ref ");
}

}  // namespace
}  // namespace flit::destinations::dataverse
