#include "mapping/party_converter.hpp"

#include <array>
#include <charconv>
#include <map>

#include <fmt/format.h>

#include "mapping/email.hpp"
#include "mapping/text_converters.hpp"

namespace flit::mapping {
namespace {

using model::Value;

/// The address in `"Clerk, County" <court@county.example>`, or the text itself.
std::string_view bare_address(std::string_view text) {
  const std::size_t open = text.rfind('<');
  if (open == std::string_view::npos || !text.ends_with('>')) return text;
  return text.substr(open + 1, text.size() - open - 2);
}

class Parties final : public Converter {
 public:
  explicit Parties(std::map<std::string, std::int64_t, std::less<>> roles)
      : roles_(std::move(roles)) {}

  Converted convert(json::Value source, const Context& context) const override {
    std::vector<Value> parties;
    std::size_t lost = 0;
    for (const json::Value person : source.elements()) {
      const Value party = party_of(person, context);
      if (party.has_value())
        parties.push_back(party);
      else
        ++lost;
    }
    const Value list = parties.empty() ? Value::null() : Value::list(parties, context.arena);
    if (lost == 0) return Converted::plain(list);
    return Converted::flagged(list, "party_not_moved",
                              fmt::format("{} of {} people are neither records over there nor "
                                          "have an e-mail address",
                                          lost, source.size()));
  }

 private:
  /// Absent: this person cannot be kept.
  Value party_of(json::Value person, const Context& context) const {
    const auto role = roles_.find(person["role"].string_or(""));
    if (role == roles_.end()) return {};
    const std::string_view address = bare_address(person["address"].string_or(""));
    const Value reference = reference_of(person, context);
    const bool usable = is_email_address(address);
    if (!reference.has_value() && !usable) return {};
    const std::array cells{
        Value::integer(role->second), reference,
        usable && !reference.has_value() ? Value::text(address, context.arena) : Value::null()};
    return Value::list(cells, context.arena);
  }

  /// Somebody who stands in for the person named was not there: that would be a false record.
  static Value reference_of(json::Value person, const Context& context) {
    std::string buffer;
    const std::string_view object = person["object"].string_or("");
    const std::string_view id = text_of(person["id"], buffer);
    if (object.empty() || id.empty()) return Value::null();
    const Lookup lookup =
        object == "owners" ? context.lookups.owner(id) : context.lookups.record(object, id);
    const bool there = lookup.kind == Lookup::Kind::found || lookup.kind == Lookup::Kind::later;
    if (!there || lookup.stands_in) return Value::null();
    return Value::reference(lookup.target, context.arena);
  }

  std::map<std::string, std::int64_t, std::less<>> roles_;
};

}  // namespace

Result<std::unique_ptr<Converter>> make_parties(
    const std::vector<std::pair<std::string, std::string>>& roles) {
  std::map<std::string, std::int64_t, std::less<>> numbers;
  for (const auto& [role, text] : roles) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size())
      return Error{
          .fault = Fault::setup,
          .message = fmt::format("the role '{}' is a number over there, found '{}'", role, text),
          .where = "arguments"};
    numbers.emplace(role, number);
  }
  return std::unique_ptr<Converter>(std::make_unique<Parties>(std::move(numbers)));
}

}  // namespace flit::mapping
