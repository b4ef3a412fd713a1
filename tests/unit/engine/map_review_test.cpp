#include "engine/map_review.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace flit::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Contacts with fields that are texts, to contacts and leads with columns that are.
class Review : public testing::Test {
 protected:
  Review() {
    source.objects = {{.name = "contacts", .fields = {{.name = "work"}, {.name = "home"}}}};
    for (const char* table : {"contact", "lead"})
      destination.objects.push_back({.name = table,
                                     .fields = {{.name = "telephone1", .creatable = true},
                                                {.name = "note", .creatable = true}}});
    model::ObjectMap contacts{.object = "contacts"};
    contacts.routes = {{.table = "lead"}, {.table = "contact"}};
    map.objects = {contacts};
  }
  void line(const std::string& from, const std::string& to, std::vector<std::string> tables = {}) {
    map.objects[0].fields.push_back({.from = from, .to = to, .tables = std::move(tables)});
  }
  MapReview review() const { return review_map({map, source, destination, locale}); }

  std::vector<std::string> shared() const {
    std::vector<std::string> told;
    for (const SharedColumn& one : review().shared) {
      told.push_back(one.object + "." + one.column + ":");
      for (const std::string& field : one.fields) told.back() += " " + field;
    }
    return told;
  }

  model::Schema source{.platform = "interactive"};
  model::Schema destination{.platform = "dynamics365"};
  model::MapDocument map;
  mapping::Locale locale{.zone = Zone::find("UTC").value()};
};

TEST_F(Review, TellsWhichLinesFillOneColumn) {
  line("work", "telephone1");
  line("home", "telephone1");
  line("home", "note");

  EXPECT_THAT(review().problems, IsEmpty());
  EXPECT_THAT(shared(), ElementsAre("contacts.telephone1: work home"));
}

TEST_F(Review, ColumnsOfTheSameNameInDifferentTablesAreNotShared) {
  line("work", "telephone1", {"lead"});
  line("home", "telephone1", {"contact"});

  EXPECT_THAT(shared(), IsEmpty());
}

TEST_F(Review, ALineForAllTablesMeetsThoseForOne) {
  line("work", "telephone1", {"lead"});
  line("home", "telephone1");

  EXPECT_THAT(shared(), ElementsAre("contacts.telephone1: work home"));
}

TEST_F(Review, AFieldThatNoLineSpeaksForIsAProblem) {
  line("work", "telephone1");

  const MapReview found = review();
  ASSERT_EQ(found.problems.size(), 1U);
  EXPECT_EQ(found.problems[0].where, "contacts › home");
}

}  // namespace
}  // namespace flit::engine
