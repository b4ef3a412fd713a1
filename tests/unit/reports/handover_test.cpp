// The packages that people are given, from a small ledger in which nothing is harmless.

#include "reports/handover.hpp"

#include <filesystem>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/thread_executor.hpp"
#include "engine/checks/check.hpp"
#include "engine/profile.hpp"
#include "reports/scope.hpp"
#include "store/notebook.hpp"
#include "store/pairs.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::reports {
namespace {

using model::FieldType;

const Instant noon = Instant(std::chrono::seconds(1'793'620'800));  // 2026-11-02T12:00:00Z

class Reports : public testing::Test {
 protected:
  Reports() : environment_{executor_, events_, *ledger_, books_} {
    path_.path = "here-to-there";
    path_.title = "Here → There";
    path_.stated = {.one_to_one = 2, .objects = 2, .grade = "B", .timeline = "48–72 hours"};
    path_.rows = {{.id = "ID-01",
                   .source = "contact",
                   .destination = "contact",
                   .what = "Every contact becomes one."},
                  {.id = "ID-10",
                   .source = "file",
                   .destination = "file",
                   .what = "Byte for byte.",
                   .held = "files are not yet moved"}};
    path_.quality.shared = {{.code = "duplicate_email", .object = "contacts", .fields = {"email"}}};
    path_.quality.pairs = {{.name = "spouses",
                            .code = "spouse_archived",
                            .object = "matters",
                            .fields = {"client_id", "spouse_id"},
                            .of = "contacts"}};
    path_.quality.pictures.list = "files";
    source_.objects = {
        {.name = "contacts",
         .label = "Contact",
         .label_plural = "Contacts",
         .fields = {{.name = "full_name", .label = "Name", .type = FieldType::text},
                    {.name = "email", .label = "E-mail", .type = FieldType::email},
                    {.name = "stage",
                     .label = "Stage",
                     .type = FieldType::choice,
                     .options = {{"lead", "Lead"}}},
                    {.name = "score", .type = FieldType::integer, .custom = true}}},
        {.name = "matters", .fields = {{.name = "client_id"}, {.name = "spouse_id"}}}};
    destination_.objects = {
        {.name = "contact",
         .label = "Contact",
         .fields = {{.name = "fullname", .label = "Full Name", .max_length = 160},
                    {.name = "emailaddress1", .label = "Email", .type = FieldType::email},
                    {.name = "flit_stage", .label = "Stage", .type = FieldType::choice}}}};
    map_.path = path_.path;
    map_.objects = {{.object = "contacts",
                     .routes = {{.table = "contact", .row = "ID-01"}},
                     .fields = {{.from = "full_name", .to = "fullname"},
                                {.from = "email", .to = "emailaddress1"},
                                {.from = "stage",
                                 .to = "flit_stage",
                                 .values = model::ValueMap{.pairs = {{"lead", "Lead"}}}}},
                     .ignored = {{"score", "nobody uses it"}}},
                    {.object = "matters", .held = "custom tables are not yet made"}};
    fill();
  }

  void stage(const std::string& object, const std::string& id, const std::string& payload) {
    records_.push_back({.key = {object, id}, .payload = payload});
  }

  static std::vector<store::Assignment> plans() {
    return {{.source = 1,
             .object = "contacts",
             .source_id = "1",
             .table = "contact",
             .target_id = "aaaaaaaa-1111-5111-8111-111111111111",
             .state = store::State::done},
            {.source = 2,
             .object = "contacts",
             .source_id = "2",
             .table = "contact",
             .verdict = store::Verdict::fail,
             .reason = "out_of_range",
             .detail = "score → flit_score: found <9999999999>, at most 2147483647"},
            {.source = 3,
             .object = "matters",
             .source_id = "9",
             .verdict = store::Verdict::hold,
             .reason = "not_yet_supported"}};
  }

  static std::vector<store::OwnerRow> owners() {
    return {{.source_id = "31",
             .email = "kim@x.example",
             .name = "Robin Kim",
             .verdict = "matched",
             .target_id = "u-31",
             .target_kind = "systemuser",
             .records = 1},
            {.source_id = "", .verdict = "missing", .fallback = true, .records = 1}};
  }

  void fill() {
    stage("contacts", "1", R"json({"full_name":"<script>alert(1)</script>",
      "email":"Ann@x.example","stage":"lead","score":7})json");
    stage("contacts", "2", R"json({"full_name":"=cmd()","email":"ann@X.example",
      "stage":"other"})json");
    stage("matters", "9", R"json({"client_id":"1","spouse_id":"2"})json");
    stage("files", "5", R"json({"id":"5","name":"will.pdf","size":"6000000",
      "mime_type":"application/pdf","status":"available"})json");
    stage("owners", "31", R"json({"id":"31","email":"kim@x.example"})json");
    stage("workflows", "60", R"json({"id":"60","name":"Routing","object":"contacts",
      "active":true,"type":"workflow","conditions":{"all":[{"property":"country"}]},
      "actions":[{"kind":"set_owner","owner_id":"31"},{"kind":"set_owner","owner_id":"99"}]})json");
    const auto filled = ledger_->commit([&](store::sql::Connection& transaction) -> Result<void> {
      FLIT_TRY_VOID(books_.staging.put(transaction, records_));
      FLIT_TRY_VOID(books_.assignments.plan(transaction, plans()));
      FLIT_TRY_VOID(store::put_owners(transaction, owners()));
      FLIT_TRY_VOID(store::put_approval(
          transaction,
          {.gate = "map", .by = "Ann <b>", .at = noon, .fingerprint = "0123456789abcdef0123"}));
      FLIT_TRY_VOID(store::put_stage(
          transaction, {.id = "S-09",
                        .state = store::StageState::done,
                        .summary = R"({"balanced":true,"fields_compared":12,"mismatches":0})"}));
      FLIT_TRY_VOID(
          store::put_document(transaction, "checks",
                              engine::checks_json({{.id = "G-INT-1",
                                                    .title = "Clauses",
                                                    .verdict = engine::CheckVerdict::warning,
                                                    .found = "3 clauses",
                                                    .remedy = "Copy your own by hand.",
                                                    .items = {"c-1: <i>No contest</i>"},
                                                    .total = 3}}),
                              noon));
      return books_.journal.note(transaction, "gates", "approved", R"json({"gate":"map"})json",
                                 noon);
    });
    ASSERT_TRUE(filled);
    const mapping::Locale locale{.zone = Zone::find("UTC").value(), .currency = "USD"};
    ASSERT_TRUE(engine::Profile(environment_, {path_, source_, locale}).run({}));
  }

  ReportInputs inputs() {
    return {.environment = environment_,
            .path = path_,
            .source = source_,
            .destination = destination_,
            .source_facts = source_facts_,
            .destination_facts = destination_facts_,
            .map = map_};
  }

  std::map<std::string, std::string> written(const std::string& name) {
    const std::filesystem::path folder = folder_ / name;
    const auto done = write_handover(inputs(), folder);
    EXPECT_TRUE(done) << done.error().text();
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      files[entry.path().filename()] = test::read_file(entry.path());
    return files;
  }

  RealClock clock_;
  ThreadExecutor executor_{clock_};
  EventHub events_;
  test::TemporaryDirectory folder_;
  std::unique_ptr<store::Ledger> ledger_ =
      store::Ledger::create(folder_ / "flitstack.db",
                            {.id = "8f6e5d4c-0000-4000-8000-000000000001",
                             .path = "here-to-there",
                             .created_at = noon},
                            executor_, {.sync = false})
          .value();
  store::Books books_;
  engine::Environment environment_;
  std::vector<model::Record> records_;
  packs::PathPack path_;
  model::Schema source_;
  model::Schema destination_;
  model::SourceFacts source_facts_{
      .account = "Law & Order LLP", .time_zone = "UTC", .currency = "USD", .edition = "firm"};
  model::DestinationFacts destination_facts_{.organization = "contoso",
                                             .edition = "enterprise",
                                             .base_currency = "USD",
                                             .max_file_bytes = 5'000'000};
  model::MapDocument map_;
};

TEST_F(Reports, TheHandoverIsTheSameBytesFromTheSameLedger) {
  const auto files = written("one");

  EXPECT_EQ(files.size(), 15U);
  EXPECT_EQ(files, written("two"));
}

TEST_F(Reports, TheHandoverSaysWhatBecameOfEverything) {
  const auto files = written("out");

  const std::string& page = files.at("index.html");
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("<i>No contest"), std::string::npos);
  test::expect_golden("reports/handover.html", page.substr(page.find("<body")));
  std::string lists;
  for (const auto& [name, text] : files)
    if (name.ends_with(".csv") || name.ends_with(".json"))
      lists += fmt::format("== {}\n{}", name, text);
  test::expect_golden("reports/lists.txt", lists);
}

TEST_F(Reports, TheScopeSaysWhatIsThere) {
  const auto done = write_scope(inputs(), folder_ / "scope.html");

  ASSERT_TRUE(done) << done.error().text();
  const std::string page = test::read_file(folder_ / "scope.html");
  test::expect_golden("reports/scope.html", page.substr(page.find("<body")));
}

}  // namespace
}  // namespace flit::reports
