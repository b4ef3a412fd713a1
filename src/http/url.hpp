#pragma once
/// @file Where a request goes: an absolute http or https URL, kept as it will stand on the wire.
///
/// parse() and resolve() are libcurl's URL parser (RFC 3986 with the leniencies of browsers that it
/// documents); building goes through percent-encoding, so a value can never add a parameter. User
/// names and passwords in a URL are refused, because URLs are shown to people; fragments are
/// dropped. text() may hold secrets in its query: people and logs get shown(). A value type.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/encoding.hpp"
#include "base/result.hpp"

namespace flit::http {

class Url {
 public:
  /// Names nothing; a request to it is refused.
  Url() = default;

  /// Fault::setup with what is wrong: a URL comes from a pack or from a person.
  static Result<Url> parse(std::string_view text);

  /// What a link on this page means: absolute, or relative to this URL ("/next?after=x",
  /// "?page=2"). Fault::permanent: a link comes from a platform. Spaces and bytes above 0x7F are
  /// encoded.
  Result<Url> resolve(std::string_view link) const;

  const std::string& scheme() const { return scheme_; }  ///< "http" or "https"
  const std::string& host() const { return host_; }      ///< IPv6 in brackets; lower case
  std::uint16_t port() const { return port_; }           ///< the scheme's own if none is written
  const std::string& path() const { return path_; }      ///< starts with "/"; encoded
  const std::string& query() const { return query_; }    ///< without "?"; encoded

  bool empty() const { return host_.empty(); }
  bool is_secure() const { return scheme_ == "https"; }

  /// Appends "/" and the encoded segment; a slash within it is encoded too.
  Url& append_segment(std::string_view segment);

  /// Appends a relative path that is encoded already: "sobjects/Account".
  Url& append_path(std::string_view path);

  /// Appends name=value, both encoded. Characters that a query may hold stay readable ($, comma,
  /// parentheses, quotes); plus, ampersand, hash, percent and space never do.
  Url& add_query(std::string_view name, std::string_view value);

  Url& clear_query();

  /// The query's parameters, decoded; what cannot be decoded is given as it stands.
  form::Fields parameters() const;

  /// "host" or "host:port" if the port is not the scheme's own.
  std::string authority() const;

  /// Path and query: what a request line asks for.
  std::string target() const;

  /// The whole URL, for the wire. Never for a log: queries may hold secrets.
  std::string text() const;

  /// For people and logs: the query is replaced by "?…".
  std::string shown() const;

  /// Same scheme, host and port: whoever holds credentials for one holds them for the other.
  bool same_origin(const Url& other) const;

  bool operator==(const Url&) const = default;

 private:
  std::string scheme_{};
  std::string host_{};
  std::uint16_t port_ = 0;
  std::string path_{};
  std::string query_{};
};

}  // namespace flit::http
