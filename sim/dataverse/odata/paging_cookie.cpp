#include "sim/dataverse/odata/paging_cookie.hpp"

#include <charconv>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

Error bad_cookie() {
  return platform_fault("0x8004112a", "Invalid page number in paging cookie.");
}

/// As percent::encode, with the lower-case digits of the platform's samples.
std::string encoded(std::string_view text) {
  std::string out = percent::encode(text);
  for (std::size_t i = 0; i + 2 < out.size(); ++i) {
    if (out[i] != '%') continue;
    for (const std::size_t at : {i + 1, i + 2})
      if (out[at] >= 'A' && out[at] <= 'F') out[at] = static_cast<char>(out[at] - 'A' + 'a');
    i += 2;
  }
  return out;
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out.append("&amp;");
        break;
      case '<':
        out.append("&lt;");
        break;
      case '>':
        out.append("&gt;");
        break;
      case '"':
        out.append("&quot;");
        break;
      case '\'':
        out.append("&apos;");
        break;
      default:
        out.push_back(c);
    }
  }
}

std::string unescaped(std::string_view text) {
  constexpr std::pair<std::string_view, char> entities[] = {
      {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
  std::string out;
  while (!text.empty()) {
    bool replaced = false;
    for (const auto& [name, c] : entities)
      if (text.substr(0, name.size()) == name) {
        out.push_back(c);
        text.remove_prefix(name.size());
        replaced = true;
        break;
      }
    if (replaced) continue;
    out.push_back(text.front());
    text.remove_prefix(1);
  }
  return out;
}

/// The value of name="…" inside the tag text; none if it is not there.
std::optional<std::string> attribute(std::string_view tag, std::string_view name) {
  const std::string mark = fmt::format(" {}=\"", name);
  const std::size_t at = tag.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  tag.remove_prefix(at + mark.size());
  const std::size_t end = tag.find('"');
  if (end == std::string_view::npos) return std::nullopt;
  return unescaped(tag.substr(0, end));
}

/// The next "<…>" of `text`, without the brackets; `text` moves behind it.
std::optional<std::string_view> next_tag(std::string_view& text) {
  const std::size_t open = text.find('<');
  const std::size_t close = text.find('>', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos) return std::nullopt;
  const std::string_view tag = text.substr(open + 1, close - open - 1);
  text.remove_prefix(close + 1);
  return tag;
}

std::optional<int> number(const std::optional<std::string>& text) {
  int value = 0;
  if (!text) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size() || value < 1) return std::nullopt;
  return value;
}

void append_edge(std::string& out, std::string_view name, const std::optional<std::string>& value) {
  out.append(" ").append(name);
  if (!value) {
    out.append("null=\"1\"");
    return;
  }
  out.append("=\"");
  append_escaped(out, *value);
  out.append("\"");
}

std::string wrapped(const PagingCookie& cookie, std::string_view inner) {
  return fmt::format("<cookie pagenumber=\"{}\" pagingcookie=\"{}\" istracking=\"False\" />",
                     cookie.page + 1, inner);
}

}  // namespace

std::string to_string(const PagingCookie& cookie) {
  std::string out = fmt::format("<cookie page=\"{}\">", cookie.page);
  for (const PagingCookie::Edge& edge : cookie.edges) {
    out.append("<").append(edge.column);
    append_edge(out, "last", edge.last);
    append_edge(out, "first", edge.first);
    out.append(" />");
  }
  return out.append("</cookie>");
}

Result<PagingCookie> parse_paging_cookie(std::string_view text) {
  PagingCookie cookie;
  const auto head = next_tag(text);
  const auto page = head ? number(attribute(*head, "page")) : std::nullopt;
  if (!page || head->substr(0, 7) != "cookie ") return bad_cookie();
  cookie.page = *page;
  for (auto tag = next_tag(text); tag && *tag != "/cookie"; tag = next_tag(text)) {
    const std::size_t blank = tag->find(' ');
    if (blank == std::string_view::npos || blank == 0) return bad_cookie();
    PagingCookie::Edge edge{.column = std::string(tag->substr(0, blank))};
    edge.last = attribute(*tag, "last");
    edge.first = attribute(*tag, "first");
    if (!edge.last && !attribute(*tag, "lastnull")) return bad_cookie();
    cookie.edges.push_back(std::move(edge));
  }
  if (cookie.edges.empty()) return bad_cookie();
  return cookie;
}

std::string skip_token(const PagingCookie& cookie) {
  return wrapped(cookie, encoded(to_string(cookie)));
}

Result<PagingCookie> parse_skip_token(std::string_view decoded) {
  const auto tag = next_tag(decoded);
  const auto inner = tag ? attribute(*tag, "pagingcookie") : std::nullopt;
  if (!inner) return bad_cookie();
  auto once = percent::decode(*inner);
  if (!once) return bad_cookie();
  // Some clients decode and encode once more than they should.
  if (once->find('<') == std::string::npos) once = percent::decode(*once);
  if (!once) return bad_cookie();
  return parse_paging_cookie(*once);
}

std::string fetch_cookie_annotation(const PagingCookie& cookie) {
  return wrapped(cookie, encoded(encoded(to_string(cookie))));
}

}  // namespace flit::sim::dataverse::odata
