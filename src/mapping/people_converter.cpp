#include "mapping/people_converter.hpp"

#include <array>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "mapping/email.hpp"
#include "mapping/text_converters.hpp"

namespace flit::mapping {
namespace {

using model::Value;

/// "Ann <a@b.example>" → "a@b.example".
std::string_view bare_address(std::string_view written) {
  const std::size_t open = written.rfind('<');
  const std::size_t close = written.rfind('>');
  if (open != std::string_view::npos && close != std::string_view::npos && open < close)
    written = written.substr(open + 1, close - open - 1);
  return text::trim(written);
}

class People final : public Converter {
 public:
  explicit People(std::map<std::string, std::int64_t, std::less<>> roles)
      : roles_(std::move(roles)) {}

  Converted convert(json::Value source, const Context& context) const override {
    if (!source.is_array())
      return Converted::flagged(Value::null(), "not_people", "expected a list of participants");
    Found found;
    for (const json::Value person : source.elements()) add(person, context, found);
    const Value people =
        found.people.empty() ? Value::null() : Value::list(found.people, context.arena);
    if (found.later) return Converted::flagged(people, "later");
    if (found.left_out > 0)
      return Converted::flagged(
          people, "participant_unknown",
          fmt::format("{} of {} are neither a record over there nor an e-mail address",
                      found.left_out, source.size()));
    return Converted::plain(people);
  }

 private:
  struct Found {
    std::vector<Value> people{};
    std::size_t left_out = 0;
    bool later = false;
  };

  void add(json::Value person, const Context& context, Found& found) const {
    const auto role = roles_.find(person["role"].string_or(""));
    if (role == roles_.end()) {
      ++found.left_out;
      return;
    }
    const std::string_view address = bare_address(person["address"].string_or(""));
    Value reference = Value::null();
    if (const auto object = person["object"].as_string()) {
      std::string buffer;
      const Lookup lookup = context.lookups.record(*object, text_of(person["id"], buffer));
      const bool there = lookup.kind == Lookup::Kind::found || lookup.kind == Lookup::Kind::later;
      found.later |= lookup.kind == Lookup::Kind::later;
      if (there) reference = Value::reference(lookup.target, context.arena);
    }
    const bool reachable = is_email_address(address);
    if (reference.is_null() && !reachable) {
      ++found.left_out;
      return;
    }
    const std::array cells{Value::integer(role->second), reference,
                           reachable ? Value::text(address, context.arena) : Value::null()};
    found.people.push_back(Value::list(cells, context.arena));
  }

  std::map<std::string, std::int64_t, std::less<>> roles_;
};

}  // namespace

Result<std::unique_ptr<Converter>> make_people(const model::FieldRule& rule) {
  std::map<std::string, std::int64_t, std::less<>> roles;
  for (const auto& [role, type] : rule.arguments) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(type.data(), type.data() + type.size(), number);
    if (failed != std::errc() || end != type.data() + type.size())
      return Error{.fault = Fault::setup,
                   .message = fmt::format("\"{}\" is no participation type", type),
                   .remedy = "Give each role its number: arguments: {from: \"1\", to: \"2\"}"};
    roles.emplace(role, number);
  }
  return std::unique_ptr<Converter>(std::make_unique<People>(std::move(roles)));
}

}  // namespace flit::mapping
