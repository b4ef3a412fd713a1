#include <array>

#include "automap/value_class.hpp"

namespace flit::automap {

namespace {

struct Names {
  std::string_view one;
  std::string_view several;
};

// In the order of ValueClass.
constexpr std::array<Names, 32> names{{{"none", "nothing in particular"},
                                       {"e-mail", "e-mail addresses"},
                                       {"phone", "telephone numbers"},
                                       {"url", "web addresses"},
                                       {"domain", "domains"},
                                       {"LinkedIn address", "LinkedIn addresses"},
                                       {"handle", "names on a social network"},
                                       {"UUID", "UUIDs"},
                                       {"yes/no", "yes or no"},
                                       {"instant", "moments"},
                                       {"date", "dates"},
                                       {"epoch seconds", "seconds since 1970"},
                                       {"epoch milliseconds", "milliseconds since 1970"},
                                       {"fraction", "shares between 0 and 1"},
                                       {"percent", "percentages"},
                                       {"year", "years"},
                                       {"integer", "whole numbers"},
                                       {"decimal", "numbers with fractions"},
                                       {"money as text", "amounts written as text"},
                                       {"country", "countries"},
                                       {"currency code", "currency codes"},
                                       {"language code", "language codes"},
                                       {"time zone", "time zones"},
                                       {"postal code", "postal codes"},
                                       {"street", "streets"},
                                       {"person's name", "names of people"},
                                       {"company name", "names of companies"},
                                       {"HTML", "HTML"},
                                       {"sentence", "sentences"},
                                       {"list", "lists in one value"},
                                       {"code", "codes"},
                                       {"word", "plain words"}}};

}  // namespace

std::string_view to_string(ValueClass value_class) {
  return names[static_cast<std::size_t>(value_class)].one;
}

std::string_view plural_of(ValueClass value_class) {
  return names[static_cast<std::size_t>(value_class)].several;
}

}  // namespace flit::automap
