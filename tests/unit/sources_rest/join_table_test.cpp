// What a small list adds to records, and that the order in which a source lists it is no matter.

#include "sources/rest/join_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace flit::sources::rest {
namespace {

using testing::ElementsAre;

class JoinTableTest : public testing::Test {
 protected:
  Join join{.list = "stages",
            .on = "stage_id",
            .order = {"pipeline_order", "order"},
            .add = {{.name = "@stage",
                     .take = "label",
                     .type = {.type = model::FieldType::choice},
                     .label = "Stage"}}};

  std::vector<std::string> options(const std::vector<model::Record>& rows) const {
    JoinTable table(join);
    for (const model::Record& row : rows) EXPECT_TRUE(table.add(row));
    std::vector<std::string> labels;
    for (const model::Field& field : table.fields({}))
      for (const model::Option& option : field.options) labels.push_back(option.label);
    return labels;
  }

  static model::Record row(const std::string& id, const std::string& payload) {
    return {.key = {"stages", id}, .payload = payload};
  }
};

TEST_F(JoinTableTest, OptionsStandInTheSourcesOwnOrderHoweverTheyAreListed) {
  const auto intake = row("11", R"({"label":"Intake","order":1,"pipeline_order":1})");
  const auto signing = row("9", R"({"label":"Signing","order":2,"pipeline_order":1})");
  const auto probate = row("2", R"({"label":"Probate","order":1,"pipeline_order":2})");

  for (const auto& listed : {std::vector{intake, signing, probate},
                             std::vector{probate, signing, intake, probate}})
    EXPECT_THAT(options(listed), ElementsAre("Intake", "Signing", "Probate"));
}

TEST_F(JoinTableTest, TiesStandByIdAndRowsWithoutAPlaceLast) {
  EXPECT_THAT(options({row("3", R"({"label":"No place"})"),
                       row("10", R"({"label":"Ten","order":1,"pipeline_order":1})"),
                       row("9", R"({"label":"Nine","order":1,"pipeline_order":1})")}),
              ElementsAre("Nine", "Ten", "No place"));
}

}  // namespace
}  // namespace flit::sources::rest
