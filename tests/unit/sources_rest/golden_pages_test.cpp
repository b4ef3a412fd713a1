// Recorded pages in, records out: what the Interactive pack makes of the sheet's own examples.

#include <fmt/format.h>

#include "base/time.hpp"
#include "http/replay.hpp"
#include "tests/support/golden.hpp"
#include "tests/unit/sources_rest/interactive.hpp"

namespace flit::sources::rest {
namespace {

class InteractivePages : public testing::Test {
 protected:
  InteractivePages()
      : transport_(http::read_recording(std::string(FLIT_SOURCE_DIR) +
                                        "/tests/golden/packs/interactive/exchanges.jsonl")
                       .value(),
                   http::ReplayOrder::by_match),
        source_(RestSource::open(transport_, clock_, interactive(), Secret("int_pat_x")).value()) {}

  /// All pages of a list, one line each record or edge.
  std::string pages_of(const model::Listing& listing) {
    std::string out = fmt::format("# {}{}\n", listing.name, listing.archived ? " (archived)" : "");
    std::optional<model::Cursor> at;
    do {
      const auto page = source_->read(listing, at, {});
      EXPECT_TRUE(page) << page.error().text();
      if (!page) return out;
      for (const model::Record& record : page->records) out += line_of(record);
      for (const model::Edge& edge : page->edges)
        out += fmt::format("{} → {} '{}' {} {} {}\n", edge.from_id, edge.to_id, edge.label,
                           edge.primary ? "primary" : "further", edge.attributes,
                           format_instant(edge.created_at.value_or(Instant())));
      if (page->next) out += "next page\n";
      at = page->next;
    } while (at);
    return out;
  }

  static std::string line_of(const model::Record& record) {
    return fmt::format("{} {}{}{} {}\n", record.key.object, record.key.id,
                       record.archived ? " archived" : "",
                       record.merged_into ? " into " + *record.merged_into : "", record.payload);
  }

  static std::string line_of(const model::Field& field) {
    std::string out =
        fmt::format("{}: {} [{}]", field.name, to_string(field.type), field.native_type);
    if (field.unique) out += " unique";
    if (field.calculated) out += " calculated";
    if (field.hidden) out += " hidden";
    if (field.archived) out += " archived";
    if (field.custom) out += " custom";
    if (field.required != model::Requirement::none) out += " required";
    for (const std::string& target : field.targets) out += " → " + target;
    for (const model::Option& option : field.options)
      out += fmt::format(" {}='{}'{}", option.value, option.label, option.archived ? "†" : "");
    return out + "\n";
  }

  ManualClock clock_;
  http::ReplayTransport transport_;
  std::unique_ptr<RestSource> source_;
};

TEST_F(InteractivePages, BecomeThesePayloads) {
  std::string out;
  for (const model::Listing& listing :
       std::vector<model::Listing>{{.name = "contacts"},
                                   {.name = "contacts", .archived = true},
                                   {.name = "deals"},
                                   {.name = "calls"},
                                   {.name = "contacts→companies"},
                                   {.name = "workflows"},
                                   {.name = "clause_library"},
                                   {.name = "stages"}})
    out += pages_of(listing);

  test::expect_golden("packs/interactive/payloads.txt", out);
}

TEST_F(InteractivePages, BecomeThisSchema) {
  const auto schema = source_->describe({});
  ASSERT_TRUE(schema) << schema.error().text();

  std::string out;
  for (const model::Object& object : schema->objects) {
    out += fmt::format("# {} ({})\n", object.name, object.label);
    for (const model::Field& field : object.fields) out += line_of(field);
  }
  for (const model::Association& association : schema->associations)
    out +=
        fmt::format("{} labels {} attributes {}{}\n", association.name, association.labels.size(),
                    association.attributes.size(), association.has_primary ? " primary" : "");
  test::expect_golden("packs/interactive/schema.txt", out);
}

}  // namespace
}  // namespace flit::sources::rest
