#include "sim/dataverse/odata/delta_token.hpp"

#include <charconv>

#include <fmt/format.h>

#include "sim/dataverse/odata/uri_fault.hpp"
#include "sim/dataverse/odata/value.hpp"

namespace flit::sim::dataverse::odata {

std::string to_string(const DeltaToken& token) {
  const std::string iso = instant_text(token.when);
  return fmt::format("{}!{}/{}/{} {}", token.version, iso.substr(5, 2), iso.substr(8, 2),
                     iso.substr(0, 4), iso.substr(11, 8));
}

Result<DeltaToken> parse_delta_token(std::string_view decoded) {
  const Error bad = platform_fault("0x80040203", "The delta token is not valid.");
  const std::size_t mark = decoded.find('!');
  if (mark == std::string_view::npos) return bad;
  DeltaToken token;
  const char* end = decoded.data() + mark;
  const auto [stop, error] = std::from_chars(decoded.data(), end, token.version);
  const std::string_view date = decoded.substr(mark + 1);
  if (error != std::errc() || stop != end || date.size() != 19) return bad;
  const std::string iso = fmt::format("{}-{}-{}T{}Z", date.substr(6, 4), date.substr(0, 2),
                                      date.substr(3, 2), date.substr(11));
  const auto when = convert_text(iso, ValueType::instant);
  if (!when) return bad;
  token.when = when->value().number;
  return token;
}

}  // namespace flit::sim::dataverse::odata
