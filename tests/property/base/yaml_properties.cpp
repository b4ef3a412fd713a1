// Whatever the style a tree is written in, reading gives the tree back, and every position points
// at the text it was read from.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/json_writer.hpp"
#include "base/utf8.hpp"
#include "base/yaml_merge.hpp"
#include "base/yaml_reader.hpp"

namespace flit::yaml {
namespace {

int below(int end) {
  // resize: rapidcheck's ranges start small, which would make nearly every choice the first
  return *rc::gen::resize(100, rc::gen::inRange(0, end));
}

std::string any_text() {
  const auto code_points = *rc::gen::container<std::u32string>(rc::gen::map(
      rc::gen::weightedOneOf<std::uint32_t>({{6, rc::gen::inRange<std::uint32_t>(0x20, 0x7F)},
                                             {2, rc::gen::inRange<std::uint32_t>(0, 0x300)},
                                             {1, rc::gen::inRange<std::uint32_t>(0, 0x10F7FF)}}),
      [](std::uint32_t n) { return static_cast<char32_t>(n < 0xD800 ? n : n + 0x800); }));
  std::string text;
  for (const char32_t c : code_points) utf8::append(text, c);
  return text;
}

/// A scalar or key as it must come back: what it says and the stretch of text that says it.
struct Written {
  std::string text;
  std::string lexeme;
  std::size_t offset;
};

/// Writes a random tree and remembers every scalar and key.
class Author {
 public:
  std::string text;
  std::vector<Written> written;

  void document() {
    comment();
    if (below(2) == 0)
      block_map(0, 4);
    else
      block_sequence(0, 4);
    if (below(2) == 1 && text.back() == '\n') text.pop_back();
    if (text.back() == '\r') text.pop_back();
  }

 private:
  void comment() {
    if (below(6) == 5) text += "# a comment: [with, {specials}, \"\n";
  }

  void line_end() {
    if (below(6) == 5) text += "  # behind: it";
    text += below(5) == 4 ? "\r\n" : "\n";
  }

  void indent(int level) { text.append(static_cast<std::size_t>(2 * level), ' '); }

  void put(std::string lexeme, std::string said) {
    written.push_back({std::move(said), lexeme, text.size()});
    text += lexeme;
  }

  void scalar() {
    static const std::vector<std::string> plain = {
        "word",     "two words", "é€😀", "on",   "NO",   "12",  "-1.50", "~",     "true",
        "$.a.b[*]", "a:b",       "x#y", "/p/q", "it's", "007", "1e3",   "<none>"};
    std::string chosen;
    switch (below(4)) {
      case 0:
        chosen = plain[static_cast<std::size_t>(below(static_cast<int>(plain.size())))];
        if (flow_ > 0 && chosen.find('[') != std::string::npos) chosen = "word";
        put(chosen, chosen);
        break;
      case 1:
        quoted(any_text());
        break;
      case 2:
        single_quoted();
        break;
      default:
        chosen = any_text();
        put(written_as_text(chosen), chosen);
    }
  }

  void quoted(const std::string& said) {
    std::string lexeme;
    json::append_quoted(lexeme, said);
    put(lexeme, said);
  }

  void single_quoted() {
    std::string said;
    std::string lexeme = "'";
    for (int i = below(5); i > 0; --i) {
      const std::string part = std::vector<std::string>{
          "a", "'", "\"", "\\", ": ", "#"}[static_cast<std::size_t>(below(6))];
      said += part;
      lexeme += part == "'" ? "''" : part;
    }
    put(lexeme + "'", said);
  }

  void key(int number) {
    const std::string name = "k" + std::to_string(number);
    if (below(3) == 2)
      quoted(name + any_text());
    else
      put(name, name);
    text += ":";
  }

  void block_value(int level, int depth) {
    const int kind = depth == 0 ? 0 : below(4);
    if (kind == 0) {
      text += " ";
      scalar();
      line_end();
    } else if (kind == 1) {
      text += " ";
      flow(depth);
      line_end();
    } else {
      line_end();
      comment();
      kind == 2 ? block_map(level + 1, depth - 1) : block_sequence(level + 1, depth - 1);
    }
  }

  void block_map(int level, int depth) {
    for (int i = 0, count = 1 + below(3); i < count; ++i) {
      indent(level);
      key(i);
      block_value(level, depth);
    }
  }

  void block_sequence(int level, int depth) {
    for (int i = 1 + below(4); i > 0; --i) {
      indent(level);
      text += "-";
      block_value(level, depth);
    }
  }

  void flow(int depth) {
    const bool is_map = below(2) == 0;
    ++flow_;
    text += is_map ? "{" : "[";
    for (int i = 0, count = below(4); i < count; ++i) {
      if (i > 0) text += ", ";
      if (is_map) {
        key(i);
        text += " ";
      }
      if (depth > 1 && below(3) == 2)
        flow(depth - 1);
      else
        scalar();
    }
    text += is_map ? "}" : "]";
    --flow_;
  }

  int flow_ = 0;
};

struct Seen {
  std::string text;
  Position at;
};

void collect(const Node& node, std::vector<Seen>& seen) {
  for (const Node& item : node.items()) collect(item, seen);
  for (const Entry& entry : node.entries()) {
    seen.push_back({entry.key.text, entry.key.at});
    collect(entry.value, seen);
  }
  if (node.is_scalar()) seen.push_back({node.text(), node.at()});
}

RC_GTEST_PROP(YamlProperties, EveryPositionPointsAtItsText, ()) {
  Author author;
  author.document();
  RC_LOG() << author.text;
  const auto root = read("t", author.text);
  if (!root) RC_LOG() << root.error().text();
  RC_ASSERT(bool(root));

  std::vector<Seen> seen;
  collect(*root, seen);

  RC_ASSERT(seen.size() == author.written.size());
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const Written& written = author.written[i];
    RC_ASSERT(seen[i].text == written.text);
    RC_ASSERT(seen[i].at.offset() == written.offset);
    RC_ASSERT(seen[i].at.length() == written.lexeme.size());
    const auto before = author.text.substr(0, written.offset);
    const auto lines = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    RC_ASSERT(seen[i].at.place().line == lines + 1);
    RC_ASSERT(seen[i].at.source_line().substr(0, 1) != "\n");
  }
}

RC_GTEST_PROP(YamlProperties, EveryTextSurvivesBeingWrittenAndRead, ()) {
  const std::string text = any_text();

  const auto root = read("t", "key: " + written_as_text(text) + "\n");

  if (!root) RC_LOG() << root.error().text();
  RC_ASSERT(bool(root));
  RC_ASSERT(root->find("key")->value.text() == text);
  RC_ASSERT(root->find("key")->value.is_text());
}

RC_GTEST_PROP(YamlProperties, AnyBytesAreReadOrRefusedWithAnError, ()) {
  Author author;
  author.document();
  std::string text = author.text;
  for (int i = below(6); i > 0 && !text.empty(); --i)
    text[static_cast<std::size_t>(below(static_cast<int>(text.size())))] =
        *rc::gen::elementOf(std::string("{}[],:\"'&*!|>-?#%@` \t\n\r~x\xFF"));

  const auto root = read("t", text);

  RC_ASSERT(bool(root) || !root.error().message.empty());
}

/// A map of few keys, so that two of them meet; which key holds a map is fixed, as it is in
/// documents of one kind.
Node any_settings(int depth) {
  std::vector<Entry> entries;
  for (const char key : {'a', 'b', 'c', 'd'}) {
    if (below(2) == 0) continue;
    const bool is_map = key < 'c' && depth > 0;
    Node value =
        is_map ? any_settings(depth - 1) : Node::scalar(std::to_string(below(3)), Style::plain);
    entries.push_back({{std::string(1, key), {}, Style::plain}, std::move(value)});
  }
  return Node::map(std::move(entries));
}

RC_GTEST_PROP(YamlMergeProperties, AnEmptyMapChangesNothing, ()) {
  const Node settings = any_settings(3);

  RC_ASSERT(merged(settings, Node::map({})).same_content(settings));
  RC_ASSERT(merged(Node::map({}), settings).same_content(settings));
}

RC_GTEST_PROP(YamlMergeProperties, MergingTwiceIsMergingOnce, ()) {
  const Node base = any_settings(3);
  const Node overlay = any_settings(3);

  const Node once = merged(base, overlay);

  RC_ASSERT(merged(once, overlay).same_content(once));
  RC_ASSERT(merged(overlay, overlay).same_content(overlay));
}

RC_GTEST_PROP(YamlMergeProperties, LayersMayBeJoinedFromEitherEnd, ()) {
  const Node a = any_settings(3);
  const Node b = any_settings(3);
  const Node c = any_settings(3);

  RC_ASSERT(merged(merged(a, b), c).same_content(merged(a, merged(b, c))));
}

}  // namespace
}  // namespace flit::yaml
