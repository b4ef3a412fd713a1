#include "mapping/phone.hpp"

#include <algorithm>
#include <functional>

#include <phonenumbers/phonenumberutil.h>

namespace flit::mapping {

namespace {
namespace pn = i18n::phonenumbers;

// Longer texts are notes, not numbers; libphonenumber itself gives up at 250.
constexpr std::size_t longest = 250;

// Fewer digits with punctuation between them are no number to the library, without it they are.
constexpr std::ptrdiff_t fewest_digits = 3;

/// The same number without the punctuation that the library passes over, one regular expression
/// after the other; a text with anything else in it is left as it is.
std::string without_punctuation(std::string_view text) {
  constexpr std::string_view passed_over = " ().-";
  std::string dialled;
  dialled.reserve(text.size());
  for (const char c : text) {
    const bool is_digit = c >= '0' && c <= '9';
    const bool leads_abroad = c == '+' && dialled.empty();
    if (is_digit || leads_abroad)
      dialled += c;
    else if (passed_over.find(c) == std::string_view::npos)
      return std::string(text);
  }
  const auto digits =
      std::count_if(dialled.begin(), dialled.end(), [](char c) { return c != '+'; });
  return digits < fewest_digits ? std::string(text) : dialled;
}

}  // namespace

std::optional<std::string> international_phone(std::string_view text, std::string_view region) {
  if (text.empty() || text.size() > longest) return {};
  const pn::PhoneNumberUtil& util = *pn::PhoneNumberUtil::GetInstance();
  const std::string home(region);
  pn::PhoneNumber number;
  if (util.Parse(without_punctuation(text), home, &number) != pn::PhoneNumberUtil::NO_PARSING_ERROR)
    return {};
  // Most numbers are of the region they are read in, and one region is soon asked.
  if (!util.IsValidNumberForRegion(number, home) && !util.IsValidNumber(number)) return {};
  std::string formatted;
  util.Format(number, pn::PhoneNumberUtil::E164, &formatted);
  if (number.has_extension()) formatted += " ext. " + number.extension();
  return formatted;
}

bool is_phone_region(const std::string& region) {
  return pn::PhoneNumberUtil::GetInstance()->GetCountryCodeForRegion(region) != 0;
}

PhoneNumbers::PhoneNumbers(std::string region) : region_(std::move(region)), recent_(places) {}

std::optional<std::string> PhoneNumbers::international(std::string_view text) const {
  const std::size_t place = std::hash<std::string_view>()(text) % places;
  Remembered& remembered = recent_[place];
  std::mutex& lock = locks_[place % locks];
  {
    const std::lock_guard held(lock);
    if (remembered.text == text) return remembered.number;
  }
  std::optional<std::string> number = international_phone(text, region_);
  if (text.size() > longest) return number;
  const std::lock_guard held(lock);
  remembered = {std::string(text), number};
  return number;
}

}  // namespace flit::mapping
