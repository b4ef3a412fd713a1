#pragma once
/// @file From one source value to one destination value, with a reason for everything that is not
/// plain.
///
/// A Converter is made once for a rule of the map: it knows the source field, the column (its type,
/// length, range, options) and the rule's value map and arguments. Converting then answers a value
/// that the destination accepts, or why there is none: this is the shadow validation, so what fails
/// here would have failed over there. Never silently lossy: a value that was changed beyond its
/// spelling is flagged with a code. Pure; a Converter may be used by many threads at once.

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/json_reader.hpp"
#include "base/result.hpp"
#include "base/zone.hpp"
#include "model/arena.hpp"
#include "model/map.hpp"
#include "model/schema.hpp"
#include "model/value.hpp"

namespace flit::mapping {

/// What became of another record or of an owner, as far as it is known at this moment.
struct Lookup {
  enum class Kind {
    found,
    later,     ///< will exist, but does not yet: patch it in the second pass
    missing,   ///< the source names a record that it does not have
    unusable,  ///< failed, held or skipped over there
  };
  Kind kind = Kind::missing;
  model::Reference target{};
  std::string_view reason{};  ///< with missing and unusable: a code
  bool stands_in = false;     ///< a placeholder or the fallback owner, not who was named
};

/// Answers what a reference leads to. Implemented over the ledger, and by tests.
class Lookups {
 public:
  virtual ~Lookups() = default;
  virtual Lookup record(std::string_view object, std::string_view source_id) const = 0;
  /// As record(); but for one that is archived at the source a placeholder may stand in.
  virtual Lookup record_or_placeholder(std::string_view object, std::string_view source_id) const {
    return record(object, source_id);
  }
  virtual Lookup owner(std::string_view source_id) const = 0;
};

struct Context {
  model::Arena& arena;  ///< of the batch that the value goes into
  const Lookups& lookups;
};

/// The answer of a conversion.
struct Converted {
  enum class Trouble : std::uint8_t {
    none,
    flagged,  ///< the value is usable; the code says what happened to it
    refused,  ///< the destination would not take it
  };
  model::Value value{};
  Trouble trouble = Trouble::none;
  std::string_view code{};  ///< a literal: "out_of_range", "phone_not_valid"
  std::string detail{};  ///< found and expected, for people; never more of the value than they need

  static Converted plain(model::Value value) { return {value, Trouble::none, {}, {}}; }
  static Converted flagged(model::Value value, std::string_view code, std::string detail = {}) {
    return {value, Trouble::flagged, code, std::move(detail)};
  }
  static Converted refused(std::string_view code, std::string detail = {}) {
    return {{}, Trouble::refused, code, std::move(detail)};
  }
};

class Converter {
 public:
  virtual ~Converter() = default;
  /// REQUIRES: `source` is a value that is neither absent, null nor "".
  virtual Converted convert(json::Value source, const Context& context) const = 0;
};

/// What a source's account says about values that do not say it themselves.
struct Locale {
  Zone zone;                  ///< of dates without a zone
  std::string region = "US";  ///< ISO 3166, of phone numbers without a country
  std::string currency{};     ///< ISO 4217
};

/// The converter for a rule. Fault::setup when the rule asks for what does not exist or cannot work
/// ("html into a whole number"), with the names that would do.
Result<std::unique_ptr<Converter>> make_converter(const model::FieldRule& rule,
                                                  const model::Field& source,
                                                  const model::Field& column, const Locale& locale);

/// Every conversion's name and what it does, for help and for the reference page.
struct ConversionName {
  std::string_view name;
  std::string_view help;
};
std::span<const ConversionName> conversion_names();

}  // namespace flit::mapping
