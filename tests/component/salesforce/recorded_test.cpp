// Exchanges that were recorded from a real org are sent again: same codes, same shape.

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text.hpp"
#include "base/yaml_reader.hpp"
#include "tests/component/salesforce/simulated.hpp"

namespace flit::sim::salesforce {
namespace {

const std::string samples = std::string(FLIT_SHARED_DIR) + "/data/samples/salesforce-describe/";

std::string read(const std::string& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

bool is_id(std::string_view text) {
  return RecordId::parse(text).has_value() &&
         text.find_first_of("0123456789") != std::string_view::npos;
}

/// Words that must be the same on both sides, not only of the same kind.
bool is_word(std::string_view key) {
  return key == "errorCode" || key == "message" || key == "statusCode" || key == "success" ||
         key == "created" || key == "httpStatusCode" || key == "referenceId" || key == "type" ||
         key == "encoding";
}

/// Every member the org answered is in ours, of the same kind; collects which id became which.
class Comparison {
 public:
  std::map<std::string, std::string> ids{};
  std::vector<std::string> differences{};

  void compare(json::Value theirs, json::Value ours, const std::string& at) {
    if (!ours.exists()) return differences.push_back(at + " is missing");
    if (theirs.is_null() || ours.is_null()) return;
    if (theirs.kind() != ours.kind())
      return differences.push_back(at + ": " + ours.dump().substr(0, 80) + " instead of " +
                                   theirs.dump().substr(0, 80));
    if (theirs.is_string() && is_id(*theirs.as_string()) && is_id(*ours.as_string()))
      ids[std::string(*theirs.as_string())] = std::string(*ours.as_string());
    for (const auto& [key, value] : theirs.members()) {
      compare(value, ours[key], at + "." + std::string(key));
      if (is_word(key) && ours[key].exists() && ours[key].dump() != value.dump())
        differences.push_back(at + "." + std::string(key) + ": " + ours[key].dump() +
                              " instead of " + value.dump());
    }
    for (std::size_t i = 0; i < std::min(theirs.size(), ours.size()) && theirs.is_array(); ++i)
      compare(element(theirs, i), element(ours, i), at + "[" + std::to_string(i) + "]");
  }
};

/// The request and answer pairs of a file; entries that only point to others are left out.
std::vector<yaml::Node> exchanges(const std::string& name) {
  auto root = yaml::read(name, read(samples + "recorded/" + name));
  EXPECT_TRUE(root) << root.error().text();
  std::vector<yaml::Node> found;
  for (const yaml::Node& each : root->find("interactions")->value.items())
    if (each.find("request") != nullptr) found.push_back(each);
  return found;
}

const std::string& text_at(const yaml::Node& node, std::string_view first,
                           std::string_view second) {
  return node.find(first)->value.find(second)->value.text();
}

std::string here(std::string text, const Comparison& comparison) {
  text = text::replace_all(text, "https://orgname.my.salesforce.com", "");
  text = text::replace_all(text, "vxx.0", "v52.0");
  for (const auto& [theirs, ours] : comparison.ids) text = text::replace_all(text, theirs, ours);
  return text;
}

void replay(Simulated& sim, const std::string& name) {
  Comparison comparison;
  for (const yaml::Node& exchange : exchanges(name)) {
    const yaml::Node& request = exchange.find("request")->value;
    const std::string uri = here(request.find("uri")->value.text(), comparison);
    const yaml::Node& body = request.find("body")->value;
    Answered ours =
        sim.send(request.find("method")->value.text(), text::replace_all(uri, " ", "%20"),
                 body.is_null() ? "" : here(body.text(), comparison));
    const yaml::Node& response = exchange.find("response")->value;
    const auto theirs = json::parse(here(text_at(response, "body", "string"), comparison));
    ASSERT_TRUE(theirs) << uri;

    EXPECT_EQ(std::to_string(ours.status), text_at(response, "status", "code")) << uri << "\n"
                                                                                << ours.body;
    comparison.compare(theirs->root(), ours.json(), uri);
  }
  for (const std::string& difference : comparison.differences) ADD_FAILURE() << difference;
}

TEST(Recorded, ACompositeOfQueriesHasTheSameShape) {
  Simulated sim;
  replay(sim, "TestCompositeParallelSalesforce.test_composite_parallel_salesforce.yaml");
}

TEST(Recorded, AnUnknownObjectHasTheSameWords) {
  Simulated sim;
  replay(sim, "TestCompositeParallelSalesforce.test_errors.yaml");
}

TEST(Recorded, AnUpsertOfManyContactsGoesTheSameWay) {
  Simulated sim;
  replay(sim, "TestUpsert.test_upsert_complex_external_id_field__rest.yaml");
}

/// Fields of the recording that our facts have: custom ones and those of licences are not there.
json::Value field_named(json::Value describe, std::string_view name) {
  for (const json::Value field : describe["fields"].elements())
    if (field["name"].string_or("") == name) return field;
  return {};
}

class Described : public testing::TestWithParam<const char*> {};

TEST_P(Described, HasTheKeysTypesAndFlagsOfARealOrg) {
  Simulated sim;
  const std::string object = GetParam();
  const auto document = json::parse(read(samples + object + ".describe.json"));
  ASSERT_TRUE(document);
  const json::Value theirs = document->root();
  Answered answered = sim.get("sobjects/" + object + "/describe");
  const json::Value ours = answered.json();

  std::size_t compared = 0;
  for (const auto& [key, value] : theirs.members()) EXPECT_TRUE(ours[key].exists()) << key;
  for (const json::Value field : theirs["fields"].elements()) {
    const json::Value mine = field_named(ours, field["name"].string_or(""));
    if (!mine.exists()) continue;
    ++compared;
    for (const auto& [key, value] : field.members())
      EXPECT_TRUE(mine[key].exists()) << field["name"].dump() << key;
    for (const char* key :
         {"type", "soapType", "nillable", "createable", "updateable", "idLookup", "precision"})
      EXPECT_EQ(mine[key].dump(), field[key].dump()) << field["name"].dump() << " " << key;
    if (field["type"].string_or("") == "reference") {
      EXPECT_EQ(mine["relationshipName"].dump(), field["relationshipName"].dump());
    }
  }

  EXPECT_GT(compared, 30U);
}

INSTANTIATE_TEST_SUITE_P(OfTheRecording, Described,
                         testing::Values("Account", "Contact", "Lead", "Opportunity"));

TEST(Recorded, DescribeGlobalHasTheSameKeys) {
  Simulated sim;
  const auto document = json::parse(read(samples + "global.describe.json"));
  ASSERT_TRUE(document);
  Answered ours = sim.get("sobjects");
  Comparison comparison;

  comparison.compare(element(document->root()["sobjects"], 0), element(ours.json()["sobjects"], 0),
                     "sobjects[0]");

  EXPECT_EQ(ours.json()["maxBatchSize"].dump(), "200");
  for (const std::string& difference : comparison.differences) ADD_FAILURE() << difference;
}

}  // namespace
}  // namespace flit::sim::salesforce
