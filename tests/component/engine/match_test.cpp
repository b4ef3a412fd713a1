// S-05 and S-07 where rows already live over there: found by an address that is unique on both
// sides, kept in the journal before they change, never overwritten when people changed them.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "engine/destination_digest.hpp"
#include "engine/loader.hpp"
#include "engine/matching.hpp"
#include "engine/preflight.hpp"
#include "engine/rollback.hpp"
#include "truth.hpp"
#include "world.hpp"

namespace flit::engine::test {
namespace {

using store::Verdict;

const std::string row_id = "aaaaaaaa-1111-5111-8111-111111111111";
constexpr std::size_t contact_route = 1;  // of the shipped path: leads first

class Match : public ::testing::Test {
 protected:
  void SetUp() override {
    world_.extract();
    world_.prepare([](model::MapDocument& map) {
      for (model::ObjectMap& object : map.objects)
        for (model::FieldRule& field : object.fields)
          if (object.object == "contacts" && field.to == "emailaddress1")
            field.arguments = {{"match", "update"}};
    });
    const auto plain = some_contact();
    id_ = plain.first;
    email_ = plain.second;
  }

  /// A contact of the generator's ordinary ones, and its address.
  std::pair<std::string, std::string> some_contact() {
    std::pair<std::string, std::string> found;
    EXPECT_TRUE(world_.ledger().read([&](store::sql::Connection& reader) {
      return world_.books().staging.scan(
          reader, "contacts", 0, 1'000, [&](const store::StagedRecord& staged) -> Result<void> {
            FLIT_TRY(payload, json::parse(staged.record.payload));
            const auto email = payload.root()["email"].string_or("");
            const bool customer = payload.root()["lifecycle_stage"].string_or("") == "customer";
            if (customer && !staged.record.archived && email.ends_with("@mail.example") &&
                email.find("hansens") == std::string_view::npos)
              found = {staged.record.key.id, std::string(email)};
            return {};
          });
    }));
    return found;
  }

  void person_has(const std::string& id, const std::string& email, const std::string& name) {
    model::RecordBatch batch("contact", model::Verb::create, {"emailaddress1", "lastname"});
    const auto cells = batch.append({.id = id});
    cells[0] = model::Value::text(email, batch.arena());
    cells[1] = model::Value::text(name, batch.arena());
    const auto done = world_.destination().writer.submit(batch, model::Road::individual, {});
    ASSERT_TRUE(done && !done->outcomes[0].error) << id;
  }

  std::string last_name(const std::string& id) {
    std::string name;
    const std::vector<std::string> columns{"lastname"};
    EXPECT_TRUE(world_.destination().reader.read("contact", columns, {&id, 1},
                                                 [&](const model::ReadRow& row) {
                                                   name = row.cells[0].display();
                                                   return Result<void>();
                                                 },
                                                 {}));
    return name;
  }

  void edit(const std::string& name) {
    const auto edits = json::parse(fmt::format(
        R"([{{"op":"update","table":"contact","id":"{}","values":{{"lastname":"{}"}}}}])", row_id,
        name));
    ASSERT_TRUE(world_.dataverse().edit(edits->root()));
  }

  Preflight::Counts check() {
    const Migration migration = world_.migration();
    const auto counts = Preflight(migration).run({});
    EXPECT_TRUE(counts) << counts.error().text();
    return counts.value_or(Preflight::Counts{});
  }

  Result<LoadReport> load() {
    const Migration migration = world_.migration();
    return Loader(migration, {}).run({});
  }

  store::Assignment contact() {
    std::optional<store::Assignment> found;
    EXPECT_TRUE(world_.ledger().read([&](store::sql::Connection& reader) -> Result<void> {
      FLIT_TRY(one, world_.books().assignments.find(reader, "contacts", id_, "primary"));
      found = std::move(one);
      return {};
    }));
    return found.value_or(store::Assignment{});
  }

  World world_{{.contacts = 60, .companies = 10, .deals = 10, .activities = 20, .seed = 9}};
  std::string id_;
  std::string email_;
};

TEST_F(Match, ARowWithTheSameAddressTakesTheRecordsValuesAndTheOldOnesAreInTheJournal) {
  person_has(row_id, text::upper(email_), "Old");
  EXPECT_EQ(check().matched.matched, 1U);
  EXPECT_EQ(contact().verdict, Verdict::update);
  EXPECT_EQ(contact().target_id, row_id);

  const auto report = load();

  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(contact().state, store::State::done);
  EXPECT_NE(last_name(row_id), "Old");
  std::string before;
  EXPECT_TRUE(world_.ledger().read([&](store::sql::Connection& reader) {
    return world_.books().journal.changes(reader, "contact", [&](const store::Change& change) {
      if (change.target.id == row_id) before = change.before_image.value_or("");
      return Result<void>();
    });
  }));
  EXPECT_NE(before.find("Old"), std::string::npos);
}

TEST_F(Match, AnAddressThatIsThereTwiceIsLeftToAPerson) {
  person_has(row_id, email_, "One");
  person_has("bbbbbbbb-1111-5111-8111-111111111111", email_, "Two");

  EXPECT_EQ(check().matched.ambiguous, 1U);

  EXPECT_EQ(contact().verdict, Verdict::hold);
  EXPECT_EQ(contact().reason, "match_ambiguous");
}

/// The process dies between its intent and the answer; a person changes the row before the next one
/// begins.
TEST_F(Match, WhatAPersonChangedMeanwhileIsHeldAndNotOverwritten) {
  person_has(row_id, email_, "Old");
  check();
  world_.restart({.attempts = 1});
  const Migration migration = world_.migration();
  auto maker = make_row_maker(
      migration,
      {.step = Step::update, .table = "contact", .object = "contacts", .route = contact_route});
  ASSERT_TRUE(maker) << maker.error().text();
  ChunkLoader loader(migration, **maker, {"lane 1", "S-07", "contacts"});
  const std::vector<store::Assignment> chunk{contact()};
  world_.fail(R"([{"match":{"method":"POST","path":"batch$"},"kind":"reset_before"}])");
  ASSERT_FALSE(loader.load(chunk, {}));
  world_.fail("[]");
  edit("By a person");

  const auto report = load();

  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(last_name(row_id), "By a person");
  EXPECT_EQ(contact().verdict, Verdict::hold);
  EXPECT_EQ(contact().reason, "changed_meanwhile");
}

/// The platform commits, the answer is lost, and the same condition is sent again: it fails,
/// because of ourselves.
TEST_F(Match, AnUpdateWhoseAnswerWasLostIsDoneAndIsTakenBack) {
  person_has(row_id, email_, "Old");
  check();
  const Migration migration = world_.migration();
  ASSERT_TRUE(remember_before(migration, 2, {}));
  auto maker = make_row_maker(
      migration,
      {.step = Step::update, .table = "contact", .object = "contacts", .route = contact_route});
  ASSERT_TRUE(maker) << maker.error().text();
  ChunkLoader loader(migration, **maker, {"lane 1", "S-07", "contacts"});
  const std::vector<store::Assignment> chunk{contact()};
  world_.fail(R"([{"match":{"method":"POST","path":"batch$"},"nth":1,"kind":"reset_after"}])");

  const auto counts = loader.load(chunk, {});

  ASSERT_TRUE(counts) << counts.error().text();
  EXPECT_EQ(counts->requests, 2U);
  EXPECT_EQ(contact().verdict, Verdict::update) << contact().reason << " " << contact().detail;
  EXPECT_EQ(contact().state, store::State::done);
  EXPECT_NE(last_name(row_id), "Old");
  ASSERT_TRUE(Rollback(migration, {.lanes = 2}).run({}));
  EXPECT_EQ(last_name(row_id), "Old");
}

TEST_F(Match, RowsOfOursAreNoMatches) {
  check();
  ASSERT_TRUE(load());

  EXPECT_EQ(check().matched.matched, 0U);
}

}  // namespace
}  // namespace flit::engine::test
