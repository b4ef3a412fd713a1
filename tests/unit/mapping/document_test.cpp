#include "mapping/document.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/golden.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::mapping {
namespace {

using model::Condition;

ObjectDocument contacts() {
  ObjectDocument document{.path = "interactive-to-dynamics365", .map = {.object = "contacts"}};
  model::ObjectMap& map = document.map;
  map.routes.push_back(
      {.table = "lead",
       .when = {.kind = Condition::Kind::any,
                .parts = {{.kind = Condition::Kind::in,
                           .field = "lifecycle_stage",
                           .values = {"lead", "Marketing: qualified", "true"}},
                          {.kind = Condition::Kind::negation,
                           .parts = {{.kind = Condition::Kind::missing, .field = "lead_status"}}}}},
       .row = "ID-02",
       .because = "a prospect, not yet a customer"});
  map.routes.push_back({.table = "contact", .row = "ID-01"});
  map.fields.push_back({.from = "first_name",
                        .to = "firstname",
                        .why = {.confidence = 0.99,
                                .reason = "same meaning: \"given name\"",
                                .alternatives = {{"middlename", 0.02}}}});
  map.fields.push_back({.from = "lifecycle_stage",
                        .to = "flit_lifecycle_stage",
                        .values = model::ValueMap{.pairs = {{"lead", "Lead"}, {"no", "No"}},
                                                  .other = model::OtherValues::null}});
  map.fields.push_back({.to = "leadsourcecode",
                        .tables = {"lead"},
                        .fallback = "8",
                        .too_long = model::TooLong::truncate,
                        .preserved = true});
  map.ignored.push_back({.from = "full_name", .reason = "the destination computes it"});
  map.links.push_back({.associations = {"contacts→companies"},
                       .lookup = "parentcustomerid",
                       .fallback = "unassigned account",
                       .further = "connection",
                       .roles = {{"board_member", "Board member"}},
                       .row = "ID-04"});
  map.also.push_back({.name = "company",
                      .table = "account",
                      .key = {"company_name"},
                      .tables = {"contact"},
                      .fields = {{.from = "company_name", .to = "name"},
                                 {.from = "company_phone", .to = "telephone1"}},
                      .lookup = "parentcustomerid",
                      .fallback = "unassigned account",
                      .why = {.confidence = 0.9, .reason = "half of its fields are a company's"}});
  map.states.push_back(
      {.table = "lead",
       .when = {.kind = Condition::Kind::equals, .field = "lead_status", .values = {"unqualified"}},
       .state = "Disqualified",
       .fields = {{.from = "last_activity_at", .to = "actualend"}}});
  return document;
}

std::string mistakes_in(const std::string& text) {
  Diagnostics diagnostics;
  EXPECT_FALSE(read_object_map(text, "map/contacts.yaml", diagnostics)) << text;
  return diagnostics.text();
}

TEST(MapDocument, IsWrittenForPeople) {
  test::expect_golden("mapping/contacts.yaml", write_object_map(contacts()));
}

TEST(MapDocument, ReadsBackAsItWasWritten) {
  Diagnostics diagnostics;
  const auto read = read_object_map(write_object_map(contacts()), "map/contacts.yaml", diagnostics);

  ASSERT_TRUE(read) << diagnostics.text();
  EXPECT_EQ(read->path, contacts().path);
  EXPECT_TRUE(read->map == contacts().map);
  EXPECT_EQ(write_object_map(*read), write_object_map(contacts()));
}

TEST(MapDocument, SaysEveryMistakeWithItsPlaceAndWhatWasMeant) {
  test::expect_golden("mapping/mistakes.txt", mistakes_in(R"(map: interactive-to-dynamics365
object: contacts
routes:
  - {to: lead, wehn: {field: lifecycle_stage, in: [lead]}}
  - {to: contact, when: {field: lifecycle_stage}}
  - {to: contact, when: {equals: lead}}
fields:
  - {from: email, to: emailaddress1, too_long: cut}
  - {from: phone}
ignore:
  - full_name
)"));
}

TEST(MapDocument, AFolderIsAMapAndAnEmptyOneSaysHowToMakeOne) {
  const test::TemporaryDirectory folder;
  const auto none = read_map(folder.path());
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().text().find("map propose"), std::string::npos);

  model::MapDocument map{.path = contacts().path, .objects = {contacts().map}};
  std::filesystem::create_directories(folder / "map");
  for (const model::ObjectMap& object : map.objects)
    std::ofstream(folder / "map" / (object.object + ".yaml"))
        << write_object_map({map.path, object});

  const auto read = read_map(folder / "map");
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_TRUE(*read == map);
}

}  // namespace
}  // namespace flit::mapping
