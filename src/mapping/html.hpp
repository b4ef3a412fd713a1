#pragma once
/// @file HTML that people pasted: made safe, or made plain text.
///
/// Parsed as a browser would (gumbo), then written anew from an allow-list of elements, attributes
/// and link schemes: nothing that is not on the list survives, so nothing can be executed, however
/// it was disguised. Text is never lost: an element that is not allowed is unwrapped, except for
/// those whose content is no text for readers (script, style, …). Pure, linear in the input, never
/// fails: markup nested too deep to be real becomes plain text.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace flit::mapping {

/// An image that the text shows.
struct HtmlImage {
  enum class Kind : std::uint8_t {
    file,      ///< data-file-id: a file of the source
    content,   ///< cid: a file with this content id
    embedded,  ///< data: the bytes are in the markup
    remote,    ///< http(s): kept as a link
  };
  Kind kind = Kind::remote;
  std::string reference;  ///< file id, content id, URL; empty for embedded ones
};

struct CleanHtml {
  std::string html;
  std::vector<std::string>
      removed;  ///< what was taken out, each kind once: "script", "onclick", "javascript:"
  std::vector<HtmlImage> images;
};

CleanHtml clean_html(std::string_view html);

/// The text that a reader sees: blocks on lines of their own, list items with "- ", links as
/// "text (url)", no markup.
std::string text_of_html(std::string_view html);

}  // namespace flit::mapping
