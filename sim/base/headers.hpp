#pragma once
/// @file HTTP header fields: names compare without case, order and duplicates are kept as sent.
///
/// RFC 9110 §5: field names are case-insensitive; several fields of one name are legal. A request
/// has about ten of them, so a linear search is the fastest container. Not thread-safe to change.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flit::sim {

struct Header {
  std::string name;
  std::string value;
};

/// Equal but for the case of ASCII letters.
bool same_name(std::string_view left, std::string_view right);

class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<Header> fields) : fields_(fields) {}

  /// Appends, whether or not the name is there already.
  void add(std::string name, std::string value);

  /// Replaces every field of that name by this one.
  void set(std::string name, std::string value);

  void erase(std::string_view name);

  /// The first field of that name.
  std::optional<std::string_view> find(std::string_view name) const;
  std::string_view value_or(std::string_view name, std::string_view fallback) const {
    return find(name).value_or(fallback);
  }
  bool contains(std::string_view name) const { return find(name).has_value(); }

  /// Every field of that name, in order.
  std::vector<std::string_view> all(std::string_view name) const;

  std::size_t size() const { return fields_.size(); }
  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }

 private:
  std::vector<Header> fields_;
};

}  // namespace flit::sim
