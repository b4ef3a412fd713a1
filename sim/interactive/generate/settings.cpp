#include "sim/interactive/generate/settings.hpp"

#include "base/text.hpp"

namespace flit::sim::interactive {

Result<GenerateSettings> parse_generate_settings(std::string_view text) {
  constexpr std::uint64_t most = 20'000'000;
  GenerateSettings settings;
  for (const std::string_view part : text::split(text, ",")) {
    if (part.empty()) continue;
    const auto equals = part.find('=');
    const std::string_view name = part.substr(0, equals);
    const auto count = parse_id(equals == part.npos ? std::string_view() : part.substr(equals + 1));
    if (!count || *count > most)
      return Error{.fault = Fault::setup,
                   .message = "'" + std::string(part) + "' is not NAME=COUNT with up to 20000000",
                   .where = "--generate"};
    if (name == "contacts")
      settings.contacts = *count;
    else if (name == "companies")
      settings.companies = *count;
    else if (name == "deals")
      settings.deals = *count;
    else if (name == "activities")
      settings.activities = *count;
    else
      return Error{.fault = Fault::setup,
                   .message = "'" + std::string(name) +
                              "' is not one of contacts, companies, deals, activities",
                   .where = "--generate"};
  }
  return settings;
}

}  // namespace flit::sim::interactive
