#include "mapping/phone.hpp"

#include <phonenumbers/phonenumberutil.h>

namespace flit::mapping {

namespace {
namespace pn = i18n::phonenumbers;

// Longer texts are notes, not numbers; libphonenumber itself gives up at 250.
constexpr std::size_t longest = 250;
}  // namespace

std::optional<std::string> international_phone(std::string_view text, std::string_view region) {
  if (text.empty() || text.size() > longest) return {};
  const pn::PhoneNumberUtil& util = *pn::PhoneNumberUtil::GetInstance();
  const std::string home(region);
  pn::PhoneNumber number;
  if (util.Parse(std::string(text), home, &number) !=
      pn::PhoneNumberUtil::NO_PARSING_ERROR)
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

}  // namespace flit::mapping
