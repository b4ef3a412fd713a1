#include "sources/rest/spec.hpp"

#include <set>

#include "base/spec_reference.hpp"
#include "tests/support/golden.hpp"
#include "tests/unit/sources_rest/interactive.hpp"

namespace flit::sources::rest {
namespace {

TEST(SourcePack, TheReferencePageSaysWhatTheSpecReads) {
  test::expect_golden("../../docs/reference/source_pack.md",
                      spec::reference_page<RestSpec>("Source packs"));
}

TEST(SourcePack, EveryKeyOfTheSheetCanBeOverridden) {
  const auto spec = read_interactive(R"(
base_url: https://tenant.interactive.example/api/v1
auth: {kind: query, name: token, prefix: "", value_from: "env:OTHER"}
headers: {Accept: application/json}
paging: {kind: page, limit_param: size, limit: 7, page_param: p, total_key: total}
keys: {results: data, error_code: code}
incremental: {param: since, precision: ms, inclusive: false, overlap_s: 10}
limits: {per_second: 2, concurrent: 1, per_hour: 5, per_day: 6, on_429_without_hint: {base_ms: 1, factor: 3, max_ms: 9, jitter: none}}
endpoints: {contacts: {path: /people}, owners: {path: /owners, query: {status: all}}, workflows: {path: null}}
fields: {contacts: {lifecycle: lifecycle_stage, status: status, primary_email: email}}
)");

  ASSERT_TRUE(spec) << spec.error().text();
  EXPECT_EQ(spec->paging.limit, 7);
  EXPECT_EQ(spec->paging.next_key, "paging.next.after") << "what is not overridden stays";
  EXPECT_EQ(spec->object_endpoint("contacts").path, "/people");
  EXPECT_EQ(spec->object_endpoint("deals").path, "/objects/{object}");
  EXPECT_TRUE(spec->is_object("contacts"));
  EXPECT_FALSE(spec->is_object("owners"));
  EXPECT_FALSE(spec->find_endpoint("workflows")->path);
  EXPECT_EQ(spec->fields.at("contacts").at("lifecycle"), "lifecycle_stage");
}

TEST(SourcePack, GivesEveryRecordFieldThatAPathMaps) {
  const RestSpec spec = interactive();
  std::set<std::string> given;
  for (const RecordField& field : spec.schema.record_fields) given.insert(field.name);
  for (const Join& join : spec.joins)
    for (const AddedField& field : join.add) given.insert(field.name);

  const auto library = packs::Library::read(packs::shipped_files());
  ASSERT_TRUE(library);
  for (const packs::PathPack& path : library->paths()) {
    if (path.source != "interactive") continue;
    for (const mapping::ObjectFile& object : path.objects)
      for (const model::FieldRule& rule : object.fields)
        EXPECT_TRUE(!rule.from.starts_with("@") || given.contains(rule.from))
            << object.object << "." << rule.from;
  }
}

TEST(SourcePack, AMistakeIsShownWhereItStandsWithWhatWasMeant) {
  const auto spec = read_interactive("pagin: {limit: 7}\nlimits: {concurrent: 0}\n");

  ASSERT_FALSE(spec);
  const std::string text = spec.error().text();
  EXPECT_NE(text.find("flitstack.yaml:1:1"), std::string::npos) << text;
  EXPECT_NE(text.find("did you mean 'paging'"), std::string::npos) << text;
  EXPECT_NE(text.find("flitstack.yaml:2:"), std::string::npos) << text;
}

}  // namespace
}  // namespace flit::sources::rest
