#include "engine/reconciliation.hpp"

#include "base/json_reader.hpp"
#include "engine/audit.hpp"
#include "engine/difference.hpp"
#include "engine/rollback.hpp"
#include "engine/trace.hpp"
#include "tests/component/engine/moved_company.hpp"

namespace flit::engine {
namespace {

class ReconciliationTest : public MovedCompany {
 protected:
  ReconciliationResult reconcile(ReconciliationSettings settings = {.lanes = 2}) {
    const Migration here = migration();
    const auto result = Reconciliation(here, settings).run({});
    EXPECT_TRUE(result) << result.error().text();
    return result.value_or(ReconciliationResult{});
  }

  /// "contacts 2 jobtitle edited" for each that is in the ledger.
  std::vector<std::string> mismatches() {
    std::vector<std::string> found;
    EXPECT_TRUE(ledger->read([&](store::sql::Connection& reader) {
      return store::mismatches(reader, [&](const store::Mismatch& one) -> Result<void> {
        FLIT_TRY(assignment, books.assignments.by_id(reader, one.assignment));
        found.push_back(assignment->object + " " + assignment->source_id + " " + one.field + " " +
                        one.verdict);
        return {};
      });
    }));
    return found;
  }
};

TEST_F(ReconciliationTest, WhatWasLoadedBalancesAndReadsBackAsItWasWritten) {
  edit(R"({"op":"create","table":"account","values":{"name":"Here before us"}})");
  stage(8);
  load();

  const ReconciliationResult result = reconcile();

  EXPECT_TRUE(result.balanced());
  EXPECT_EQ(result.total.source, 48U);
  EXPECT_EQ(result.total.created, 48U);
  EXPECT_EQ(result.total.compared.records, 48U);
  EXPECT_EQ(result.total.compared.mismatches(), 0U);
  EXPECT_EQ(result.total.compared.of(CellVerdict::edited), 0U);
  EXPECT_GT(result.total.compared.fields, 100U);
  EXPECT_EQ(mismatches(), std::vector<std::string>());
  EXPECT_EQ(result.tables.at("account").before, 1U);
  EXPECT_EQ(result.tables.at("account").now, 9U);
  for (const auto& [name, table] : result.tables) {
    if (table.some_companions) continue;
    EXPECT_EQ(table.unexplained(), 0) << name;
  }
}

TEST_F(ReconciliationTest, RowsThatSeveralRecordsSpeakOfAreInTheBooksOnceAndReadBack) {
  stage_people(40, 4);
  load();

  const ReconciliationResult result = reconcile();

  EXPECT_TRUE(result.balanced());
  EXPECT_EQ(result.total.source, 40U);
  EXPECT_EQ(result.total.created, 40U);
  EXPECT_EQ(result.total.links, 4U);
  EXPECT_EQ(result.total.compared.records, 44U);
  EXPECT_EQ(result.total.compared.mismatches(), 0U);
  EXPECT_EQ(mismatches(), std::vector<std::string>());
  EXPECT_EQ(result.tables.at("account").now, 4U);
  EXPECT_EQ(result.tables.at("account").unexplained(), 0);
}

TEST_F(ReconciliationTest, ARowSpokenOfThatIsGoneIsAMismatchAndItsStoryNamesWhoGaveItsValues) {
  stage_people(8, 4);
  load();
  const std::string row =
      cell("contact", assigned("people", "1").target_id, "parentcustomerid")->substr(8);
  edit(fmt::format(R"({{"op":"delete","table":"account","id":"{}"}})", row));

  const ReconciliationResult result = reconcile();
  const auto story = trace(*environment, row);

  EXPECT_GE(result.total.compared.of(CellVerdict::missing), 1U);
  ASSERT_TRUE(story);
  ASSERT_EQ(story->size(), 1U);
  EXPECT_EQ(story->front().assignment.role, "also:firm");
  EXPECT_EQ(story->front().made_of, "1");
}

TEST_F(ReconciliationTest, WhatAPersonChangedIsTheirsAndNoMismatch) {
  stage(4);
  load();
  edit(fmt::format(
      R"({{"op":"update","table":"contact","id":"{}","values":{{"lastname":"Married"}}}})",
      assigned("contacts", "2").target_id));

  const ReconciliationResult result = reconcile();

  EXPECT_TRUE(result.balanced());
  EXPECT_EQ(result.total.compared.mismatches(), 0U);
  EXPECT_EQ(result.objects.at("contacts").compared.of(CellVerdict::edited), 1U);
  EXPECT_EQ(mismatches(), std::vector<std::string>{"contacts 2 lastname edited"});
}

TEST_F(ReconciliationTest, WhatNobodyElseChangedIsAMismatch) {
  stage(4);
  load();
  edit(fmt::format(R"({{"op":"update","table":"account","id":"{}","as":"flit@simulated.example",
                       "values":{{"name":"Not ours"}}}})",
                   assigned("companies", "1").target_id));
  edit(fmt::format(R"({{"op":"delete","table":"annotation","id":"{}"}})",
                   assigned("notes", "3").target_id));

  const ReconciliationResult result = reconcile();

  EXPECT_TRUE(result.balanced()) << "every record still has its outcome";
  EXPECT_EQ(result.objects.at("companies").compared.of(CellVerdict::different), 1U);
  EXPECT_GT(result.objects.at("notes").compared.of(CellVerdict::missing), 0U);
  EXPECT_EQ(mismatches(),
            (std::vector<std::string>{"companies 1 name different", "notes 3  missing"}));
  EXPECT_EQ(result.tables.at("annotation").unexplained(), -1);
}

TEST_F(ReconciliationTest, ARecordWithoutAnOutcomeUnbalancesTheBooks) {
  stage(4);
  load();
  ASSERT_TRUE(ledger->commit([&](store::sql::Connection& transaction) {
    return books.assignments.set_state(transaction, assigned("notes", "1").id,
                                       store::State::intended);
  }));

  const ReconciliationResult result = reconcile();

  EXPECT_FALSE(result.balanced());
  EXPECT_EQ(result.objects.at("notes").open, 1U);
  EXPECT_TRUE(result.objects.at("companies").balanced());
}

TEST_F(ReconciliationTest, ASampleIsSpreadOverAllTables) {
  stage(20);
  load();

  const ReconciliationResult result = reconcile({.lanes = 2, .sample = 30});

  EXPECT_LE(result.total.compared.records, 30U);
  EXPECT_GE(result.total.compared.records, 15U);
  for (const char* object : {"companies", "contacts", "deals", "calls", "notes"})
    EXPECT_GT(result.objects.at(object).compared.records, 0U) << object;
}

TEST_F(ReconciliationTest, ADifferenceShowsBothSidesOfEveryField) {
  stage(4);
  load();
  ASSERT_TRUE(ledger->commit([&](store::sql::Connection& transaction) {
    return books.assignments.mark_sampled(transaction, assigned("companies", "2").id, true);
  }));
  const Migration here = migration();
  std::vector<RecordDifference> records;

  const auto counts = compare_rows(here, {.lanes = 1},
                                   [&](const RecordDifference& record) -> Result<void> {
                                     records.push_back(record);
                                     return {};
                                   },
                                   {});

  ASSERT_TRUE(counts) << counts.error().text();
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].object + " " + records[0].source_id, "companies 2");
  std::map<std::string, std::string> shown;
  for (const FieldDifference& field : records[0].fields)
    shown[field.column] = field.field + ": " + field.source + " → " + field.read + " (" +
                          std::string(to_string(field.verdict)) + ")";
  EXPECT_EQ(shown.at("name"), "name: Company 2 → Company 2 (equal)");
  EXPECT_EQ(shown.at("revenue"), "annual_revenue: 2.5 → 2.5 (equal)");
  EXPECT_EQ(shown.at("parentaccountid"), "parent_company_id: 1 → account " +
                                             assigned("companies", "1").target_id + " (converted)");
}

TEST_F(ReconciliationTest, ALastStateIsComparedLikeEveryOtherCell) {
  stage(2);
  load();
  ASSERT_TRUE(ledger->commit([&](store::sql::Connection& transaction) {
    return books.assignments.mark_sampled(transaction, assigned("deals", "2").id, true);
  }));
  const Migration here = migration();
  std::map<std::string, std::string> read;

  const auto counts = compare_rows(here, {.lanes = 1},
                                   [&](const RecordDifference& record) -> Result<void> {
                                     for (const FieldDifference& field : record.fields)
                                       read[field.column] = field.read;
                                     return {};
                                   },
                                   {});

  ASSERT_TRUE(counts) << counts.error().text();
  EXPECT_EQ(counts->mismatches(), 0U);
  EXPECT_EQ(read.at("statecode"), "1");
  EXPECT_EQ(read.at("actualvalue"), "20");
}

TEST_F(ReconciliationTest, ARecordIsTracedFromEitherEndAlsoBehindARollback) {
  stage(2);
  load();
  const std::string id = assigned("companies", "1").target_id;
  const Migration here = migration();
  ASSERT_TRUE(Rollback(here, {.lanes = 1}).run({}));

  const auto by_row = trace(*environment, id);
  const auto by_source = trace(*environment, "1");

  ASSERT_TRUE(by_row) << by_row.error().text();
  ASSERT_EQ(by_row->size(), 1U);
  EXPECT_EQ(by_row->at(0).assignment.object, "companies");
  ASSERT_EQ(by_row->at(0).steps.size(), 2U);
  EXPECT_EQ(by_row->at(0).steps[0].verb, model::Verb::create);
  EXPECT_EQ(by_row->at(0).steps[1].verb, model::Verb::remove);
  EXPECT_EQ(by_row->at(0).steps[1].stage, "S-10");
  ASSERT_TRUE(by_source);
  EXPECT_EQ(by_source->size(), 4U) << "a company, a deal, a call and a note are called 1";
  EXPECT_TRUE(json::parse(trace_json(id, *by_row)));
  EXPECT_TRUE(trace(*environment, "nobody").value().empty());
}

TEST_F(ReconciliationTest, TheAuditLogIsIntactAndEveryLineOfItsExportIsJson) {
  stage(3);
  load();
  const Migration here = migration();
  ASSERT_TRUE(Rollback(here, {.lanes = 2}).run({}));

  const auto verified = verify_audit(*environment);
  std::uint64_t lines = 0;
  const auto exported = export_audit(*environment, [&](std::string_view line) -> Result<void> {
    FLIT_TRY(document, json::parse(line));
    EXPECT_TRUE(document.root()["body"].is_object());
    ++lines;
    return {};
  });

  ASSERT_TRUE(verified) << verified.error().text();
  EXPECT_FALSE(verified->broken) << *verified->broken;
  EXPECT_GT(verified->operations, 30U);
  ASSERT_TRUE(exported) << exported.error().text();
  EXPECT_EQ(lines, verified->facts);
}

}  // namespace
}  // namespace flit::engine
