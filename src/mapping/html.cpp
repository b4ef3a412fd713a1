#include "mapping/html.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <gumbo.h>

#include "base/code_points.hpp"
#include "base/markup.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace flit::mapping {
namespace {

template <std::size_t N>
bool one_of(std::string_view name, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

constexpr std::array<std::string_view, 34> allowed_elements{
    "a",  "abbr", "b",      "blockquote", "br",  "caption", "code",  "dd", "div", "dl", "dt", "em",
    "h1", "h2",   "h3",     "h4",         "h5",  "h6",      "hr",    "i",  "li",  "ol", "p",  "pre",
    "s",  "span", "strong", "sub",        "sup", "table",   "tbody", "td", "th",  "tr"};
constexpr std::array<std::string_view, 3> allowed_elements_too{"thead", "u", "ul"};

// Their content is for machines, or cannot be shown without executing something.
constexpr std::array<std::string_view, 14> dropped_whole{
    "script", "style",    "iframe",   "object", "embed", "applet", "head",
    "title",  "noscript", "template", "svg",    "math",  "audio",  "video"};

constexpr std::array<std::string_view, 24> blocks{
    "p",  "div", "br", "li", "tr",      "table",   "ul",         "ol",
    "h1", "h2",  "h3", "h4", "h5",      "h6",      "blockquote", "pre",
    "hr", "dl",  "dt", "dd", "section", "article", "header",     "footer"};

bool is_void(std::string_view name) {
  return name == "br" || name == "hr";
}

bool is_allowed(std::string_view name) {
  return one_of(name, allowed_elements) || one_of(name, allowed_elements_too);
}

/// Deeper markup than any editor makes; parsing and freeing the tree is recursive in the library.
constexpr std::size_t max_depth = 400;

/// An upper bound of how deep the elements nest, from the tags alone.
bool nests_too_deep(std::string_view html) {
  std::size_t depth = 0;
  for (std::size_t i = 0; i + 1 < html.size(); ++i) {
    if (html[i] != '<') continue;
    const char next = html[i + 1];
    if (next == '/') {
      depth -= depth > 0 ? 1 : 0;
    } else if (std::isalpha(static_cast<unsigned char>(next)) != 0) {
      const std::string tag = text::ascii_lower(html.substr(i + 1, 3));
      const bool childless = tag == "br>" || tag == "br " || tag == "br/" || tag == "img" ||
                             tag == "hr>" || tag == "li>" || tag == "p> ";
      depth += childless ? 0 : 1;
    }
    if (depth > max_depth) return true;
  }
  return false;
}

/// Tags cut out without looking at what they mean: only for what is too deep to be parsed.
std::string without_tags(std::string_view html) {
  std::string text;
  bool inside = false;
  for (const char c : html) {
    if (c == '<') inside = true;
    if (!inside) text.push_back(c);
    if (c == '>') inside = false;
  }
  return text;
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    const std::string_view reference = markup::reference_to(c);
    if (reference.empty())
      out.push_back(c);
    else
      out += reference;
  }
}

struct Tree {
  explicit Tree(const std::string& text)
      : output(gumbo_parse_with_options(&kGumboDefaultOptions, text.data(), text.size())) {}
  ~Tree() { gumbo_destroy_output(&kGumboDefaultOptions, output); }
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;
  GumboOutput* output;
};

/// Lower-case name; for an element that HTML does not know, as it was written.
std::string name_of(const GumboElement& element) {
  const char* known = gumbo_normalized_tagname(element.tag);
  if (*known != '\0') return known;
  GumboStringPiece original = element.original_tag;
  gumbo_tag_from_original_text(&original);
  return text::ascii_lower({original.data, original.length});
}

std::string_view attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

/// The scheme as a browser understands it: white space and controls inside do not count.
std::string scheme_of(std::string_view url) {
  std::string scheme;
  for (const char c : url) {
    if (static_cast<unsigned char>(c) <= 0x20) continue;
    if (c == ':') return text::ascii_lower(scheme);
    if (c == '/' || c == '?' || c == '#') return {};
    scheme.push_back(c);
  }
  return {};
}

bool is_harmless_link(std::string_view url) {
  constexpr std::array<std::string_view, 5> schemes{"http", "https", "mailto", "tel", "ftp"};
  return one_of(scheme_of(url), schemes);
}

/// What no page may hold as it stands: controls and code points that are no characters
/// (https://html.spec.whatwg.org, "Preprocessing the input stream").
bool is_for_no_page(char32_t c) {
  const bool control =
      (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || (c >= 0x7F && c <= 0x9F);
  return control || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

/// Text of a node; a character reference may have brought anything, also bytes that are no
/// character. Most texts are plain to their end: those are not taken apart.
std::string for_a_page(std::string_view text) {
  const auto is_plain = [](char c) { return c >= 0x20 && c < 0x7F; };
  const auto rest = std::find_if_not(text.begin(), text.end(), is_plain);
  std::string out(text.begin(), rest);
  const CodePoints points(text.substr(out.size()));
  for (auto at = points.begin(); at != std::default_sentinel; ++at) {
    const bool keeps = *at != 0xFFFD && !is_for_no_page(*at);
    out += keeps ? at.bytes() : std::string_view("\uFFFD");
  }
  return out;
}

class Cleaner {
 public:
  CleanHtml clean(const std::string& html) {
    const Tree tree(html);
    children(tree.output->root->v.element.children);
    return std::move(clean_);
  }

 private:
  void children(const GumboVector& nodes) {
    for (unsigned i = 0; i < nodes.length; ++i) node(*static_cast<const GumboNode*>(nodes.data[i]));
  }

  void node(const GumboNode& node) {
    switch (node.type) {
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_WHITESPACE:
      case GUMBO_NODE_CDATA:
        append_escaped(clean_.html, for_a_page(node.v.text.text));
        return;
      case GUMBO_NODE_ELEMENT:
        element(node.v.element);
        return;
      case GUMBO_NODE_TEMPLATE:
        note("template");
        return;
      case GUMBO_NODE_COMMENT:
      case GUMBO_NODE_DOCUMENT:
        return;
    }
  }

  void element(const GumboElement& element) {
    const std::string name = name_of(element);
    if (element.tag_namespace != GUMBO_NAMESPACE_HTML || one_of(name, dropped_whole)) {
      if (name != "head" && name != "title") note(name);
      return;
    }
    if (name == "img") return image(element);
    if (!is_allowed(name)) {
      if (name != "html" && name != "body") note_attributes(element);
      return children(element.children);
    }
    open(name, element);
    if (is_void(name)) return;
    children(element.children);
    clean_.html += "</" + name + ">";
  }

  void open(const std::string& name, const GumboElement& element) {
    clean_.html += "<" + name;
    note_attributes(element);
    const std::string_view href = attribute(element, "href");
    if (name == "a" && !href.empty()) link(href);
    for (const char* span : {"colspan", "rowspan"}) number(element, span);
    clean_.html += ">";
  }

  void link(std::string_view href) {
    if (!is_harmless_link(href)) return note(scheme_of(href) + ":");
    clean_.html += " href=\"";
    append_escaped(clean_.html, for_a_page(href));
    clean_.html += "\" rel=\"noopener noreferrer\"";
  }

  void number(const GumboElement& element, const char* name) {
    const std::string_view value = attribute(element, name);
    const bool digits =
        !value.empty() && value.size() <= 3 &&
        std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits) clean_.html += std::string(" ") + name + "=\"" + std::string(value) + "\"";
  }

  /// Images become links to what they show; the bytes travel as files.
  void image(const GumboElement& element) {
    note_attributes(element);
    const std::string_view source = attribute(element, "src");
    const std::string_view file = attribute(element, "data-file-id");
    const std::string scheme = scheme_of(source);
    if (!file.empty())
      shown(HtmlImage::Kind::file, std::string(file), "file " + std::string(file));
    else if (scheme == "cid")
      shown(HtmlImage::Kind::content, std::string(source.substr(source.find(':') + 1)),
            std::string(source));
    else if (scheme == "data")
      shown(HtmlImage::Kind::embedded, "", "embedded");
    else if (scheme == "http" || scheme == "https")
      remote(std::string(source));
    else if (!source.empty())
      note(scheme.empty() ? "image" : scheme + ":");
  }

  void shown(HtmlImage::Kind kind, std::string reference, const std::string& text) {
    clean_.images.push_back({kind, std::move(reference)});
    clean_.html += "[image: ";
    append_escaped(clean_.html, for_a_page(text));
    clean_.html += "]";
  }

  void remote(const std::string& url) {
    clean_.images.push_back({HtmlImage::Kind::remote, url});
    clean_.html += "<a";
    link(url);
    clean_.html += ">[image]</a>";
  }

  void note_attributes(const GumboElement& element) {
    for (unsigned i = 0; i < element.attributes.length; ++i) {
      const std::string name =
          text::ascii_lower(static_cast<const GumboAttribute*>(element.attributes.data[i])->name);
      if (name.starts_with("on")) note(name);
    }
  }

  void note(const std::string& what) {
    auto& removed = clean_.removed;
    if (std::find(removed.begin(), removed.end(), what) == removed.end()) removed.push_back(what);
  }

  CleanHtml clean_;
};

class Reader {
 public:
  std::string text(const std::string& html) {
    const Tree tree(html);
    children(tree.output->root->v.element.children);
    while (!text_.empty() && (text_.back() == '\n' || text_.back() == ' ')) text_.pop_back();
    return std::move(text_);
  }

 private:
  void children(const GumboVector& nodes) {
    for (unsigned i = 0; i < nodes.length; ++i) {
      const auto& node = *static_cast<const GumboNode*>(nodes.data[i]);
      if (node.type == GUMBO_NODE_ELEMENT) element(node.v.element);
      if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_CDATA)
        words(utf8::repaired(node.v.text.text));
      if (node.type == GUMBO_NODE_WHITESPACE) words(" ");
    }
  }

  void element(const GumboElement& element) {
    const std::string name = name_of(element);
    if (element.tag_namespace != GUMBO_NAMESPACE_HTML || one_of(name, dropped_whole)) return;
    const bool block = one_of(name, blocks);
    if (block) line();
    if (name == "li") text_ += "- ";
    const bool was_pre = std::exchange(pre_, pre_ || name == "pre");
    children(element.children);
    pre_ = was_pre;
    const std::string_view href = attribute(element, "href");
    if (name == "a" && is_harmless_link(href)) text_.append(" (").append(href).append(")");
    if (block && name != "br") line();
  }

  void line() {
    while (!text_.empty() && text_.back() == ' ') text_.pop_back();
    if (!text_.empty() && text_.back() != '\n') text_.push_back('\n');
  }

  void words(std::string_view text) {
    for (const char c : text) {
      const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
      if (!pre_ && space) {
        if (!text_.empty() && text_.back() != ' ' && text_.back() != '\n') text_.push_back(' ');
      } else {
        text_.push_back(c);
      }
    }
  }

  std::string text_;
  bool pre_ = false;
};

}  // namespace

CleanHtml clean_html(std::string_view html) {
  const std::string text = utf8::repaired(html);
  CleanHtml clean;
  if (!nests_too_deep(text)) {
    clean = Cleaner().clean(text);
    // The parser puts U+FFFD for controls and for code points that are no characters.
    constexpr std::string_view replaced = "\uFFFD";
    if (clean.html.find(replaced) != std::string::npos && html.find(replaced) == html.npos)
      clean.removed.emplace_back("characters that no page may hold");
    return clean;
  }
  append_escaped(clean.html, for_a_page(without_tags(text)));
  clean.removed.emplace_back("markup nested too deep");
  return clean;
}

std::string text_of_html(std::string_view html) {
  const std::string text = utf8::repaired(html);
  return nests_too_deep(text) ? without_tags(text) : Reader().text(text);
}

}  // namespace flit::mapping
