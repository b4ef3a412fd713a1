#include "tests/component/engine/moved_company.hpp"

#include "base/json_reader.hpp"
#include "engine/destination_digest.hpp"
#include "engine/loader.hpp"
#include "engine/preflight.hpp"

namespace flit::engine {
namespace {

model::Schema source_schema() {
  model::Schema schema{.platform = "interactive"};
  schema.objects = {
      {.name = "companies",
       .fields = {{.name = "name"}, {.name = "annual_revenue"}, {.name = "parent_company_id"}}},
      {.name = "contacts", .fields = {{.name = "last_name"}, {.name = "owner_id"}}},
      {.name = "deals", .fields = {{.name = "name"}, {.name = "amount"}, {.name = "is_won"}}},
      {.name = "calls", .fields = {{.name = "subject"}}},
      {.name = "notes", .fields = {{.name = "text"}}},
      {.name = "people",
       .fields = {{.name = "last_name"}, {.name = "firm"}, {.name = "firm_site"}}}};
  return schema;
}

model::MapDocument document() {
  using model::Condition;
  model::MapDocument map{.path = "interactive-to-dynamics365"};
  map.objects = {
      {.object = "companies",
       .routes = {{.table = "account"}},
       .fields = {{.from = "name", .to = "name"},
                  {.from = "annual_revenue", .to = "revenue"},
                  {.from = "parent_company_id",
                   .to = "parentaccountid",
                   .convert = "record",
                   .arguments = {{"object", "companies"}, {"archived", "placeholder"}}}}},
      {.object = "contacts",
       .routes = {{.table = "contact"}},
       .fields = {{.from = "last_name", .to = "lastname"},
                  {.from = "owner_id", .to = "ownerid", .convert = "owner", .fallback = ""}},
       .links = {{.associations = {"contacts→companies"}, .lookup = "parentcustomerid"}}},
      {.object = "deals",
       .routes = {{.table = "opportunity"}},
       .fields = {{.from = "name", .to = "name"}, {.from = "amount", .to = "estimatedvalue"}},
       .links = {{.associations = {"deals→companies"}, .lookup = "customerid"}},
       .states = {{.table = "opportunity",
                   .when = {.kind = Condition::Kind::equals, .field = "is_won", .values = {"true"}},
                   .state = "Won",
                   .fields = {{.from = "amount", .to = "actualvalue"}}}}},
      {.object = "calls",
       .routes = {{.table = "phonecall"}},
       .fields = {{.from = "subject", .to = "subject"}},
       .links = {{.associations = {"calls→deals"}, .lookup = "regardingobjectid"}}},
      {.object = "notes",
       .routes = {{.table = "annotation"}},
       .fields = {{.from = "text", .to = "notetext"}},
       .links = {{.associations = {"notes→companies"}, .lookup = "objectid"}}},
      {.object = "people",
       .routes = {{.table = "contact"}},
       .fields = {{.from = "last_name", .to = "lastname"}},
       .also = {
           {.name = "firm",
            .table = "account",
            .key = {"firm"},
            .fields = {{.from = "firm", .to = "name"}, {.from = "firm_site", .to = "websiteurl"}},
            .lookup = "parentcustomerid"}}}};
  return map;
}

std::vector<packs::Phase> phases() {
  return {{"accounts", {"account"}},
          {"contacts", {"contact"}},
          {"deals", {"opportunity"}},
          {"activities", {"phonecall"}},
          {"notes", {"annotation"}}};
}

}  // namespace

Result<http::Response> WatchedTransport::send(const http::Request& request, std::stop_token stop) {
  const int number = ++requests;
  if (before) before(number);
  if (before_sending) before_sending(request);
  if (stop.stop_requested()) return Error{.fault = Fault::cancelled, .message = "stopped"};
  const bool lost = loses && loses(request);
  Result<http::Response> answer = inner_.send(request, stop);
  if (lost) return Error{.fault = Fault::ambiguous, .message = "the connection broke"};
  return answer;
}

destinations::dataverse::PlatformSettings MovedCompany::platform() {
  destinations::dataverse::PlatformSettings settings;
  settings.companions = {{"activitypointer", {"phonecall"}, 1, "the activity as all share it"},
                         {"activitypointer", {"opportunity"}, 0, "how it was won"},
                         {"activityparty", {"phonecall"}, 0, "its owner and what it is about"},
                         {"customeraddress", {"account"}, 2, "addresses 1 and 2"},
                         {"customeraddress", {"contact"}, 3, "addresses 1 to 3"},
                         {"opportunityclose", {"opportunity"}, 0, "how it was won"}};
  return settings;
}

MovedCompany::MovedCompany()
    : simulator(sim::dataverse::SimulatorSettings{}, sim::Surroundings{sim_clock, stats}),
      inner(simulator, machine),
      tokens(Secret(simulator.access().access_token)),
      authorizing(inner, tokens),
      transport(authorizing),
      connector(transport, machine, http::Url::parse("http://127.0.0.1").value(), platform()),
      destination(connector.destination()) {}

void MovedCompany::SetUp() {
  auto made = store::Ledger::create(folder / "flitstack.db", {.id = "m", .path = "p"}, executor,
                                    {.sync = false});
  ASSERT_TRUE(made);
  ledger = std::move(*made);
  environment.emplace(Environment{executor, events, *ledger, books});
  path.phases = phases();
  path.placeholders = {{"companies", {"name"}, {{"tickersymbol", "stands in"}}}};
  const std::vector<std::string> tables{"account", "contact", "opportunity", "phonecall",
                                        "annotation"};
  const auto schema = destination.schema.describe(tables, {});
  ASSERT_TRUE(schema) << schema.error().text();
  auto compiled =
      MigrationMap::compile(document(), source_schema(), *schema, {Zone::find("UTC").value()});
  ASSERT_TRUE(compiled) << compiled.error().text();
  map.emplace(std::move(*compiled));
  const auto people = destination.owners.owners({});
  ASSERT_TRUE(people);
  for (const model::Owner& one : *people)
    if (one.active && one.may_own && one.kind == model::Owner::Kind::person)
      owners[""] = {.source_id = "", .target_id = one.id, .target_kind = "systemuser"};
  pacer.emplace(executor, "destination",
                Pacer::Settings{.retry = {.base = std::chrono::milliseconds(1)}});
}

Migration MovedCompany::migration() {
  return {*environment, path, *map, owners, destination, *pacer};
}

void MovedCompany::stage(int companies) {
  std::vector<model::Record> records;
  std::vector<model::Edge> edges;
  const auto add = [&](const std::string& object, const std::string& id, std::string payload) {
    records.push_back({.key = {object, id}, .payload = std::move(payload)});
  };
  const auto link = [&](const std::string& association, const std::string& from,
                        const std::string& to) {
    edges.push_back({.association = association, .from_id = from, .to_id = to, .primary = true});
  };
  for (int i = 1; i <= companies; ++i) {
    const std::string id = std::to_string(i);
    // Chains of four: every fourth company is a root.
    const std::string parent = i % 4 == 1 ? "null" : "\"" + std::to_string(i - 1) + "\"";
    add("companies", id,
        fmt::format(R"({{"name":"Company {}","annual_revenue":"{}.5","parent_company_id":{}}})", i,
                    i, parent));
    for (const int contact : {2 * i, 2 * i + 1}) {
      add("contacts", std::to_string(contact),
          fmt::format(R"({{"last_name":"Person {}"}})", contact));
      link("contacts→companies", std::to_string(contact), id);
    }
    add("deals", id,
        fmt::format(R"({{"name":"Deal {}","amount":"{}","is_won":{}}})", i, 10 * i, i % 2 == 0));
    link("deals→companies", id, id);
    add("calls", id, fmt::format(R"({{"subject":"Call {}"}})", i));
    link("calls→deals", id, id);
    add("notes", id, fmt::format(R"({{"text":"Note {}"}})", i));
    link("notes→companies", id, id);
  }
  ASSERT_TRUE(ledger->commit([&](store::sql::Connection& transaction) -> Result<void> {
    FLIT_TRY_VOID(books.staging.put(transaction, records));
    return books.staging.put_edges(transaction, edges);
  }));
}

void MovedCompany::stage_company(const std::string& id, const std::string& name,
                                 const std::string& parent, bool archived) {
  const std::string above = parent.empty() ? "null" : "\"" + parent + "\"";
  const model::Record record{
      .key = {"companies", id},
      .payload = fmt::format(R"({{"name":"{}","parent_company_id":{}}})", name, above),
      .archived = archived};
  ASSERT_TRUE(ledger->commit([&](store::sql::Connection& transaction) {
    const auto put = books.staging.put(transaction, {&record, 1});
    return put ? Result<void>() : Result<void>(put.error());
  }));
}

void MovedCompany::stage_people(int people, int firms) {
  std::vector<model::Record> records;
  for (int i = 1; i <= people; ++i)
    records.push_back(
        {.key = {"people", std::to_string(i)},
         .payload = fmt::format(
             R"({{"last_name":"Person {}","firm":"Firm {}","firm_site":"https://firm{}.example"}})",
             i, i % firms, i % firms)});
  ASSERT_TRUE(ledger->commit([&](store::sql::Connection& transaction) {
    const auto put = books.staging.put(transaction, records);
    return put ? Result<void>() : Result<void>(put.error());
  }));
}

void MovedCompany::load() {
  const Migration here = migration();
  const auto before = remember_before(here, 2, {});
  ASSERT_TRUE(before) << before.error().text();
  ASSERT_TRUE(Preflight(here).run({}));
  const auto loaded = Loader(here, {.lanes = 3}).run({});
  ASSERT_TRUE(loaded) << loaded.error().text();
  EXPECT_EQ(loaded->counts.failed, 0U);
}

std::vector<std::string> MovedCompany::edit(const std::string& edits) {
  std::vector<std::string> ids;
  const auto document = json::parse(edits);
  EXPECT_TRUE(document);
  const auto done = simulator.edit(document->root());
  EXPECT_TRUE(done) << done.error().text();
  if (!done) return ids;
  const auto answer = json::parse(*done);
  for (const json::Value id : answer->root()["ids"].elements()) ids.emplace_back(id.string_or(""));
  return ids;
}

store::Assignment MovedCompany::assigned(const std::string& object, const std::string& id,
                                         const std::string& role) {
  std::optional<store::Assignment> found;
  EXPECT_TRUE(ledger->read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(one, books.assignments.find(reader, object, id, role));
    found = std::move(one);
    return {};
  }));
  EXPECT_TRUE(found.has_value()) << object << " " << id;
  return found.value_or(store::Assignment{});
}

std::optional<std::string> MovedCompany::cell(const std::string& table, const std::string& id,
                                              const std::string& column) {
  std::optional<std::string> shown;
  const std::vector<std::string> ids{id};
  const std::vector<std::string> columns{column};
  const auto done = destination.reader.read(table, columns, ids,
                                            [&](const model::ReadRow& row) -> Result<void> {
                                              shown = row.cells[0].display();
                                              return {};
                                            },
                                            {});
  EXPECT_TRUE(done) << done.error().text();
  return shown;
}

std::uint64_t MovedCompany::rows(const std::string& table) {
  const auto report = simulator.digest();
  const auto known = report.tables.find(table);
  return known == report.tables.end() ? 0 : known->second.rows();
}

}  // namespace flit::engine
