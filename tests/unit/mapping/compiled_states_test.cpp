#include "mapping/compiled_states.hpp"

#include <gtest/gtest.h>

#include "mapping/compiled_checks.hpp"

namespace flit::mapping {
namespace {

using model::Condition;
using model::FieldType;

class Nobody final : public Lookups {
 public:
  Lookup record(std::string_view, std::string_view) const override { return {}; }
  Lookup owner(std::string_view) const override { return {}; }
};

class CompiledStatesTest : public ::testing::Test {
 protected:
  CompiledStatesTest() {
    source.name = "deals";
    source.fields = {{.name = "won"}, {.name = "amount"}, {.name = "from"}, {.name = "to"}};
    destination.objects = {
        {.name = "opportunity",
         .fields = {{.name = "statecode",
                     .type = FieldType::choice,
                     .options = {{.value = "0", .label = "Open"},
                                 {.value = "1", .label = "Won"},
                                 {.value = "2", .label = "Lost"}},
                     .creatable = false},
                    {.name = "statuscode",
                     .type = FieldType::choice,
                     .options = {{.value = "4", .label = "Canceled", .state = "2"},
                                 {.value = "9", .label = "Canceled", .state = "1"}}},
                    {.name = "actualvalue", .type = FieldType::money}}}};
    map.object = "deals";
    map.states = {{.table = "opportunity",
                   .when = {.kind = Condition::Kind::equals, .field = "won", .values = {"yes"}},
                   .state = "Won",
                   .fields = {{.from = "amount", .to = "actualvalue"}}},
                  {.table = "opportunity",
                   .when = {.kind = Condition::Kind::equals, .field = "won", .values = {"no"}},
                   .state = "Lost",
                   .status = "Canceled"}};
  }

  std::optional<CompiledStates> compile() {
    return CompiledStates::compile({map, source, destination, locale}, "opportunity", problems);
  }

  /// "column=value …" of the last state of a record; "none" without one.
  std::string state_of(std::string_view payload) {
    const auto states = compile();
    EXPECT_TRUE(states) << (problems.empty() ? "" : problems.front().message);
    const FieldNumbers numbers(source);
    RecordView record(numbers);
    EXPECT_TRUE(record.open(payload));
    const auto rule = states->rule_of(record, payload);
    if (!rule) return "none";
    std::vector<model::Value> cells(states->columns().size());
    std::vector<FieldNote> notes;
    states->transform(record, *rule, {arena, nobody}, cells, notes);
    std::string shown;
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (!cells[i].is_absent()) shown += states->columns()[i] + "=" + cells[i].display() + " ";
    return shown;
  }

  model::Object source;
  model::Schema destination{.platform = "dataverse"};
  model::ObjectMap map;
  Locale locale{Zone::find("UTC").value()};
  std::vector<MapProblem> problems;
  model::Arena arena;
  Nobody nobody;
};

TEST_F(CompiledStatesTest, TheFirstRuleThatHoldsGivesTheStateAndWhatGoesWithIt) {
  EXPECT_EQ(state_of(R"({"won":"yes","amount":"7"})"), "statecode=1 actualvalue=7 ");
  EXPECT_EQ(state_of(R"({"won":"no","amount":"7"})"), "statecode=2 statuscode=4 ");
  EXPECT_EQ(state_of(R"({"won":null})"), "none");
}

TEST_F(CompiledStatesTest, AStateThatDoesNotExistIsAProblemBeforeAnythingMoves) {
  map.states[0].state = "Wonn";
  map.states[1].status = "Lost";

  EXPECT_FALSE(compile());
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].message, "'Wonn' is no option of statecode");
  EXPECT_EQ(problems[1].message, "'Lost' is no option of statuscode");
}

TEST_F(CompiledStatesTest, ChecksCompareTwoFieldsOfARecord) {
  map.checks = {{.code = "backwards",
                 .when = {.kind = Condition::Kind::before, .field = "to", .other = "from"},
                 .holds = true},
                {.code = "unequal",
                 .when = {.kind = Condition::Kind::differs, .field = "from", .other = "to"}}};
  const FieldNumbers numbers(source);
  const auto checks = compile_checks(map, source, numbers, problems);
  ASSERT_EQ(checks.size(), 2U);
  RecordView record(numbers);
  const auto holds = [&](std::size_t check, const char* payload) {
    EXPECT_TRUE(record.open(payload));
    return checks[check].when->holds(record, payload);
  };

  EXPECT_TRUE(holds(0, R"({"from":"2025-05-02T14:00:00.000Z","to":"2025-05-02T13:59:59Z"})"));
  EXPECT_FALSE(holds(0, R"({"from":"2025-05-02T14:00:00Z","to":"2025-05-02T14:00:00.000Z"})"));
  EXPECT_FALSE(holds(0, R"({"from":"2025-05-02T14:00:00Z","to":null})"));
  EXPECT_TRUE(holds(1, R"({"from":"1","to":"2"})"));
  EXPECT_FALSE(holds(1, R"({"from":"1","to":"1"})"));
  EXPECT_FALSE(holds(1, R"({"from":"1","to":""})"));
}

}  // namespace
}  // namespace flit::mapping
