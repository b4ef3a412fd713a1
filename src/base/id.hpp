#pragma once
/// @file Names that cannot be mixed up: one type per kind of identifier.
///
/// Id<Tag> is text with a type. Ids of different tags neither compare nor convert; the text is
/// kept byte for byte (source ids are never assumed to be numbers, and never go through a double).

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace flit {

template <typename Tag>
class Id {
 public:
  Id() = default;
  explicit Id(std::string text) : text_(std::move(text)) {}
  explicit Id(std::string_view text) : text_(text) {}
  explicit Id(const char* text) : text_(text) {}

  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }

  auto operator<=>(const Id&) const = default;

 private:
  std::string text_;
};

}  // namespace flit

template <typename Tag>
struct std::hash<flit::Id<Tag>> {
  std::size_t operator()(const flit::Id<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.text());
  }
};
