#pragma once
/// @file Header fields in the order they were written or came, found without regard to case.
///
/// A few dozen fields at most, so a vector that is searched from the front beats every map. Names
/// are compared as ASCII (RFC 9110, section 5.1); values are kept byte for byte without the white
/// space around them. Checks nothing: the client refuses what would break a request apart.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flit::http {

struct Header {
  std::string name;
  std::string value;
  bool operator==(const Header&) const = default;
};

/// Equal but for the case of ASCII letters.
bool same_name(std::string_view a, std::string_view b);

/// Without the spaces and tabs at both ends.
std::string_view trimmed(std::string_view text);

class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<Header> fields) : fields_(fields) {}

  /// Appends; fields of the same name stay.
  Headers& add(std::string_view name, std::string_view value);

  /// Replaces all fields of that name by one, which takes the place of the first.
  Headers& set(std::string_view name, std::string_view value);

  Headers& remove(std::string_view name);

  /// The first field of that name.
  std::optional<std::string_view> find(std::string_view name) const;
  bool contains(std::string_view name) const { return find(name).has_value(); }
  std::vector<std::string_view> all(std::string_view name) const;

  /// Whether a comma list such as Connection or Transfer-Encoding holds the token, in any case.
  bool lists(std::string_view name, std::string_view token) const;

  /// One field as it stood on the wire, "Name: value" without line end; a line that starts with
  /// white space goes on with the field before it. False, and nothing is added: it is no field.
  bool add_line(std::string_view line);

  /// The media type of Content-Type in lower case without parameters: "application/json". Empty if
  /// there is none.
  std::string media_type() const;

  std::size_t size() const { return fields_.size(); }
  bool empty() const { return fields_.empty(); }
  void clear() { fields_.clear(); }
  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }

  bool operator==(const Headers&) const = default;

 private:
  std::vector<Header> fields_;
};

}  // namespace flit::http
