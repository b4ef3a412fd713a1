#pragma once
/// @file Bytes as text and back: hexadecimal, base64, percent-encoding, form bodies.
///
/// Decoders are strict and say at which byte they stopped: no white space, no missing or surplus
/// padding, no stray bits, no half escapes; so decode ∘ encode is the identity, and two different
/// texts never decode to the same bytes (upper and lower case of hexadecimal digits excepted).
/// Bytes travel as std::string and std::string_view. Nothing here checks UTF-8.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace flit::hex {

std::string encode(std::string_view bytes);  ///< lower case
Result<std::string> decode(std::string_view text);

}  // namespace flit::hex

namespace flit::base64 {

/// RFC 4648 sections 4 and 5.
enum class Alphabet { standard, url_safe };
enum class Padding { required, forbidden };

struct Form {
  Alphabet alphabet = Alphabet::standard;
  Padding padding = Padding::required;
};

/// What JSON Web Tokens and opaque cursors use.
inline constexpr Form url_form{Alphabet::url_safe, Padding::forbidden};

std::string encode(std::string_view bytes, Form form = {});
Result<std::string> decode(std::string_view text, Form form = {});

}  // namespace flit::base64

namespace flit::percent {

/// One path segment or query component: everything but A–Z a–z 0–9 - . _ ~ becomes %XX in upper
/// case (RFC 3986, section 2.3).
std::string encode(std::string_view component);
void append_encoded(std::string& out, std::string_view component);

/// "%41" → "A"; a plus sign stays a plus sign.
Result<std::string> decode(std::string_view text);

}  // namespace flit::percent

namespace flit::form {

struct Field {
  std::string name;
  std::string value;
  bool operator==(const Field&) const = default;
};

/// In the order of the text; a name may stand there more than once.
using Fields = std::vector<Field>;

/// An application/x-www-form-urlencoded body or a URL's query: plus is a space, empty parts are
/// skipped, a part without "=" has an empty value.
Result<Fields> parse(std::string_view text);

/// What parse() reads back equal, provided that no name is empty.
std::string encode(const Fields& fields);

/// The first value of that name; null if there is none. Lives as long as `fields`.
const std::string* find(const Fields& fields, std::string_view name);

}  // namespace flit::form
