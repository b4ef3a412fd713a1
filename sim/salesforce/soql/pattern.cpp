#include "sim/salesforce/soql/pattern.hpp"

#include "base/utf8.hpp"
#include "sim/salesforce/soql/value.hpp"

namespace flit::sim::salesforce::soql {
namespace {

constexpr char any_run = '\xFF';
constexpr char any_one = '\xFE';

/// Bytes of the code point at `at`.
std::size_t step(std::string_view text, std::size_t at) {
  std::size_t size = 1;
  while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0) == 0x80)
    ++size;
  return size;
}

}  // namespace

Pattern::Pattern(std::string_view pattern) {
  std::string plain;
  const auto flush = [&] {
    items_ += folded(utf8::repaired(plain));
    plain.clear();
  };
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      plain += pattern[++i];
    } else if (c == '%' || c == '_') {
      flush();
      items_ += c == '%' ? any_run : any_one;
    } else {
      plain += c;
    }
  }
  flush();
}

bool Pattern::matches(std::string_view raw) const {
  const std::string text = folded(raw);
  std::size_t i = 0;
  std::size_t p = 0;
  std::size_t run = std::string::npos;  // behind the last %, and how much text it has taken so far
  std::size_t taken = 0;
  while (i < text.size()) {
    if (p < items_.size() && items_[p] == any_run) {
      run = ++p;
      taken = i;
    } else if (p < items_.size() && items_[p] == any_one) {
      ++p;
      i += step(text, i);
    } else if (p < items_.size() && items_[p] == text[i]) {
      ++p;
      ++i;
    } else if (run != std::string::npos) {
      p = run;
      taken += step(text, taken);
      i = taken;
    } else {
      return false;
    }
  }
  while (p < items_.size() && items_[p] == any_run) ++p;
  return p == items_.size();
}

}  // namespace flit::sim::salesforce::soql
