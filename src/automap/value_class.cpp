#include "automap/value_class.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

#include "automap/words.hpp"

namespace flit::automap {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<signed char>(c) < 0;
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

std::size_t count_if_char(std::string_view text, bool (*test)(char)) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), test));
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool starts_with(std::string_view text, std::string_view part) {
  return text.substr(0, part.size()) == part;
}

bool ends_with(std::string_view text, std::string_view part) {
  return text.size() >= part.size() && text.substr(text.size() - part.size()) == part;
}

template <std::size_t N>
bool one_of(std::string_view text, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool is_email(std::string_view v) {
  const std::size_t at = v.find('@');
  return at != std::string_view::npos && at > 0 && v.find('.', at) != std::string_view::npos &&
         !contains(v, " ");
}
bool is_url(std::string_view v) {
  return starts_with(v, "http://") || starts_with(v, "https://") || starts_with(v, "www.");
}
bool is_linkedin(std::string_view v) {
  return contains(v, "linkedin.com/");
}
bool is_domain(std::string_view v) {
  const std::size_t dot = v.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || v.size() - dot < 3 || v.size() - dot > 7)
    return false;
  return std::all_of(v.begin(), v.end(),
                     [](char c) { return is_alpha(c) || is_digit(c) || c == '.' || c == '-'; }) &&
         count_if_char(v.substr(dot + 1), is_alpha) == v.size() - dot - 1;
}
bool is_handle(std::string_view v) {
  return v.size() > 1 && v.front() == '@' && !contains(v, " ");
}
bool is_uuid(std::string_view v) {
  return v.size() == 36 && v[8] == '-' && v[13] == '-' && v[18] == '-' && v[23] == '-';
}
bool is_boolean(std::string_view v) {
  constexpr std::array<std::string_view, 8> words{"true", "false", "yes", "no",
                                                  "True", "False", "Yes", "No"};
  return one_of(v, words);
}
bool is_date(std::string_view v) {
  return v.size() == 10 && is_digit(v[0]) && is_digit(v[3]) && v[4] == '-' && v[7] == '-' &&
         is_digit(v[9]);
}
bool is_instant(std::string_view v) {
  return v.size() > 12 && is_date(v.substr(0, 10)) && contains(v, ":");
}
bool is_integer(std::string_view v) {
  const std::string_view digits = !v.empty() && v.front() == '-' ? v.substr(1) : v;
  return !digits.empty() && digits.size() < 19 && count_if_char(digits, is_digit) == digits.size();
}
bool is_decimal(std::string_view v) {
  const std::size_t dots = static_cast<std::size_t>(std::count(v.begin(), v.end(), '.'));
  const std::string_view digits = !v.empty() && v.front() == '-' ? v.substr(1) : v;
  return dots <= 1 && !digits.empty() && count_if_char(digits, is_digit) + dots == digits.size() &&
         is_digit(digits.back());
}
bool is_epoch_s(std::string_view v) {
  return is_integer(v) && v.size() == 10 && v >= "0500000000" && v < "2200000000";
}
bool is_epoch_ms(std::string_view v) {
  return is_integer(v) && v.size() == 13 && v >= "0500000000000" && v < "2200000000000";
}
bool is_year(std::string_view v) {
  return is_integer(v) && v.size() == 4 && v >= "1700" && v <= "2100";
}
bool is_fraction(std::string_view v) {
  return is_decimal(v) && std::strtod(std::string(v).c_str(), nullptr) <= 1.0 && v.front() != '-';
}
bool is_percent(std::string_view v) {
  return is_integer(v) && v.size() <= 3 && v.front() != '-' &&
         std::atoi(std::string(v).c_str()) <= 100;
}
bool is_money_text(std::string_view v) {
  const bool sign = contains(v, "$") || contains(v, "€") || contains(v, "£") ||
                    contains(v, "CHF") || contains(v, "USD") || contains(v, "EUR");
  return sign && count_if_char(v, is_digit) >= 1 && count_if_char(v, is_alpha) <= 6;
}
bool is_phone(std::string_view v) {
  const std::size_t digits = count_if_char(v, is_digit);
  const std::size_t marks = static_cast<std::size_t>(std::count_if(v.begin(), v.end(), [](char c) {
    return c == '+' || c == '(' || c == ')' || c == '-' || c == ' ' || c == '.';
  }));
  const bool tax_number = v.size() == 10 && v[2] == '-' && digits == 9;
  return !tax_number && digits >= 7 && digits <= 15 && digits + marks == v.size() && marks >= 1 &&
         !is_decimal(v) && !is_date(v);
}
bool is_country(std::string_view v) {
  constexpr std::array<std::string_view, 44> names{"Germany",
                                                   "France",
                                                   "United Kingdom",
                                                   "United States",
                                                   "USA",
                                                   "Canada",
                                                   "India",
                                                   "Italy",
                                                   "Spain",
                                                   "Austria",
                                                   "Switzerland",
                                                   "Netherlands",
                                                   "Belgium",
                                                   "Poland",
                                                   "Brazil",
                                                   "Mexico",
                                                   "Portugal",
                                                   "Sweden",
                                                   "Norway",
                                                   "Denmark",
                                                   "Finland",
                                                   "Ireland",
                                                   "Australia",
                                                   "Japan",
                                                   "China",
                                                   "New Zealand",
                                                   "UK",
                                                   "US",
                                                   "DE",
                                                   "FR",
                                                   "GB",
                                                   "IN",
                                                   "IT",
                                                   "ES",
                                                   "AT",
                                                   "CH",
                                                   "NL",
                                                   "BE",
                                                   "BR",
                                                   "MX",
                                                   "Deutschland",
                                                   "Singapore",
                                                   "South Africa",
                                                   "Argentina"};
  return one_of(v, names);
}
bool is_currency(std::string_view v) {
  constexpr std::array<std::string_view, 18> codes{"USD", "EUR", "GBP", "CHF", "JPY", "CAD",
                                                   "AUD", "INR", "SEK", "NOK", "DKK", "PLN",
                                                   "BRL", "MXN", "CNY", "NZD", "SGD", "ZAR"};
  return one_of(v, codes);
}
bool is_language(std::string_view v) {
  constexpr std::array<std::string_view, 12> codes{
      "en", "de", "fr", "es", "it", "pt", "nl", "en-US", "en-GB", "de-DE", "English", "German"};
  return one_of(v, codes);
}
bool is_timezone(std::string_view v) {
  return starts_with(v, "Europe/") || starts_with(v, "America/") || starts_with(v, "Asia/") ||
         starts_with(v, "Australia/") || v == "UTC";
}
bool is_postal(std::string_view v) {
  if (v.size() < 4 || v.size() > 10 || count_if_char(v, is_digit) < 2) return false;
  return std::all_of(v.begin(), v.end(),
                     [](char c) { return is_digit(c) || is_upper(c) || c == ' ' || c == '-'; }) &&
         (v.size() <= 6 || contains(v, " ") || contains(v, "-"));
}
bool is_street(std::string_view v) {
  constexpr std::array<std::string_view, 12> words{"Street",
                                                   " St",
                                                   "Ave",
                                                   "Rue ",
                                                   "Road",
                                                   " Rd",
                                                   "weg",
                                                   "strasse",
                                                   "stra\xc3\x9f"
                                                   "e",
                                                   "Pkwy",
                                                   "Lane",
                                                   "Blvd"};
  return v.size() < 60 && count_if_char(v, is_digit) >= 1 && contains(v, " ") &&
         std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return contains(v, word); });
}
bool is_company(std::string_view v) {
  constexpr std::array<std::string_view, 16> forms{
      " GmbH", " Inc",   " LLC",  " Ltd",   " AG",      " Co.",   " Corp",   " SA",
      " BV",   " S.p.A", " SARL", " Group", " Traders", " Foods", " Health", " Logistics"};
  return v.size() < 60 && std::any_of(forms.begin(), forms.end(),
                                      [&](std::string_view form) { return contains(v, form); });
}
bool is_person(std::string_view v) {
  const std::size_t blank = v.find(' ');
  if (blank == std::string_view::npos || v.size() > 40 || count_if_char(v, is_digit) > 0 ||
      contains(v, "."))
    return false;
  return std::count(v.begin(), v.end(), ' ') <= 2 && is_upper(v[0]) && blank + 1 < v.size() &&
         (is_upper(v[blank + 1]) || is_alpha(v[blank + 1])) && !contains(v, " - ") &&
         v[blank + 1] != '-' && !(v[blank + 1] >= 'a' && v[blank + 1] <= 'z');
}
bool is_html(std::string_view v) {
  return contains(v, "</") || contains(v, "<br") || contains(v, "<p>");
}
bool is_sentence(std::string_view v) {
  return std::count(v.begin(), v.end(), ' ') >= 3 || contains(v, "\n") || v.size() > 80;
}
bool is_json(std::string_view v) {
  return v.size() > 1 &&
         ((v.front() == '[' && v.back() == ']') || (v.front() == '{' && v.back() == '}'));
}
bool is_list(std::string_view v) {
  return contains(v, ";") && !contains(v, "; ");
}
bool is_code(std::string_view v) {
  return v.size() >= 3 && count_if_char(v, is_digit) >= 2 && !contains(v, " ") &&
         count_if_char(v, is_digit) + count_if_char(v, is_alpha) +
                 static_cast<std::size_t>(std::count(v.begin(), v.end(), '-')) ==
             v.size() &&
         !ends_with(v, "-");
}

struct Detector {
  ValueClass value_class;
  bool (*test)(std::string_view);
};

// Most specific first; the first class that fits the samples wins.
constexpr std::array detectors{
    Detector{ValueClass::list, is_json},
    Detector{ValueClass::email, is_email},
    Detector{ValueClass::linkedin, is_linkedin},
    Detector{ValueClass::url, is_url},
    Detector{ValueClass::handle, is_handle},
    Detector{ValueClass::uuid, is_uuid},
    Detector{ValueClass::boolean, is_boolean},
    Detector{ValueClass::instant, is_instant},
    Detector{ValueClass::date, is_date},
    Detector{ValueClass::epoch_s, is_epoch_s},
    Detector{ValueClass::epoch_ms, is_epoch_ms},
    Detector{ValueClass::year, is_year},
    Detector{ValueClass::fraction, is_fraction},
    Detector{ValueClass::percent, is_percent},
    Detector{ValueClass::integer, is_integer},
    Detector{ValueClass::decimal, is_decimal},
    Detector{ValueClass::money_text, is_money_text},
    Detector{ValueClass::phone, is_phone},
    Detector{ValueClass::country, is_country},
    Detector{ValueClass::currency, is_currency},
    Detector{ValueClass::language, is_language},
    Detector{ValueClass::timezone, is_timezone},
    Detector{ValueClass::postal_code, is_postal},
    Detector{ValueClass::street, is_street},
    Detector{ValueClass::domain, is_domain},
    Detector{ValueClass::html, is_html},
    Detector{ValueClass::company, is_company},
    Detector{ValueClass::person, is_person},
    Detector{ValueClass::sentence, is_sentence},
    Detector{ValueClass::list, is_list},
    Detector{ValueClass::code, is_code},
};

}  // namespace

ValueEvidence classify(const std::vector<std::string>& samples) {
  std::vector<std::string_view> values;
  for (const std::string& sample : samples)
    if (sample.find_first_not_of(" \t\r\n") != std::string::npos)
      values.push_back(std::string_view(sample).substr(0, 400));
  const int seen = static_cast<int>(values.size());
  if (seen == 0) return {};
  for (const Detector& detector : detectors) {
    const auto fitting =
        static_cast<int>(std::count_if(values.begin(), values.end(), detector.test));
    if (fitting * 5 >= seen * 4) return {detector.value_class, fitting, seen};
  }
  return {ValueClass::word, seen, seen};
}

std::optional<bool> truth_of(std::string_view word) {
  constexpr std::array<std::string_view, 11> yes{"y",   "yes", "true", "1",    "ja", "j",
                                                 "oui", "si",  "sim",  "vero", "t"};
  constexpr std::array<std::string_view, 9> no{"n",   "no",  "false", "0",    "nein",
                                               "non", "nao", "nee",   "falso"};
  const std::string text = folded(word);
  if (std::find(yes.begin(), yes.end(), text) != yes.end()) return true;
  if (std::find(no.begin(), no.end(), text) != no.end()) return false;
  return std::nullopt;
}

namespace {

// "Y/N", "Oui/Non": a list of two that says yes and no.
bool is_yes_or_no(const std::vector<Choice>& choices) {
  return choices.size() == 2 && std::all_of(choices.begin(), choices.end(), [](const Choice& c) {
           return truth_of(c.label.empty() ? c.value : c.label).has_value();
         });
}

}  // namespace

Kind effective_kind(const Field& field, const ValueEvidence& evidence) {
  if (!field.targets.empty()) return Kind::reference;
  if (is_yes_or_no(field.choices)) return Kind::boolean;
  if (field.choices.size() > 1 && field.kind != Kind::choices && field.kind != Kind::boolean)
    return Kind::choice;
  const bool vague = field.kind == Kind::unknown || field.kind == Kind::text ||
                     field.kind == Kind::integer || field.kind == Kind::number;
  if (!vague) return field.kind;
  switch (evidence.value_class) {
    case ValueClass::email:
      return Kind::email;
    case ValueClass::phone:
      return Kind::phone;
    case ValueClass::linkedin:
    case ValueClass::url:
      return Kind::url;
    case ValueClass::boolean:
      return Kind::boolean;
    case ValueClass::instant:
    case ValueClass::epoch_s:
    case ValueClass::epoch_ms:
      return Kind::instant;
    case ValueClass::date:
      return Kind::date;
    case ValueClass::html:
    case ValueClass::sentence:
      return Kind::long_text;
    case ValueClass::uuid:
      return Kind::id;
    case ValueClass::decimal:
    case ValueClass::fraction:
      return Kind::number;
    case ValueClass::integer:
    case ValueClass::year:
    case ValueClass::percent:
      return field.kind == Kind::text ? Kind::text : Kind::integer;
    default:
      return field.kind == Kind::unknown ? Kind::text : field.kind;
  }
}

}  // namespace flit::automap
