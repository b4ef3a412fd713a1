#include "engine/markup_marks.hpp"

#include "base/text.hpp"

namespace flit::engine {
namespace {

/// Calls visit(value) for what follows each `mark` in `lowered`, up to the closing quote; the value
/// is from the text itself.
template <typename Visit>
void each_quoted(std::string_view html, std::string_view lowered, std::string_view mark,
                 Visit&& visit) {
  for (auto at = lowered.find(mark); at != lowered.npos; at = lowered.find(mark, at + 1)) {
    const std::string_view rest = html.substr(at + mark.size());
    visit(rest.substr(0, rest.find('"')));
  }
}

}  // namespace

MarkupMarks marks_of(std::string_view html) {
  MarkupMarks marks;
  const std::string lowered = text::ascii_lower(html);  // byte for byte, so places agree
  for (const std::string_view mark : {"<script", "javascript:", "<iframe",
                                      "onerror=", "onload=", "onclick=", "<object", "<embed"})
    marks.unsafe |= lowered.find(mark) != lowered.npos;
  each_quoted(html, lowered, "data-file-id=\"",
              [&](std::string_view id) { marks.file_ids.push_back(id); });
  each_quoted(html, lowered, "<img src=\"", [&](std::string_view address) {
    marks.remote_image |= address.starts_with("http://") || address.starts_with("https://");
    if (address.starts_with("cid:")) marks.content_ids.push_back(address.substr(4));
  });
  return marks;
}

}  // namespace flit::engine
