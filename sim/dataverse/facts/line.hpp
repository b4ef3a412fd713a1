#pragma once
/// @file One tab-separated line of a .table text.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.hpp"

namespace flit::sim::dataverse::facts {

class Line {
 public:
  explicit Line(std::string_view text) {
    for (std::size_t begin = 0; begin <= text.size();) {
      std::size_t end = text.find('\t', begin);
      if (end == std::string_view::npos) end = text.size();
      fields_.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  char kind() const { return fields_[0].empty() ? '\0' : fields_[0][0]; }
  std::size_t size() const { return fields_.size(); }

  std::string_view operator[](std::size_t i) const {
    FLIT_CHECK(i < fields_.size(), "a shipped fact has all its fields");
    return fields_[i];
  }
  std::string text(std::size_t i) const { return std::string((*this)[i]); }

  /// The field, "" for "-", `usual` for "=".
  std::string or_usual(std::size_t i, std::string_view usual) const {
    const std::string_view field = (*this)[i];
    return field == "-" ? std::string() : std::string(field == "=" ? usual : field);
  }
  int integer(std::size_t i) const { return std::atoi(text(i).c_str()); }

  /// The value of "key=value" among the fields from `first`, empty if there is none.
  std::string_view option(std::size_t first, std::string_view key) const {
    for (std::size_t i = first; i < fields_.size(); ++i)
      if (fields_[i].size() > key.size() && fields_[i].substr(0, key.size()) == key &&
          fields_[i][key.size()] == '=')
        return fields_[i].substr(key.size() + 1);
    return {};
  }

 private:
  std::vector<std::string_view> fields_;
};

/// Calls `visit(Line)` for each line of the text.
template <typename Visit>
void each_line(std::string_view text, const Visit& visit) {
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) end = text.size();
    if (end > begin) visit(Line(text.substr(begin, end - begin)));
    begin = end + 1;
  }
}

std::vector<std::string> split(std::string_view text, char separator);
std::string lower_ascii(std::string_view text);

}  // namespace flit::sim::dataverse::facts
