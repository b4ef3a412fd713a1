#pragma once
/// @file A credential that refuses to be shown.
///
/// No formatter, no comparison, no stream operator: the only way to the text is reveal(), which is
/// easy to find in a review. Memory is overwritten when the secret goes away.

#include <string>
#include <utility>

namespace flit {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  Secret(const Secret&) = default;
  Secret& operator=(const Secret& other) {
    if (this != &other) {
      wipe();
      text_ = other.text_;
    }
    return *this;
  }
  Secret(Secret&& other) noexcept : text_(std::move(other.text_)) { other.wipe(); }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      wipe();
      text_ = std::move(other.text_);
      other.wipe();
    }
    return *this;
  }
  ~Secret() { wipe(); }

  bool empty() const { return text_.empty(); }

  /// The text itself, for the one line that must send it. Never log, store or compare what it returns.
  const std::string& reveal() const { return text_; }

 private:
  void wipe() noexcept;
  std::string text_;
};

}  // namespace flit
