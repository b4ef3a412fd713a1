#include "automap/compatibility.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>

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

// What a value of one family is worth in a column of another; -1: a clash.
struct Passage {
  Family from;
  Family to;
  double worth;
};
constexpr std::array passages{
    Passage{Family::choice, Family::text, 0.8},
    Passage{Family::contact_point, Family::text, 0.8},
    Passage{Family::binary, Family::text, -1.0},
    Passage{Family::number, Family::text, 0.3},
    Passage{Family::boolean, Family::text, 0.3},
    Passage{Family::time, Family::text, 0.3},
    Passage{Family::reference, Family::text, 0.3},
    Passage{Family::id, Family::text, 0.3},
    Passage{Family::number, Family::reference, 0.4},
    Passage{Family::choice, Family::reference, 0.3},
    Passage{Family::reference, Family::choice, 0.0},
    Passage{Family::choice, Family::boolean, 0.2},
    Passage{Family::choice, Family::number, 0.2},
    Passage{Family::boolean, Family::choice, 0.2},
    Passage{Family::id, Family::reference, 0.6},
    Passage{Family::number, Family::choice, -0.5},
    Passage{Family::number, Family::time, 0.0},
};

}  // namespace

double kind_compatibility(Kind source, Kind column) {
  if (source == column) return 1.0;
  const Family from = family_of(source);
  const Family to = family_of(column);
  if (from == Family::unknown || to == Family::unknown) return 0.3;
  if (from == Family::text) return text_into(to);
  if (from == to) return from == Family::contact_point ? -1.0 : 0.9;
  const auto* passage = std::find_if(passages.begin(), passages.end(), [&](const Passage& p) {
    return p.from == from && p.to == to;
  });
  return passage == passages.end() ? -1.0 : passage->worth;
}

namespace {

using Classes = std::uint64_t;  // a set of value classes

constexpr Classes set_of(std::initializer_list<ValueClass> classes) {
  Classes set = 0;
  for (const ValueClass c : classes) set |= Classes{1} << static_cast<unsigned>(c);
  return set;
}

using V = ValueClass;
constexpr Classes times = set_of({V::date, V::instant, V::epoch_s, V::epoch_ms});
constexpr Classes texts = set_of({V::sentence, V::html});
constexpr Classes numbers = set_of({V::integer, V::decimal, V::percent, V::fraction});
constexpr Classes flags = set_of({V::boolean});
constexpr Classes mails = set_of({V::email});
constexpr Classes phones = set_of({V::phone});
constexpr Classes all = ~Classes{0};

// Which values speak for a column of a class, and which against it.
struct Agreement {
  std::string_view column;
  Classes fits;
  Classes contradicts;
};
constexpr std::array agreements{
    Agreement{"email", mails, all},
    Agreement{"phone", phones, all & ~set_of({V::integer, V::code})},
    Agreement{"url", set_of({V::url, V::domain}), all & ~set_of({V::word})},
    Agreement{"date", times, all & ~set_of({V::boolean, V::year})},
    Agreement{"birthdate", times, all & ~set_of({V::boolean, V::year})},
    Agreement{"money", numbers | set_of({V::money_text}),
              times | texts | flags | set_of({V::uuid})},
    Agreement{"percent", set_of({V::percent, V::fraction}), times | texts},
    Agreement{"integer", numbers, times | texts | flags},
    Agreement{"country", set_of({V::country}), mails | phones | times | texts},
    Agreement{"street", set_of({V::street}), mails | phones | times | set_of({V::url})},
    Agreement{"postal_code", set_of({V::postal_code}), mails | times | texts | set_of({V::url})},
    Agreement{"boolean", flags, times | mails | texts},
    Agreement{"currency", set_of({V::currency}), times | texts | set_of({V::decimal})},
    Agreement{"company", set_of({V::company}), times | mails | phones | flags},
    Agreement{"person_name", set_of({V::person}), times | mails | phones | flags},
    Agreement{"text", texts, times | flags | mails | phones},
    Agreement{"html", texts, times | flags | mails | phones},
};

}  // namespace

int class_agreement(ValueClass values, std::string_view c) {
  if (values == ValueClass::none) return 0;
  const auto* known = std::find_if(agreements.begin(), agreements.end(),
                                   [&](const Agreement& a) { return a.column == c; });
  if (known == agreements.end()) return 0;
  const Classes one = set_of({values});
  if ((known->fits & one) != 0) return 1;
  return (known->contradicts & one) != 0 ? -1 : 0;
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
  for (const KindGuess& guess : kinds_of(lexicon.bag(words_of_object(target)), Bag{}, lexicon)) {
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
