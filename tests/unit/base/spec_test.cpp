#include "base/spec.hpp"

#include <gtest/gtest.h>

#include "base/json_reader.hpp"
#include "base/spec_reference.hpp"
#include "base/yaml_reader.hpp"
#include "tests/support/golden.hpp"
#include "tests/unit/base/acme_pack.hpp"

namespace flit::spec {
namespace {

using acme::Pack;

constexpr std::string_view whole = R"(source: acme
base: https://api.acme.example/v2
quota: [{requests: 100, window: 10s, cost: 0.10}]
headers: {Accept: application/json}
objects:
  contacts:
    get: /contacts
    method: post
    records: $.results[*]
    page: {kind: cursor, send: after, read: $.paging.next}
    where:
      any:
        - {field: status, in: [Won, 7, true]}
        - {field: share, equals: 0.50}
    values: {zeta: 1, alpha: "2", 3: null_value}
  owners: /owners
burst: {requests: 5, window: 1min}
proxy: null
share: 0.25
)";

Result<Pack> read_pack(std::string text) {
  FLIT_TRY(node, yaml::read("packs/acme.yaml", std::move(text)));
  return read<Pack>(node);
}

std::string errors_of(std::string_view text) {
  const auto pack = read_pack(std::string(text));
  return pack ? "ACCEPTED" : pack.error().text();
}

TEST(Spec, FillsTheStructFromTheDocument) {
  const auto pack = read_pack(std::string(whole));

  ASSERT_TRUE(pack) << pack.error().text();
  EXPECT_EQ(pack->source, "acme");
  EXPECT_EQ(pack->quota.at(0).window, std::chrono::seconds(10));
  EXPECT_EQ(pack->quota.at(0).cost.text(), "0.10") << "a decimal keeps what was written";
  EXPECT_EQ(pack->headers.at("Accept"), "application/json");
  EXPECT_EQ(pack->burst->window, std::chrono::minutes(1));
  EXPECT_EQ(pack->proxy, std::nullopt) << "null is a value, not a missing key";
  EXPECT_EQ(pack->share, 0.25);
}

TEST(Spec, KeysOfAMapNameTheElementsInTheirOrder) {
  const Pack pack = read_pack(std::string(whole)).value();

  ASSERT_EQ(pack.objects.size(), 2U);
  EXPECT_EQ(pack.objects[0].name, "contacts");
  EXPECT_EQ(pack.objects[1].name, "owners");
  EXPECT_EQ(pack.objects[1].get, "/owners") << "a single value is short for {get: value}";
  EXPECT_EQ(pack.objects[0].values[0].first, "zeta");
  EXPECT_EQ(pack.objects[0].values[2], (std::pair<std::string, ScalarText>("3", {"null_value"})));
}

TEST(Spec, ReadsCasesConversionsAndTypesThatContainThemselves) {
  const Pack pack = read_pack(std::string(whole)).value();

  const auto& pager = std::get<acme::CursorPager>(pack.objects[0].page);
  EXPECT_EQ(pager.send, "after");
  EXPECT_EQ(pager.size, 100) << "the default";
  const auto& any = pack.objects[0].where->any;
  ASSERT_EQ(any.size(), 2U);
  EXPECT_EQ(any[0].values, (std::vector<std::string>{"Won", "7", "true"}));
  EXPECT_EQ(any[1].values, (std::vector<std::string>{"0.50"}));
}

TEST(Spec, ValuesThatMatterLaterKeepTheirPlace) {
  const Pack pack = read_pack(std::string(whole)).value();

  EXPECT_EQ(pack.objects[0].records.value, "$.results[*]");
  EXPECT_EQ(pack.objects[0].records.at.text(), "packs/acme.yaml:9:14");
  EXPECT_EQ(pack.objects[0].at.text(), "packs/acme.yaml:7:5");
}

TEST(Spec, DefaultsAreAssignedAndInitialisersKept) {
  const Pack pack = read_pack("source: a\nbase: b\nobjects: {x: {get: /x}}\n").value();

  EXPECT_EQ(pack.objects[0].keys, std::vector<std::string>{"id"});
  EXPECT_EQ(pack.objects[0].method, acme::Method::get);
  EXPECT_EQ(pack.proxy, "none");
  EXPECT_TRUE(pack.read_only);
  EXPECT_EQ(pack.burst, nullptr);
}

TEST(Spec, ReadsJsonByTheSameDescription) {
  const auto document = json::parse(
      R"({"source": "acme", "base": "b", "objects": {"x": {"get": "/x", "methd": "get"}}})");
  ASSERT_TRUE(document);
  const auto body = std::make_shared<SourceText>("the request's body", "");

  const auto pack = read<Pack>(yaml::from_json(document->root(), body));

  ASSERT_FALSE(pack);
  EXPECT_EQ(pack.error().text(),
            "the request's body: error: unknown field 'methd' in objects.x\n"
            "      did you mean 'method'?");
}

TEST(Spec, MistakesAreToldWithTheirPlaceAndWhatToDo) {
  const std::vector<std::string_view> documents = {
      "",
      "[a, b]",
      "source: acme\n",
      "source: ''\nbase: b\n",
      "source: a\nbase: b\nobjets: {}\n",
      "source: a\nbase: b\nzzz: {}\n",
      "source: 12\nbase: ~\n",
      "source: a\nbase: b\nread_only: yes\n",
      "source: a\nbase: b\nread_only: false\n",
      "source: a\nbase: b\nshare: 1.5\nretries: 300\n",
      "source: a\nbase: b\nquota: {requests: 1}\nheaders: [a]\n",
      R"(source: a
base: b
quota:
  - {requests: -1, window: 10}
  - {requests: 1.5, window: 1week}
  - {requests: x, window: soon, cost: dear}
)",
      "source: a\nbase: b\nobjects:\n  x:\n  y: {get: /y, method: gte}\n  z: {method: get}\n",
      "source: a\nbase: b\nobjects: {x: {get: /x, page: {kind: cursr}}}\n",
      "source: a\nbase: b\nobjects: {x: {get: /x, page: {send: after}}}\n",
      "source: a\nbase: b\nobjects: {x: {get: /x, page: {kind: cursor, send: 1, size: 501, sise: "
      "2}}}\n",
      "source: a\nbase: b\nobjects: {x: {get: /x, where: {field: y}}}\n",
      "source: a\nbase: b\nobjects: {x: {get: /x, where: {field: y, in: [a], equals: b}}}\n",
      "source: a\nbase: b\nobjects: {x: {get: /x, where: {in: [a]}}}\n",
      "source: a\nbase: b\nobjects: {x: {get: /x, values: {a: [b], c: }}}\n",
  };

  std::string text;
  for (const std::string_view document : documents)
    text += "---\n" + std::string(document) + "\n" + errors_of(document) + "\n\n";

  test::expect_golden("base/spec_errors.txt", text);
}

TEST(Spec, StopsAfterTwentyMistakes) {
  std::string text = "source: a\nbase: b\n";
  for (int i = 0; i < 40; ++i) text += "key" + std::to_string(i) + ": 1\n";
  Diagnostics diagnostics;

  EXPECT_FALSE(read<Pack>(yaml::read("t", text).value(), diagnostics));

  EXPECT_EQ(diagnostics.errors(), Diagnostics::limit);
}

struct Overrides {
  std::string name;
  Instant clock{};
  yaml::Node rest;
};

void describe(Spec<Overrides>& spec) {
  spec.named("overrides", "A name, and what a later reader understands.");
  spec.field(&Overrides::name, "name", "The name.").required();
  spec.field(&Overrides::clock, "clock", "What time it is.");
  spec.rest(&Overrides::rest);
}

TEST(Spec, KeysForALaterReaderAreKeptWithTheirPlaces) {
  const auto node = yaml::read("t", "name: a\nlater: {x: 1}\n");

  const auto overrides = read<Overrides>(node.value());

  ASSERT_TRUE(overrides);
  ASSERT_EQ(overrides->rest.entries().size(), 1U);
  EXPECT_EQ(overrides->rest.entries()[0].key.at.text(), "t:2:1");
}

TEST(Spec, ReadsInstants) {
  const auto node = yaml::read("t", "name: a\nclock: 2018-01-08T09:00:00.500+01:00\n");

  EXPECT_EQ(read<Overrides>(node.value())->clock,
            Instant(std::chrono::milliseconds(1515398400500)));
  const auto wrong = read<Overrides>(yaml::read("t", "name: a\nclock: 2018-01-08\n").value());
  EXPECT_EQ(wrong.error().where, "t:2:8");
}

TEST(SpecReference, TellsPeopleEveryKey) {
  test::expect_golden("base/spec_reference.md", reference_page<Pack>("Source packs"));
}

TEST(SpecReference, TellsEditorsEveryKey) {
  const std::string schema = json_schema<Pack>("Source pack");

  EXPECT_TRUE(json::parse(schema));
  test::expect_golden("base/spec_schema.json", schema);
}

}  // namespace
}  // namespace flit::spec
