#pragma once
/// @file Writes HTML: everything that is text is escaped, so that no value of a record can ever
/// run.
///
/// Elements are opened and closed by name; attributes are escaped as well. Bytes that are no UTF-8
/// and control characters become U+FFFD. Not thread-safe.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace flit::reports {

/// The text as it may stand in HTML, in an element or in a quoted attribute.
std::string escaped(std::string_view text);

using Attribute = std::pair<std::string_view, std::string_view>;

class Html {
 public:
  using Attributes = std::initializer_list<Attribute>;

  Html& open(std::string_view element, Attributes attributes = {});
  Html& close();  ///< REQUIRES: something is open
  Html& text(std::string_view text);
  /// An element with text and nothing else.
  Html& element(std::string_view element, std::string_view text, Attributes attributes = {});
  /// An element that has no end: <br>, <input …>.
  Html& single(std::string_view element, Attributes attributes = {});
  /// REQUIRES: trusted: written by us, not by data.
  Html& raw(std::string_view html);

  std::size_t size() const { return out_.size(); }
  /// What was written since the last take(); what is open stays open.
  std::string take();

 private:
  void start(std::string_view element, Attributes attributes);

  std::string out_;
  std::vector<std::string> open_;
};

}  // namespace flit::reports
