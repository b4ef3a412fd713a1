// Whatever people pasted, what is left of it holds only elements, attributes and links of the
// list, and everything else is text. Judged by a reader of its own, not by the parser that cleans.

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "fuzz/promise.hpp"
#include "mapping/html.hpp"

namespace {

using flit::fuzz::promise;
using flit::mapping::clean_html;
using flit::mapping::text_of_html;

constexpr std::array<std::string_view, 37> elements{
    "a",  "abbr", "b",  "blockquote", "br",    "caption", "code",   "dd",  "div", "dl",
    "dt", "em",   "h1", "h2",         "h3",    "h4",      "h5",     "h6",  "hr",  "i",
    "li", "ol",   "p",  "pre",        "s",     "span",    "strong", "sub", "sup", "table",
    "td", "th",   "tr", "tbody",      "thead", "u",       "ul"};

constexpr std::array<std::string_view, 5> schemes{"http:", "https:", "mailto:", "tel:", "ftp:"};

/// As a browser reads a link: blanks and control characters within the scheme do not count.
bool is_harmless(std::string_view link) {
  std::string seen;
  for (const char c : link)
    if (static_cast<unsigned char>(c) > 0x20) seen.push_back(c);
  seen = flit::text::ascii_lower(seen);
  return std::any_of(schemes.begin(), schemes.end(),
                     [&](std::string_view scheme) { return seen.starts_with(scheme); });
}

/// Takes `piece` from the front of `rest`, if it stands there.
bool take(std::string_view& rest, std::string_view piece) {
  if (!rest.starts_with(piece)) return false;
  rest.remove_prefix(piece.size());
  return true;
}

std::string_view take_until(std::string_view& rest, std::string_view ends) {
  const std::string_view taken = rest.substr(0, rest.find_first_of(ends));
  rest.remove_prefix(taken.size());
  return taken;
}

void check_attributes(std::string_view& rest) {
  while (take(rest, " ")) {
    const std::string_view name = take_until(rest, "=<>\" ");
    promise(take(rest, "=\""), "an attribute has a quoted value");
    const std::string_view value = take_until(rest, "\"<>");
    promise(take(rest, "\""), "that ends where it seems to");
    const bool harmless = name == "rel" || name == "colspan" || name == "rowspan" ||
                          (name == "href" && is_harmless(value));
    promise(harmless, "and is on the list");
  }
}

void check_tag(std::string_view& rest) {
  const bool closes = take(rest, "/");
  const std::string_view name = take_until(rest, " >");
  promise(std::find(elements.begin(), elements.end(), name) != elements.end(),
          "only elements of the list are left");
  if (!closes) check_attributes(rest);
  promise(take(rest, ">"), "a tag ends");
}

void check(const std::string& html) {
  promise(flit::utf8::is_valid(html), "what is left is UTF-8");
  std::string_view rest = html;
  while (!rest.empty()) {
    take_until(rest, "<>");
    if (rest.empty()) return;
    promise(take(rest, "<"), "text holds no bare bracket");
    check_tag(rest);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto clean = clean_html(text);
  check(clean.html);
  const auto again = clean_html(clean.html);
  check(again.html);
  promise(again.removed.empty(), "what is clean holds nothing to take out");
  promise(flit::utf8::is_valid(text_of_html(text)), "the text is UTF-8");
  return 0;
}
