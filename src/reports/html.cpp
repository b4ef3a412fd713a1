#include "reports/html.hpp"

#include "base/check.hpp"
#include "base/markup.hpp"
#include "base/utf8.hpp"

namespace flit::reports {
namespace {

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    const std::string_view reference = markup::reference_to(c);
    const bool plain = static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
    if (!reference.empty())
      out += reference;
    else if (plain || c == '\n' || c == '\t')
      out += c;
    else  // HTML has no place for the other control characters (§13.1.4, "control characters").
      out += "\xEF\xBF\xBD";
  }
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  if (utf8::is_valid(text))
    append_escaped(out, text);
  else
    append_escaped(out, utf8::repaired(text));
  return out;
}

void Html::start(std::string_view element, Attributes attributes) {
  out_ += '<';
  out_ += element;
  for (const auto& [name, value] : attributes) {
    if (value.empty()) continue;
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    out_ += escaped(value);
    out_ += '"';
  }
  out_ += '>';
}

Html& Html::open(std::string_view element, Attributes attributes) {
  start(element, attributes);
  open_.emplace_back(element);
  return *this;
}

Html& Html::close() {
  FLIT_CHECK(!open_.empty(), "what is closed was opened before");
  out_ += "</" + open_.back() + ">";
  open_.pop_back();
  return *this;
}

Html& Html::text(std::string_view text) {
  out_ += escaped(text);
  return *this;
}

Html& Html::element(std::string_view element, std::string_view content, Attributes attributes) {
  start(element, attributes);
  out_ += escaped(content);
  out_ += "</";
  out_ += element;
  out_ += '>';
  return *this;
}

Html& Html::single(std::string_view element, Attributes attributes) {
  start(element, attributes);
  return *this;
}

Html& Html::raw(std::string_view html) {
  out_ += html;
  return *this;
}

std::string Html::take() {
  return std::exchange(out_, {});
}

}  // namespace flit::reports
