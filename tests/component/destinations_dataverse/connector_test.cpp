// The connector and the simulated Dataverse, each written from the same sheet by its own reading of
// it, talk to each other in process.

#include "destinations/dataverse/connector.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/time.hpp"
#include "http/authorizing.hpp"
#include "sim/base/sim_clock.hpp"
#include "sim/base/stats.hpp"
#include "sim/dataverse/service/dataverse_simulator.hpp"
#include "tests/support/sim_transport.hpp"

namespace flit::destinations::dataverse {
namespace {

using model::RecordBatch;
using model::Road;
using model::Value;
using model::Verb;
using Kind = model::RowOutcome::Kind;

const std::string account_id = "aaaaaaaa-1111-5111-8111-111111111111";
const std::string contact_id = "bbbbbbbb-1111-5111-8111-111111111111";
const std::string deal_id = "cccccccc-1111-5111-8111-111111111111";
const std::string call_id = "dddddddd-1111-5111-8111-111111111111";

std::string shown_cell(const Value& cell) {
  if (cell.kind() == Value::Kind::decimal) return cell.as_decimal().text(Decimal::Zeros::dropped);
  if (cell.kind() != Value::Kind::reference) return cell.display();
  return std::string(cell.as_reference().table) + " " + std::string(cell.as_reference().id);
}

class Environment : public testing::Test {
 protected:
  Environment()
      : simulator(sim::dataverse::SimulatorSettings{}, sim::Surroundings{clock, stats}),
        inner(simulator, machine),
        tokens(Secret(simulator.access().access_token)),
        transport(inner, tokens),
        connector(transport, machine, http::Url::parse("http://127.0.0.1").value(),
                  PlatformSettings{}),
        destination(connector.destination()) {}

  Kind write(const RecordBatch& batch, Road road = Road::individual) {
    const auto done = destination.writer.submit(batch, road, {});
    if (!done) {
      ADD_FAILURE() << done.error().text();
      return Kind::failed;
    }
    if (done->outcomes.at(0).error && done->outcomes.at(0).kind == Kind::failed)
      ADD_FAILURE() << done->outcomes.at(0).error->text();
    return done->outcomes.at(0).kind;
  }

  Kind create_account(Road road) {
    RecordBatch batch("account", Verb::create, {"name", "revenue"});
    auto cells = batch.append({.operation = 1, .id = account_id});
    cells[0] = Value::text("Zoë & Co", batch.arena());
    cells[1] = Value::decimal(Decimal::parse("1234.50").value(), batch.arena());
    return write(batch, road);
  }

  /// The cells of one row as people read them, or nothing.
  std::vector<std::string> read(const std::string& table, const std::vector<std::string>& columns,
                                const std::string& id) {
    std::vector<std::string> shown;
    const std::vector<std::string> ids{id};
    const auto done = destination.reader.read(table, columns, ids,
                                              [&](const model::ReadRow& row) -> Result<void> {
                                                version = row.version;
                                                for (const Value& cell : row.cells)
                                                  shown.push_back(shown_cell(cell));
                                                return {};
                                              },
                                              {});
    if (!done) ADD_FAILURE() << done.error().text();
    return shown;
  }

  ManualClock machine{std::chrono::sys_days(std::chrono::year(2026) / 11 / 2)};
  sim::SimClock clock{machine};
  sim::Stats stats;
  sim::dataverse::DataverseSimulator simulator;
  test::SimTransport inner;
  http::FixedToken tokens;
  http::AuthorizingTransport transport;
  Connector connector;
  model::Destination destination;
  std::string version;
};

TEST_F(Environment, SaysWhatItIsLike) {
  const auto facts = destination.schema.facts({});

  ASSERT_TRUE(facts) << facts.error().text();
  EXPECT_FALSE(facts->base_currency.empty());
  EXPECT_GT(facts->max_file_bytes, 0U);
  EXPECT_TRUE(facts->recommended_lanes);
}

TEST_F(Environment, IsDescribedWithTheNavigationNamesThatWritingNeeds) {
  const std::vector<std::string> tables{"account", "opportunity", "phonecall", "annotation"};

  const auto schema = destination.schema.describe(tables, {});

  ASSERT_TRUE(schema) << schema.error().text();
  ASSERT_EQ(schema->objects.size(), 4U);
  const model::Field* customer = schema->find_object("opportunity")->find_field("customerid");
  ASSERT_NE(customer, nullptr);
  EXPECT_EQ(customer->targets.size(), 2U);
  const auto creates = [&](const char* table) {
    return destination.writer.limits(table, Verb::create, Road::bulk).has_value();
  };
  EXPECT_TRUE(creates("account"));
  EXPECT_TRUE(creates("opportunity"));
  EXPECT_FALSE(creates("phonecall"));
  EXPECT_FALSE(creates("annotation"));
}

TEST_F(Environment, ARowIsCreatedOnceHoweverOftenAndOnWhicheverRoad) {
  const std::vector<std::string> tables{"account"};
  ASSERT_TRUE(destination.schema.describe(tables, {}));

  EXPECT_EQ(create_account(Road::bulk), Kind::done);
  EXPECT_EQ(create_account(Road::individual), Kind::exists);
  EXPECT_EQ(read("account", {"name", "revenue"}, account_id),
            (std::vector<std::string>{"Zoë & Co", "1234.5"}));
}

TEST_F(Environment, AnUpdateHoldsToTheVersionThatWasRead) {
  create_account(Road::individual);
  read("account", {"name"}, account_id);
  RecordBatch batch("account", Verb::update, {"name"});
  batch.append({.operation = 2, .id = account_id, .version = version})[0] =
      Value::text("Renamed", batch.arena());

  EXPECT_EQ(write(batch), Kind::done);
  EXPECT_EQ(write(batch), Kind::changed);
  RecordBatch missing("account", Verb::update, {"name"});
  missing.append({.operation = 3, .id = contact_id})[0] = Value::text("x", missing.arena());
  EXPECT_EQ(write(missing), Kind::missing);
}

TEST_F(Environment, ADealIsWonByItsActionAndItsCallHasPeople) {
  create_account(Road::individual);
  RecordBatch contact("contact", Verb::create, {"lastname", "parentcustomerid"});
  auto cells = contact.append({.operation = 1, .id = contact_id});
  cells[0] = Value::text("Ng", contact.arena());
  cells[1] = Value::reference({"account", account_id}, contact.arena());
  EXPECT_EQ(write(contact), Kind::done);
  RecordBatch deal("opportunity", Verb::create, {"name", "customerid", "estimatedclosedate"});
  cells = deal.append({.operation = 2, .id = deal_id});
  cells[0] = Value::text("Deal", deal.arena());
  cells[1] = Value::reference({"contact", contact_id}, deal.arena());
  cells[2] = Value::date(std::chrono::sys_days(parse_date("2026-12-24").value()));
  EXPECT_EQ(write(deal), Kind::done);
  RecordBatch call("phonecall", Verb::create,
                   {"subject", "regardingobjectid", "phonecall_activity_parties"});
  cells = call.append({.operation = 3, .id = call_id});
  cells[0] = Value::text("Call", call.arena());
  cells[1] = Value::reference({"opportunity", deal_id}, call.arena());
  const std::vector<Value> person{
      Value::integer(2), Value::reference({"contact", contact_id}, call.arena()), Value::null()};
  const std::vector<Value> people{Value::list(person, call.arena())};
  cells[2] = Value::list(people, call.arena());
  EXPECT_EQ(write(call), Kind::done);
  RecordBatch won("opportunity", Verb::close, {"statecode", "statuscode", "actualvalue"});
  cells = won.append({.operation = 4, .id = deal_id});
  cells[0] = Value::integer(1);
  cells[1] = Value::integer(3);
  cells[2] = Value::integer(50);

  EXPECT_EQ(write(won), Kind::done);
  EXPECT_EQ(write(won), Kind::exists);
  EXPECT_EQ(read("opportunity", {"customerid", "statecode", "estimatedclosedate"}, deal_id),
            (std::vector<std::string>{"contact " + contact_id, "1", "2026-12-24"}));
  EXPECT_EQ(read("phonecall", {"regardingobjectid"}, call_id),
            (std::vector<std::string>{"opportunity " + deal_id}));
  std::vector<std::string> dependents;
  const std::vector<std::string> ids{deal_id};
  const auto asked =
      destination.dependents.dependents({"opportunity", ids},
                                        [&](const model::Dependent& one) -> Result<void> {
                                          dependents.push_back(one.child.table);
                                          EXPECT_EQ(one.parent, deal_id);
                                          return {};
                                        },
                                        {});
  ASSERT_TRUE(asked) << asked.error().text();
  EXPECT_NE(std::find(dependents.begin(), dependents.end(), "phonecall"), dependents.end());
}

TEST_F(Environment, OwnersNotesAndConnectionsAreBoundByTheirOwnNavigations) {
  create_account(Road::individual);
  const auto owners = destination.owners.owners({});
  ASSERT_TRUE(owners) << owners.error().text();
  const auto owner = std::find_if(owners->begin(), owners->end(), [](const model::Owner& one) {
    return one.active && one.may_own && one.kind == model::Owner::Kind::team;
  });
  ASSERT_NE(owner, owners->end());
  RecordBatch task("task", Verb::create, {"subject", "regardingobjectid", "ownerid"});
  auto cells = task.append({.operation = 1, .id = call_id});
  cells[0] = Value::text("Task", task.arena());
  cells[1] = Value::reference({"account", account_id}, task.arena());
  cells[2] = Value::reference({"team", owner->id}, task.arena());
  RecordBatch note("annotation", Verb::create, {"subject", "notetext", "objectid"});
  cells = note.append({.operation = 2, .id = deal_id});
  cells[0] = Value::text("Note", note.arena());
  cells[1] = Value::text("Text", note.arena());
  cells[2] = Value::reference({"account", account_id}, note.arena());
  RecordBatch role("connectionrole", Verb::create, {"name", "category"});
  cells = role.append({.operation = 3, .id = contact_id});
  cells[0] = Value::text("Further company", role.arena());
  cells[1] = Value::text("1", role.arena());
  RecordBatch link("connection", Verb::create, {"record1id", "record2id", "record2roleid"});
  cells = link.append({.operation = 4, .id = contact_id});
  cells[0] = Value::reference({"account", account_id}, link.arena());
  cells[1] = Value::reference({"team", owner->id}, link.arena());
  cells[2] = Value::reference({"connectionrole", contact_id}, link.arena());

  EXPECT_EQ(write(task), Kind::done);
  EXPECT_EQ(write(note), Kind::done);
  EXPECT_EQ(write(role), Kind::done);
  EXPECT_EQ(write(link), Kind::done);
  EXPECT_EQ(read("task", {"ownerid"}, call_id), std::vector<std::string>{"team " + owner->id});
  EXPECT_EQ(read("annotation", {"objectid"}, deal_id),
            std::vector<std::string>{"account " + account_id});
  EXPECT_EQ(read("connection", {"record1id"}, contact_id),
            std::vector<std::string>{"account " + account_id});
}

TEST_F(Environment, ASchemaChangeIsUsableAndCanBeTakenBack) {
  model::Field column{
      .name = "flit_source_id", .label = "Source id", .type = model::FieldType::text};
  column.max_length = 100;
  const model::SchemaChange change = model::CreateColumn{.table = "account", .column = column};

  const auto made = destination.schema_writer.apply(change, {});
  ASSERT_TRUE(made) << made.error().text();
  EXPECT_TRUE(destination.schema_writer.apply(change, {}));
  RecordBatch batch("account", Verb::create, {"name", "flit_source_id"});
  auto cells = batch.append({.operation = 1, .id = account_id});
  cells[0] = Value::text("A", batch.arena());
  cells[1] = Value::text("4711", batch.arena());
  EXPECT_EQ(write(batch), Kind::done);
  EXPECT_EQ(read("account", {"flit_source_id"}, account_id), std::vector<std::string>{"4711"});

  const auto reverted = destination.schema_writer.revert(change, {});
  ASSERT_TRUE(reverted) << reverted.error().text();
  EXPECT_TRUE(destination.schema_writer.revert(change, {}));
}

TEST_F(Environment, AKeyIsUsableOnceItsIndexIsActive) {
  model::Field column{
      .name = "flit_source_id", .label = "Source id", .type = model::FieldType::text};
  column.max_length = 100;
  ASSERT_TRUE(destination.schema_writer.apply(model::CreateColumn{"account", column}, {}));
  const model::SchemaChange key = model::CreateKey{"account", {"flit_Key", {"flit_source_id"}}};

  auto built = destination.schema_writer.apply(key, {});
  for (int tries = 0; tries < 100 && !built; ++tries) {
    ASSERT_EQ(built.error().fault, Fault::transient) << built.error().text();
    machine.advance(*built.error().retry_after);
    built = destination.schema_writer.apply(key, {});
  }

  EXPECT_TRUE(built);
}

TEST_F(Environment, ItsOwnersAreUsersAndTeams) {
  const auto owners = destination.owners.owners({});

  ASSERT_TRUE(owners) << owners.error().text();
  EXPECT_FALSE(owners->empty());
  EXPECT_TRUE(std::any_of(owners->begin(), owners->end(),
                          [](const model::Owner& owner) { return owner.may_own; }));
}

TEST_F(Environment, ATableIsReadPageByPage) {
  RecordBatch batch("account", Verb::create, {"name"});
  for (int i = 0; i < 5500; ++i) {
    const std::string id = "aaaaaaaa-0000-5000-8000-00000000" + std::to_string(1000 + i);
    batch.append({.operation = 1, .id = id})[0] = Value::text("A", batch.arena());
    if (batch.size() < 500) continue;
    ASSERT_EQ(write(batch), Kind::done);
    batch.reset();
  }
  const std::vector<std::string> columns{"name"};
  std::optional<model::Cursor> cursor;
  int rows = 0;
  int pages = 0;

  do {
    auto next = destination.reader.scan({"account", columns}, cursor,
                                        [&](const model::ReadRow&) -> Result<void> {
                                          ++rows;
                                          return {};
                                        },
                                        {});
    ASSERT_TRUE(next) << next.error().text();
    cursor = *next;
    ++pages;
  } while (cursor);

  EXPECT_EQ(rows, 5500);
  EXPECT_EQ(pages, 2);
}

}  // namespace
}  // namespace flit::destinations::dataverse
