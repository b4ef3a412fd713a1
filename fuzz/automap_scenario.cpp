// Any text as a scenario: it is refused with an error, or proposed; the same proposal every time,
// and JSON that reads back.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "automap/propose.hpp"
#include "automap/scenario.hpp"
#include "automap/shipped.hpp"
#include "base/json_reader.hpp"
#include "fuzz/promise.hpp"

namespace {

using namespace flit;

automap::Schema destination() {
  constexpr std::string_view text = R"({"objects": {
    "contact": {"label": "Contact", "fields": {
      "firstname": {"label": "First Name", "type": "string"},
      "lastname": {"label": "Last Name", "type": "string", "required": true},
      "emailaddress1": {"label": "Email", "type": "string"},
      "statuscode": {"label": "Status Reason", "type": "status",
        "values": [{"value": "1", "label": "Active"}, {"value": "2", "label": "Inactive"}]},
      "parentcustomerid": {"label": "Company", "type": "customer", "targets": ["account"]}}},
    "account": {"label": "Account", "fields": {
      "name": {"label": "Account Name", "type": "string", "required": true}}}}})";
  json::Document document;
  return *automap::read_destination(*document.read(text), "destination");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const automap::Lexicon lexicon = automap::shipped_lexicon();
  static const automap::Model model = automap::shipped_model();
  static const automap::Schema tables = destination();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  json::Document document;
  const auto root = document.read(text);
  if (!root) return 0;
  const auto scenario = automap::read_scenario(*root, "input");
  if (!scenario) return 0;
  const std::string once =
      automap::to_json(automap::propose(scenario->source, tables, lexicon, model));
  const std::string twice =
      automap::to_json(automap::propose(scenario->source, tables, lexicon, model));
  fuzz::promise(once == twice, "the same scenario is proposed the same way");
  json::Document again;
  fuzz::promise(again.read(once).has_value(), "a proposal is JSON");
  return 0;
}
