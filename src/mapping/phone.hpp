#pragma once
/// @file Phone numbers: from what people type to E.164, with libphonenumber.

#include <array>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flit::mapping {

/// "+12125550143", with " ext. 9" behind it where there is an extension. `region` (ISO 3166) is
/// where a number without a country is dialled. Empty when the text is no valid number of any
/// country. Thread-safe.
std::optional<std::string> international_phone(std::string_view text, std::string_view region);

/// Whether numbers of that country (ISO 3166, upper case) are known.
bool is_phone_region(const std::string& region);

/// international_phone() for one region, which remembers what it was asked lately: everybody in a
/// company has its switchboard's number, and the library takes some 10 µs for each. What is
/// remembered is bounded, some 200 kB. Thread-safe.
class PhoneNumbers {
 public:
  explicit PhoneNumbers(std::string region);
  std::optional<std::string> international(std::string_view text) const;

 private:
  struct Remembered {
    std::string text;
    std::optional<std::string> number;
  };
  static constexpr std::size_t places = 2048;  // a number that falls on another's place takes it
  static constexpr std::size_t locks = 16;     // each for its share of the places

  std::string region_;
  mutable std::vector<Remembered> recent_;
  mutable std::array<std::mutex, locks> locks_;
};

}  // namespace flit::mapping
