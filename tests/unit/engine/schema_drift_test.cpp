#include "engine/schema_drift.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace flit::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

model::Schema schema_of(std::vector<model::Field> fields) {
  model::Schema schema;
  schema.objects.push_back({.name = "contacts", .fields = std::move(fields)});
  return schema;
}

std::vector<std::string> told(const model::Schema& before, const model::Schema& now) {
  std::vector<std::string> all;
  for (const store::Finding& one : schema_drift(before, now))
    all.push_back(one.code + " " + one.object + "." + one.field);
  return all;
}

TEST(SchemaDrift, FindsWhatWentCameAndBecameSomethingElse) {
  const model::Schema before = schema_of(
      {{.name = "gone", .type = model::FieldType::text},
       {.name = "score", .type = model::FieldType::integer},
       {.name = "source",
        .type = model::FieldType::choice,
        .options = {{.value = "web", .label = "Web"}, {.value = "fair", .label = "Fair"}}}});
  const model::Schema now = schema_of({{.name = "score", .type = model::FieldType::text},
                                       {.name = "source",
                                        .type = model::FieldType::choice,
                                        .options = {{.value = "fair", .label = "Fair"}}},
                                       {.name = "came", .type = model::FieldType::text}});

  EXPECT_THAT(told(before, now),
              ElementsAre("source_field_gone contacts.gone", "source_type_changed contacts.score",
                          "source_option_gone contacts.source", "source_field_new contacts.came"));
}

TEST(SchemaDrift, FindsObjectsAndNothingWhereNothingChanged) {
  const model::Schema some = schema_of({});
  const model::Schema none;

  EXPECT_THAT(told(some, some), IsEmpty());
  EXPECT_THAT(told(some, none), ElementsAre("source_object_gone contacts."));
  EXPECT_THAT(told(none, some), ElementsAre("source_object_new contacts."));
}

}  // namespace
}  // namespace flit::engine
