#include "http/url.hpp"

#include <charconv>
#include <memory>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>

namespace flit::http {
namespace {

struct CurlUrlDeleter {
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};
using CurlUrl = std::unique_ptr<CURLU, CurlUrlDeleter>;

std::string part_of(const CurlUrl& url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

/// What may be shown of a text that is no URL: nothing behind "?", "#" or a user's "@".
std::string shown_text(std::string_view text) {
  const std::string_view head = text.substr(0, text.find_first_of("?#"));
  const std::size_t scheme = head.find("://");
  const std::size_t begin = scheme == std::string_view::npos ? 0 : scheme + 3;
  const std::size_t at = head.substr(begin, head.find('/', begin) - begin).rfind('@');
  if (at == std::string_view::npos) return std::string(head);
  return fmt::format("{}…{}", head.substr(0, begin), head.substr(begin + at));
}

std::string reason_of(CURLUcode code) {
  switch (code) {
    case CURLUE_USER_NOT_ALLOWED:
      return "holds a user name or password, which do not belong in a URL";
    case CURLUE_UNSUPPORTED_SCHEME:
      return "is neither http:// nor https://";
    case CURLUE_BAD_PORT_NUMBER:
      return "has a port that is not a number from 1 to 65535";
    default:
      return fmt::format("is not a URL ({})", curl_url_strerror(code));
  }
}

Error refusal(Fault fault, std::string_view text, CURLUcode code) {
  return {.fault = fault,
          .message = fmt::format("'{}' {}", shown_text(text), reason_of(code)),
          .remedy = fault == Fault::setup ? "Write it as https://host/path" : ""};
}

/// RFC 3986, section 3.4, less what forms and servers give a meaning of their own.
bool is_readable_in_query(char c) {
  const bool alphanumeric =
      (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return alphanumeric || std::string_view("-._~!$'()*,/:?@").find(c) != std::string_view::npos;
}

void append_query_text(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (is_readable_in_query(c))
      out.push_back(c);
    else
      percent::append_encoded(out, std::string_view(&c, 1));
  }
}

std::string decoded_or_same(std::string_view text) {
  auto decoded = percent::decode(text);
  return decoded ? std::move(*decoded) : std::string(text);
}

}  // namespace

Result<Url> Url::parse(std::string_view text) {
  const CurlUrl parser(curl_url());
  const std::string terminated(text);
  const CURLUcode code = curl_url_set(parser.get(), CURLUPART_URL, terminated.c_str(),
                                      CURLU_DISALLOW_USER | CURLU_PATH_AS_IS);
  if (code != CURLUE_OK) return refusal(Fault::setup, text, code);
  Url url;
  url.scheme_ = part_of(parser, CURLUPART_SCHEME);
  if (url.scheme_ != "http" && url.scheme_ != "https")
    return refusal(Fault::setup, text, CURLUE_UNSUPPORTED_SCHEME);
  url.host_ = part_of(parser, CURLUPART_HOST);
  for (char& c : url.host_)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const std::string port = part_of(parser, CURLUPART_PORT);
  std::from_chars(port.data(), port.data() + port.size(), url.port_);
  url.path_ = part_of(parser, CURLUPART_PATH);
  url.query_ = part_of(parser, CURLUPART_QUERY);
  return url;
}

Result<Url> Url::resolve(std::string_view link) const {
  const CurlUrl parser(curl_url());
  const std::string terminated(link);
  CURLUcode code = curl_url_set(parser.get(), CURLUPART_URL, text().c_str(), CURLU_PATH_AS_IS);
  if (code == CURLUE_OK)
    code = curl_url_set(parser.get(), CURLUPART_URL, terminated.c_str(),
                        CURLU_DISALLOW_USER | CURLU_URLENCODE | CURLU_ALLOW_SPACE);
  if (code != CURLUE_OK) return refusal(Fault::permanent, link, code);
  auto resolved = parse(part_of(parser, CURLUPART_URL));
  if (!resolved) resolved.error().fault = Fault::permanent;
  return resolved;
}

Url& Url::append_segment(std::string_view segment) {
  return append_path(percent::encode(segment));
}

Url& Url::append_path(std::string_view path) {
  if (path_.empty() || path_.back() != '/') path_.push_back('/');
  if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  path_.append(path);
  return *this;
}

Url& Url::add_query(std::string_view name, std::string_view value) {
  if (!query_.empty()) query_.push_back('&');
  append_query_text(query_, name);
  query_.push_back('=');
  append_query_text(query_, value);
  return *this;
}

Url& Url::clear_query() {
  query_.clear();
  return *this;
}

form::Fields Url::parameters() const {
  form::Fields fields;
  std::string_view rest = query_;
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    if (part.empty()) continue;
    std::string readable(part);
    for (char& c : readable) c = c == '+' ? ' ' : c;
    const std::size_t equals = readable.find('=');
    fields.push_back({decoded_or_same(std::string_view(readable).substr(0, equals)),
                      equals == std::string::npos
                          ? std::string()
                          : decoded_or_same(std::string_view(readable).substr(equals + 1))});
  }
  return fields;
}

std::string Url::authority() const {
  const std::uint16_t usual = is_secure() ? 443 : 80;
  return port_ == usual ? host_ : fmt::format("{}:{}", host_, port_);
}

std::string Url::target() const {
  return query_.empty() ? path_ : fmt::format("{}?{}", path_, query_);
}

std::string Url::text() const {
  if (empty()) return {};
  return fmt::format("{}://{}{}", scheme_, authority(), target());
}

std::string Url::shown() const {
  if (empty()) return "(no URL)";
  return fmt::format("{}://{}{}{}", scheme_, authority(), path_, query_.empty() ? "" : "?…");
}

bool Url::same_origin(const Url& other) const {
  return scheme_ == other.scheme_ && host_ == other.host_ && port_ == other.port_;
}

}  // namespace flit::http
