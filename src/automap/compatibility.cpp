#include "automap/compatibility.hpp"

#include <algorithm>

namespace flit::automap {

namespace {

enum class Family {
  text,
  number,
  boolean,
  time,
  choice,
  reference,
  contact_point,
  id,
  binary,
  unknown
};

Family family_of(Kind kind) {
  switch (kind) {
    case Kind::text:
    case Kind::long_text:
      return Family::text;
    case Kind::integer:
    case Kind::number:
    case Kind::money:
    case Kind::percent:
      return Family::number;
    case Kind::boolean:
      return Family::boolean;
    case Kind::date:
    case Kind::instant:
      return Family::time;
    case Kind::choice:
    case Kind::choices:
      return Family::choice;
    case Kind::reference:
      return Family::reference;
    case Kind::email:
    case Kind::phone:
    case Kind::url:
      return Family::contact_point;
    case Kind::id:
      return Family::id;
    case Kind::binary:
      return Family::binary;
    case Kind::unknown:
      return Family::unknown;
  }
  return Family::unknown;
}

double text_into(Family column) {
  switch (column) {
    case Family::text:
      return 1.0;
    case Family::choice:
    case Family::contact_point:
      return 0.5;
    case Family::reference:
      return 0.2;
    case Family::number:
    case Family::time:
      return 0.0;
    default:
      return -0.5;
  }
}

bool looks_like_time(ValueClass values) {
  return values == ValueClass::date || values == ValueClass::instant ||
         values == ValueClass::epoch_s || values == ValueClass::epoch_ms;
}

}  // namespace

double kind_compatibility(Kind source, Kind column) {
  if (source == column) return 1.0;
  const Family from = family_of(source);
  const Family to = family_of(column);
  if (from == Family::unknown || to == Family::unknown) return 0.3;
  if (from == Family::text) return text_into(to);
  if (from == to) return from == Family::contact_point ? -1.0 : 0.9;
  if (to == Family::text)
    return from == Family::choice || from == Family::contact_point ? 0.8
           : from == Family::binary                                ? -1.0
                                                                   : 0.3;
  if (from == Family::number && to == Family::reference) return 0.4;
  if (from == Family::choice && to == Family::reference) return 0.3;
  if (from == Family::reference && to == Family::choice) return 0.0;
  if (from == Family::choice && (to == Family::boolean || to == Family::number)) return 0.2;
  if (from == Family::boolean && to == Family::choice) return 0.2;
  if (from == Family::id && to == Family::reference) return 0.6;
  if (from == Family::number && to == Family::choice) return -0.5;
  if (from == Family::number && to == Family::time) return 0.0;
  return -1.0;
}

int class_agreement(ValueClass values, std::string_view c) {
  if (c == "-" || c.empty() || values == ValueClass::none) return 0;
  const auto either = [&](bool fits, bool contradicts) { return fits ? 1 : contradicts ? -1 : 0; };
  const bool textual = values == ValueClass::sentence || values == ValueClass::html;
  const bool numeric = values == ValueClass::integer || values == ValueClass::decimal ||
                       values == ValueClass::percent || values == ValueClass::fraction;
  if (c == "email") return either(values == ValueClass::email, true);
  if (c == "phone")
    return either(values == ValueClass::phone,
                  values != ValueClass::integer && values != ValueClass::code);
  if (c == "url")
    return either(values == ValueClass::url || values == ValueClass::domain,
                  values != ValueClass::word);
  if (c == "date" || c == "birthdate")
    return either(looks_like_time(values),
                  values != ValueClass::boolean && values != ValueClass::year);
  if (c == "money")
    return either(numeric || values == ValueClass::money_text, looks_like_time(values) || textual ||
                                                                   values == ValueClass::boolean ||
                                                                   values == ValueClass::uuid);
  if (c == "percent")
    return either(values == ValueClass::percent || values == ValueClass::fraction,
                  looks_like_time(values) || textual);
  if (c == "integer")
    return either(numeric, looks_like_time(values) || textual || values == ValueClass::boolean);
  if (c == "country")
    return either(values == ValueClass::country, values == ValueClass::email ||
                                                     values == ValueClass::phone ||
                                                     looks_like_time(values) || textual);
  if (c == "street")
    return either(values == ValueClass::street,
                  values == ValueClass::email || values == ValueClass::phone ||
                      looks_like_time(values) || values == ValueClass::url);
  if (c == "postal_code")
    return either(values == ValueClass::postal_code, values == ValueClass::email ||
                                                         looks_like_time(values) || textual ||
                                                         values == ValueClass::url);
  if (c == "boolean")
    return either(values == ValueClass::boolean,
                  looks_like_time(values) || values == ValueClass::email || textual);
  if (c == "currency")
    return either(values == ValueClass::currency,
                  looks_like_time(values) || textual || values == ValueClass::decimal);
  if (c == "company")
    return either(values == ValueClass::company,
                  looks_like_time(values) || values == ValueClass::email ||
                      values == ValueClass::phone || values == ValueClass::boolean);
  if (c == "person_name")
    return either(values == ValueClass::person,
                  looks_like_time(values) || values == ValueClass::email ||
                      values == ValueClass::phone || values == ValueClass::boolean);
  if (c == "text" || c == "html")
    return either(textual, looks_like_time(values) || values == ValueClass::boolean ||
                               values == ValueClass::email || values == ValueClass::phone);
  return 0;
}

namespace {

bool points_at(const Field& column, const std::string& table) {
  return std::any_of(column.targets.begin(), column.targets.end(),
                     [&](const std::string& target) { return lower_case(target) == table; });
}

// Records that the schema does not describe are known by their name alone: "users", "territories".
// 0: the name says nothing.
double agreement_by_name(const std::string& target, const Field& column, const Lexicon& lexicon) {
  constexpr double surely = 0.9;
  for (const KindGuess& guess : kinds_of(lexicon.bag(target), Bag{}, lexicon)) {
    if (guess.strength < surely) break;
    for (const std::string& table : lexicon.objects()[static_cast<std::size_t>(guess.kind)].tables)
      if (points_at(column, table)) return 1.0;
    return -1.0;
  }
  return 0.0;
}

}  // namespace

double target_agreement(const Field& source, const Field& column,
                        const std::vector<ObjectGuess>& guesses, const Destination& destination,
                        const Lexicon& lexicon) {
  if (source.targets.empty() || column.targets.empty()) return 0.0;
  double best = -1.0;
  for (const std::string& target : source.targets) {
    const std::string wanted = lower_case(target);
    const auto guess = std::find_if(guesses.begin(), guesses.end(),
                                    [&](const ObjectGuess& g) { return g.key == wanted; });
    if (guess == guesses.end()) return agreement_by_name(target, column, lexicon);
    for (std::size_t rank = 0; rank < guess->tables.size() && rank < 2; ++rank) {
      const std::string& table =
          destination.tables()[static_cast<std::size_t>(guess->tables[rank].table)].key;
      if (points_at(column, table)) best = std::max(best, rank == 0 ? 1.0 : 0.4);
    }
  }
  return best;
}

bool points_at_users(const Field& column) {
  return std::any_of(column.targets.begin(), column.targets.end(), [](const std::string& target) {
    const std::string name = lower_case(target);
    return name == "systemuser" || name == "user";
  });
}

}  // namespace flit::automap
