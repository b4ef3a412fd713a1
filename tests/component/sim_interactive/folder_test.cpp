// Data set folders: foreign files as an Interactive, and what --write leaves read back
// (facts/sources.md §1.12).

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "served.hpp"
#include "sim/interactive/folder/loader.hpp"
#include "sim/interactive/folder/native_writer.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::sim::interactive::test {
namespace {

using testing::HasSubstr;

const std::string samples = FLIT_SHARED_DIR "/data/samples/crm-sales-opportunities";
const std::string manifests = FLIT_SOURCE_DIR "/tests/data/crm-sales-opportunities/";

class SalesOpportunities : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(samples)) GTEST_SKIP() << samples << " is not there";
  }
  static ServedSettings served_from(const std::string& manifest) {
    return {.make = [manifest] { return load_folder({samples, manifests + manifest}); }};
  }
};

TEST_F(SalesOpportunities, AreServedWithEveryCheckOfTheManifestHolding) {
  Served served(served_from("interactive.yaml"));

  EXPECT_EQ(served.ids("/objects/companies").size(), 85U);
  EXPECT_EQ(served.ids("/owners?status=all").size(), 41U);
  EXPECT_EQ(served.get("/pipelines?object=deals")["results"].size(), 3U);
  const Answer first = served.get("/objects/deals/10001?properties=*");
  EXPECT_EQ(first.text("properties.name"), "GTX Plus Basic – 1C1I7A6R");
  EXPECT_EQ(first.text("properties.amount"), "1054");
  EXPECT_EQ(first.text("properties.close_date"), "2017-03-01");
  EXPECT_EQ(first.text("properties.closed_at"), "2017-03-01T17:00:00.000Z");
  EXPECT_TRUE(first["properties.is_won"].as_boolean().value_or(false));
  EXPECT_EQ(first.text("created_at"), "2016-10-20T09:00:00.000Z");
  EXPECT_EQ(served.get("/objects/companies/501?properties=*").text("properties.annual_revenue"),
            "1100040000");
  EXPECT_EQ(served.get("/files").error_code(), "module_not_enabled") << "the edition is solo";
}

TEST_F(SalesOpportunities, ParentsThatStandLaterAreFound) {
  Served served(served_from("interactive.yaml"));

  std::size_t with_parent = 0;
  std::size_t before_it = 0;
  for (const std::string& text : served.all("/objects/companies?properties=parent_company_id")) {
    const auto company = json::parse(text);
    const auto parent =
        parse_id(company->root().at_path("properties.parent_company_id").string_or(""));
    with_parent += parent ? 1 : 0;
    before_it += parent && *parse_id(company->root()["id"].string_or("")) < *parent ? 1 : 0;
  }
  EXPECT_EQ(with_parent, 15U);
  EXPECT_EQ(before_it, 6U);
}

TEST_F(SalesOpportunities, TheDirtyVariantLeavesOutWhatDoesNotMatchExactly) {
  Served served(served_from("interactive.dirty.yaml"));

  const Answer truth = served.control("truth");

  EXPECT_EQ(truth["associations"]["deals→c_product"].as_integer(), 7'320);
}

TEST_F(SalesOpportunities, TheVariantWithContactsHasTwelveLeads) {
  Served served(served_from("interactive.with-contacts.yaml"));

  const Answer truth = served.control("truth");

  EXPECT_EQ(truth["outcomes.contacts.except"].size(), 12U);
  EXPECT_EQ(served.get("/objects/contacts/3001?properties=*&associations=companies")
                .text("properties.email"),
            "office@acme.corporation.example");
}

TEST_F(SalesOpportunities, TheSameFilesGiveTheSameDigest) {
  Served one(served_from("interactive.yaml"));
  Served other(served_from("interactive.yaml"));

  EXPECT_EQ(one.control("digest").body, other.control("digest").body);
}

class Folder : public testing::Test {
 protected:
  void put(const std::string& name, const std::string& text) const {
    std::ofstream(directory_ / name, std::ios::binary) << text;
  }
  std::string error_of(const std::string& manifest) const {
    put("interactive.yaml", "flitsim_dataset: 1\nclock: 2026-01-01T00:00:00Z\n" + manifest);
    const auto data = load_folder({directory_.path().string()});
    return data ? "" : data.error().text();
  }
  flit::test::TemporaryDirectory directory_;
};

TEST_F(Folder, SaysWhatIsWrongAndWhere) {
  put("people.csv", "name,boss,day\nAnna,Bo,2025-01-31\nBo,,31.01.2025\n");
  const std::string inputs = "inputs: {people: {path: people.csv, format: csv}}\n";
  const std::string contacts =
      inputs + "objects:\n  contacts:\n    from: people\n    id: {row: 100}\n    properties:\n";

  EXPECT_THAT(error_of("input: {}\n"), HasSubstr("did you mean 'inputs'"));
  EXPECT_THAT(error_of("inputs: {people: {path: people.csv, expect_rows: 3}}\n"),
              HasSubstr("2 rows where 3"));
  EXPECT_THAT(error_of("inputs: {people: {path: people.csv, key: nobody}}\n"),
              HasSubstr("no column 'nobody'"));
  EXPECT_THAT(error_of(contacts + "      first_name: {column: nam}\n"),
              HasSubstr("no column 'nam'"));
  EXPECT_THAT(error_of(contacts + "      nickname: {column: name}\n"),
              HasSubstr("no property 'nickname'"));
  EXPECT_THAT(error_of(contacts + "      birth_date: {column: day, parse: {date: \"%Y-%m-%d\"}}\n"),
              HasSubstr("people row 2"));
  EXPECT_THAT(error_of(contacts + "      owner_id: {owner: {col: boss}}\n"),
              HasSubstr("no owner matches 'Bo'"));
  EXPECT_THAT(error_of(contacts + "      first_name: {column: name, const: x}\n"),
              HasSubstr("exclude each other"));
  EXPECT_THAT(
      error_of(contacts +
               "      first_name: {column: name}\nchecks: [{object: contacts, count: 3}]\n"),
      HasSubstr("is 2, expected 3"));
}

struct Made {
  const char* value;
  const char* expected;  // JSON
};

TEST_F(Folder, EveryMakerAndModifierMakesItsValue) {
  put("rows.csv", "a,b,c,n\n\" Ämi  \",,x,1234.50\n\"Bø Ümlaut\",2,y,7\n");
  put("more.csv", "key,value\nÄMI,first\nbo,second\n");
  for (const Made& one : std::vector<Made>{
           {"{column: a}", R"(" Ämi  ")"},
           {"{column: b}", "null"},
           {"constant", R"("constant")"},
           {"{const: \"007\"}", R"("007")"},
           {"{row: 500}", R"("501")"},
           {"{template: \"{c}-{n}\"}", R"("x-1234.50")"},
           {"{template: \"{b}\"}", "null"},
           {"{template: \"<{a|trim|upper}>\"}", R"("<ÄMI>")"},
           {"{first_of: [{column: b}, {column: c}]}", R"("x")"},
           {"{map: {c: {x: one}, default: other}}", R"("one")"},
           {"{map: {c: {y: one}, missing: keep}}", R"("x")"},
           {"{map: {c: {y: one}}}", "null"},
           {"{join: {input: more, col: a, to: key, match: fold, take: value, missing: null}}",
            R"("first")"},
           {"{ref: {object: contacts, col: c, by: c}}", R"("101")"},
           {"{ref: {object: contacts, col: n, by: c, missing: null}}", "null"},
           {"{ref: {object: contacts, col: n, by: c, missing: dangling}}", R"("900000001")"},
           {"{column: a, trim: true, case: lower}", R"("ämi")"},
           {"{column: n, parse: {decimal: \".\"}, scale10: 3}", R"("1234500")"},
           {"{column: a, slug: true}", R"("ami")"},
           {"{column: a, email: x.example}", R"("ami@x.example")"},
           {"{column: b, default: none}", R"("none")"},
           {"{const: 2025-07-01, datetime: {time: \"09:00:00\", zone: America/New_York}}",
            R"("2025-07-01T13:00:00.000Z")"}}) {
    put("interactive.yaml",
        std::string("flitsim_dataset: 1\nclock: 2026-01-01T00:00:00Z\n"
                    "inputs: {rows: {path: rows.csv}, more: {path: more.csv}}\n"
                    "objects: {contacts: {from: rows, id: {row: 100}, properties: {description: ") +
            one.value + "}}}\n");
    auto data = load_folder({directory_.path().string()});
    ASSERT_TRUE(data.has_value()) << one.value << ": " << data.error().text();
    const RecordTable& contacts = (*data)->require("contacts");
    const std::string_view value = contacts.value(*contacts.find(101), "description");
    EXPECT_EQ(value.empty() ? "null" : value, one.expected) << one.value;
  }
}

/// A written data set without one object of its schema.
class WrittenFolder : public Folder {
 protected:
  Result<std::unique_ptr<Dataset>> load_without(const std::string& object) {
    const auto original = generate({.contacts = 5, .seed = 5});
    EXPECT_TRUE(write_native(directory_.path().string(), *original, {}).has_value());
    const auto described =
        json::parse(flit::test::read_file((directory_ / "schema.json").string()));
    std::string left;
    for (const json::Value one : described->root()["objects"].elements())
      if (one["object"]["name"].string_or("") != object)
        left += (left.empty() ? "" : ",") + one.dump();
    put("schema.json", "{\"objects\":[" + left +
                           "],\"associations\":" + described->root()["associations"].dump() + "}");
    return load_folder({directory_.path().string()});
  }
};

TEST_F(WrittenFolder, MayBeWithoutAnObjectThatIsSwitchedOff) {
  for (const char* object : {"tasks", "calls", "emails", "meetings", "notes", "matters"}) {
    const auto data = load_without(object);
    ASSERT_TRUE(data.has_value()) << object << ": " << data.error().text();
    EXPECT_EQ((*data)->table(object), nullptr);
    EXPECT_FALSE((*data)->edge_view(object, "contacts")) << object;
  }
}

TEST_F(WrittenFolder, WithoutACoreObjectIsRefusedByName) {
  for (const char* object : {"contacts", "companies", "deals"}) {
    const auto data = load_without(object);
    ASSERT_FALSE(data.has_value()) << object;
    EXPECT_EQ(data.error().fault, Fault::setup);
    EXPECT_THAT(data.error().text(), HasSubstr(object));
    EXPECT_THAT(data.error().text(), HasSubstr("schema.json"));
  }
}

TEST_F(Folder, WhatWasWrittenIsServedByteForByte) {
  const auto original = generate({.contacts = 200, .seed = 5});
  ASSERT_TRUE(write_native(directory_.path().string(), *original, {}).has_value());
  Served generated({.generate = {.contacts = 200, .seed = 5}});
  Served loaded({.make = [this] { return load_folder({directory_.path().string()}); }});

  EXPECT_EQ(generated.control("digest").body, loaded.control("digest").body);
  EXPECT_EQ(generated.control("truth").body, loaded.control("truth").body);
  for (const char* path :
       {"/me", "/account", "/account/modules", "/schema/objects",
        "/schema/objects/contacts/properties", "/schema/objects/contacts/properties?archived=true",
        "/schema/associations", "/pipelines", "/clause-library", "/objects/contacts/count",
        "/workflows/60"})
    EXPECT_EQ(generated.get(path).body, loaded.get(path).body) << path;
  for (const char* list :
       {"/objects/contacts?properties=*&associations=companies,deals",
        "/objects/contacts?archived=true",
        "/objects/deals?updated_since=2016-01-01T00:00:00Z&properties=*",
        "/objects/emails?properties=*", "/objects/notes?properties=*", "/objects/c_asset",
        "/associations/c_asset/contacts", "/associations/companies/contacts", "/owners?status=all",
        "/tags", "/deals/stage-history", "/files", "/workflows", "/clause-library/clauses"})
    EXPECT_EQ(generated.all(list), loaded.all(list)) << list;
  for (const std::string& id : generated.ids("/files")) {
    const Answer one = generated.get("/files/" + id + "/content");
    const Answer other = loaded.get("/files/" + id + "/content");
    EXPECT_EQ(one.status, other.status) << id;
    if (one.status == 200) {
      EXPECT_EQ(one.body, other.body) << id;
    }
  }
}

}  // namespace
}  // namespace flit::sim::interactive::test
