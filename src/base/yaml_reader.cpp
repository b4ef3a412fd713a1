#include "base/yaml_reader.hpp"

#include <algorithm>
#include <sstream>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "base/utf8.hpp"
#include "base/yaml_lexeme.hpp"

namespace flit::yaml {
namespace {

/// Reading cannot go on; what is wrong is in the diagnostics. Never leaves this file.
struct Stop {};

std::size_t offset_of(const YAML::Mark& mark) {
  return static_cast<std::size_t>(std::max(mark.pos, 0));
}

/// Builds the tree from yaml-cpp's events, whose marks are byte offsets (version 0.7).
class Builder : public YAML::EventHandler {
 public:
  Builder(std::shared_ptr<const SourceText> source, Diagnostics& diagnostics,
          const ReadLimits& limits)
      : source_(std::move(source)), diagnostics_(diagnostics), limits_(limits) {}

  Node take_root() {
    if (documents_ == 0) return Node::scalar("", Style::plain, Position::in_file(source_));
    return std::move(root_);
  }

  /// The bracket that was opened last and is open still, if it is one.
  std::optional<Position> open_bracket() const {
    if (frames_.empty() || !frames_.back().is_flow) return {};
    return frames_.back().at;
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1)
      fail(at(offset_of(mark), 3), "a second document starts here", "keep one document in a file");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const Lexeme lexeme = waits_for_key() ? null_key_lexeme(source_->text(), offset_of(mark))
                                          : null_value_lexeme(source_->text(), offset_of(mark));
    Node node = Node::scalar(std::string(slice(lexeme)), Style::plain, at(lexeme));
    add_scalar(std::move(node), lexeme, anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const Lexeme lexeme = scalar_lexeme(source_->text(), offset_of(mark), value);
    if (!lexeme.is_closed)
      fail(at(lexeme.offset, 1), "a quoted text without its closing quote",
           "close the quote; a quote inside the text is doubled ('') or escaped (\\\")");
    const bool is_text = tag != "?";
    if (is_text && tag != "!" && tag != "tag:yaml.org,2002:str") refuse_tag(mark, tag);
    Node node = Node::scalar(value, is_text ? Style::quoted : Style::plain, at(lexeme));
    add_scalar(std::move(node), lexeme, anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(false, mark, tag, {.anchor = anchor, .is_flow = style == YAML::EmitterStyle::Flow});
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(true, mark, tag, {.anchor = anchor, .is_flow = style == YAML::EmitterStyle::Flow});
  }
  void OnMapEnd() override { close(); }

 private:
  struct Frame {
    YAML::anchor_t anchor = YAML::NullAnchor;
    bool is_flow = false;
    bool is_map = false;
    Position at{};
    std::vector<Node> items{};
    std::vector<Entry> entries{};
    std::optional<Key> key{};  // a map's key that waits for its value
    std::unordered_map<std::string, std::size_t> known_keys{};
    std::size_t height = 1;  // levels of the tallest child, and this one
    std::size_t cost = 1;
  };
  struct Anchored {
    Node node;
    std::size_t height;
    std::size_t cost;
  };

  Position at(std::size_t offset, std::size_t length) const { return {source_, offset, length}; }
  Position at(const Lexeme& lexeme) const { return at(lexeme.offset, lexeme.length); }
  std::string_view slice(const Lexeme& lexeme) const {
    return std::string_view(source_->text()).substr(lexeme.offset, lexeme.length);
  }

  [[noreturn]] void fail(Position at, std::string message, std::string hint) {
    diagnostics_.error(std::move(at), std::move(message), std::move(hint));
    throw Stop();
  }
  void report(Position at, std::string message, std::string hint) {
    diagnostics_.error(std::move(at), std::move(message), std::move(hint));
    if (diagnostics_.is_full()) throw Stop();
  }

  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    const std::size_t offset = offset_of(mark);
    report(at(offset, word_length(source_->text(), offset)), fmt::format("unknown tag '{}'", tag),
           "remove it: what a value is follows from its key");
  }

  bool waits_for_key() const {
    return !frames_.empty() && frames_.back().is_map && !frames_.back().key;
  }

  void spend(std::size_t cost, const Position& where);
  void refuse_tab_before(const Position& where);
  void add_scalar(Node node, const Lexeme& lexeme, YAML::anchor_t anchor);
  void add_key(const Node& node, const Lexeme& lexeme);
  void add(Node node, std::size_t height, std::size_t cost, YAML::anchor_t anchor);
  void open(bool is_map, const YAML::Mark& mark, const std::string& tag, Frame frame);
  void close();

  std::shared_ptr<const SourceText> source_;
  Diagnostics& diagnostics_;
  const ReadLimits& limits_;
  std::vector<Frame> frames_;
  std::unordered_map<YAML::anchor_t, Anchored> anchored_;
  Node root_;
  int documents_ = 0;
  std::size_t spent_ = 0;
};

void Builder::spend(std::size_t cost, const Position& where) {
  spent_ += cost;
  if (spent_ > limits_.nodes)
    fail(where, fmt::format("the document has more than {} values", limits_.nodes),
         "split it, or use fewer aliases");
}

/// In flow style a tab is white space like any other; in block style it would be indentation.
void Builder::refuse_tab_before(const Position& where) {
  if (!frames_.empty() && frames_.back().is_flow) return;
  if (const auto tab = tab_in_indentation(source_->text(), where.offset()))
    fail(at(*tab, 1), "a tab in the indentation", "YAML indents with blanks: replace the tab");
}

void Builder::add_scalar(Node node, const Lexeme& lexeme, YAML::anchor_t anchor) {
  refuse_tab_before(node.at());
  spend(1, node.at());
  const std::size_t cost = 1 + node.text().size() / 64;
  if (waits_for_key())
    add_key(node, lexeme);
  else
    add(std::move(node), 0, cost, anchor);
}

void Builder::add_key(const Node& node, const Lexeme& lexeme) {
  if (lexeme.length == 0)
    fail(node.at(), "a key is missing before this ':'", "write the key, or '' for an empty one");
  if (node.style() == Style::plain && node.text() == "<<")
    report(node.at(), "merge keys (<<) are not part of YAML 1.2",
           "repeat the keys, or take them from another file with 'extends:'");
  Frame& frame = frames_.back();
  const auto [known, is_new] = frame.known_keys.emplace(node.text(), frame.entries.size());
  if (!is_new) {
    const Key& first = frame.entries[known->second].key;
    report(node.at(), fmt::format("the key '{}' stands here twice", node.text()),
           fmt::format("first in line {}: keep one of the two", first.at.place().line));
  }
  frame.key = Key{node.text(), node.at(), node.style()};
}

void Builder::add(Node node, std::size_t height, std::size_t cost, YAML::anchor_t anchor) {
  if (anchor != YAML::NullAnchor) anchored_.insert_or_assign(anchor, Anchored{node, height, cost});
  if (frames_.empty()) {
    root_ = std::move(node);
    return;
  }
  Frame& frame = frames_.back();
  frame.height = std::max(frame.height, height + 1);
  frame.cost += cost;
  if (!frame.is_map) {
    frame.items.push_back(std::move(node));
    return;
  }
  frame.entries.push_back({std::move(*frame.key), std::move(node)});
  frame.key.reset();
}

void Builder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const std::size_t offset = offset_of(mark);
  const Position where = at(offset, word_length(source_->text(), offset));
  if (waits_for_key()) fail(where, "an alias cannot be a key", "write the key out");
  const auto found = anchored_.find(anchor);
  if (found == anchored_.end())
    fail(where, "an alias inside the value that it stands for", "write the value out");
  const Anchored& anchored = found->second;
  spend(anchored.cost, where);
  if (frames_.size() + anchored.height > limits_.depth)
    fail(where, fmt::format("more than {} levels of lists and maps", limits_.depth),
         "write the document flatter");
  add(Node(anchored.node), anchored.height, anchored.cost, YAML::NullAnchor);
}

void Builder::open(bool is_map, const YAML::Mark& mark, const std::string& tag, Frame frame) {
  const std::size_t offset = skip_properties(source_->text(), offset_of(mark));
  frame.is_map = is_map;
  frame.at = at(offset, 1);
  refuse_tab_before(frame.at);
  if (waits_for_key())
    fail(frame.at, fmt::format("{} cannot be a key", is_map ? "a map" : "a list"),
         "keys are text; a value that starts with a bracket needs quotes");
  if (tag != "?" && tag != "!" &&
      tag != (is_map ? "tag:yaml.org,2002:map" : "tag:yaml.org,2002:seq"))
    refuse_tag(mark, tag);
  spend(1, frame.at);
  if (frames_.size() == limits_.depth)
    fail(frame.at, fmt::format("more than {} levels of lists and maps", limits_.depth),
         "write the document flatter");
  frames_.push_back(std::move(frame));
}

void Builder::close() {
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  Node node = frame.is_map ? Node::map(std::move(frame.entries), frame.at)
                           : Node::sequence(std::move(frame.items), frame.at);
  add(std::move(node), frame.height, frame.cost, frame.anchor);
}

/// yaml-cpp's few words, and what they usually mean to the person who wrote the file.
struct Explanation {
  std::string_view theirs;
  std::string_view message;
  std::string_view hint;
};
constexpr std::string_view escape_hint = "double the backslash, or use single quotes";
constexpr Explanation explanations[] = {
    {"illegal map value", "a ':' where no key can stand",
     "check the indentation; a text that contains ': ' needs quotes"},
    {"illegal block entry", "a '-' where no list can stand", "check the indentation"},
    {"illegal map key", "a key where none can stand", "check the indentation"},
    {"unknown token", "a character that cannot start a value", "put the text in quotes"},
    {"end of map not found", "the map is not closed",
     "its entries start in the same column; a quote inside a text is doubled ('')"},
    {"end of sequence not found", "the list is not closed", "its entries start in the same column"},
    {"end of sequence flow not found", "a '[' without its ']'", "close the list"},
    {"end of map flow not found", "a '{' without its '}'", "close the map"},
    {"illegal flow end", "a closing bracket without its opening one",
     "remove it, or quote the text"},
    {"the referenced anchor is not defined", "an alias (*) without its anchor (&)",
     "define the anchor above; a text that starts with '*' needs quotes"},
    {"illegal EOF in scalar", "a quoted text without its closing quote", "close the quote"},
    {"unknown escape character: ", "an unknown escape", escape_hint},
    {"bad character found while scanning hex number", "an escape that is no character",
     escape_hint},
    {"invalid unicode: ", "an escape that is no character", escape_hint},
};

/// Where the mistake stands, which is often before the place where yaml-cpp noticed it.
Position blamed_place(const YAML::Exception& exception, const Explanation* known,
                      const std::shared_ptr<const SourceText>& source, const Builder& builder) {
  const std::string_view text = source->text();
  const std::size_t offset = std::min(offset_of(exception.mark), text.size());
  if (const auto bracket = builder.open_bracket(); bracket && exception.msg.starts_with("end of "))
    return *bracket;
  if (known != nullptr && known->hint == escape_hint) {
    const std::size_t backslash = text.substr(0, offset).rfind('\\');
    if (backslash != std::string_view::npos) return {source, backslash, 2};
  }
  return {source, offset, 1};
}

void explain(const YAML::Exception& exception, const std::shared_ptr<const SourceText>& source,
             const Builder& builder, Diagnostics& diagnostics) {
  const auto* const end = std::end(explanations);
  const auto* known = std::find_if(std::begin(explanations), end, [&](const Explanation& each) {
    return exception.msg.starts_with(each.theirs);
  });
  if (known == end) known = nullptr;
  const Position place = blamed_place(exception, known, source, builder);
  if (const auto tab = tab_at_line_start(source->text(), place.offset()))
    diagnostics.error(Position(source, *tab, 1), "a tab in the indentation",
                      "YAML indents with blanks: replace the tab");
  else if (known != nullptr)
    diagnostics.error(place, std::string(known->message), std::string(known->hint));
  else
    diagnostics.error(place, "not YAML: " + exception.msg);
}

/// The first control character that is neither a tab nor part of a line end.
std::size_t first_control(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 || byte == '\t' || byte == '\n') continue;
    if (byte != '\r' || i + 1 == text.size() || text[i + 1] != '\n') return i;
  }
  return text.size();
}

/// What yaml-cpp would pass on in silence, or read as something else.
bool is_readable(const std::shared_ptr<const SourceText>& source, Diagnostics& diagnostics,
                 const ReadLimits& limits) {
  const std::string_view text = source->text();
  const auto refuse = [&](std::size_t offset, std::string message, std::string hint) {
    diagnostics.error(Position(source, offset, 1), std::move(message), std::move(hint));
    return false;
  };
  if (text.size() > limits.bytes)
    return refuse(
        0, fmt::format("the text has {} bytes, at most {} are read", text.size(), limits.bytes),
        "split it");
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    return refuse(0, "the text is UTF-16", "save it as UTF-8");
  if (const std::size_t valid = utf8::valid_prefix(text); valid < text.size())
    return refuse(
        valid, fmt::format("byte 0x{:02X} is not UTF-8", static_cast<unsigned char>(text[valid])),
        "save the file as UTF-8");
  const std::size_t control = first_control(text);
  if (control == text.size()) return true;
  const auto byte = static_cast<unsigned char>(text[control]);
  if (byte == '\r')
    return refuse(control, "a carriage return without a line feed", "end lines with a line feed");
  return refuse(control, fmt::format("control character U+{:04X}", byte),
                fmt::format("write it as \"\\x{:02X}\" in double quotes, or remove it", byte));
}

}  // namespace

std::optional<Node> read(const std::shared_ptr<const SourceText>& source, Diagnostics& diagnostics,
                         const ReadLimits& limits) {
  if (!is_readable(source, diagnostics, limits)) return {};
  const std::size_t errors_before = diagnostics.errors();
  Builder builder(source, diagnostics, limits);
  try {
    std::istringstream in(source->text());
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Stop&) {
    return {};
  } catch (const YAML::Exception& exception) {
    explain(exception, source, builder, diagnostics);
    return {};
  }
  if (diagnostics.errors() > errors_before) return {};
  return builder.take_root();
}

Result<Node> read(std::string name, std::string text) {
  Diagnostics diagnostics;
  auto root = read(std::make_shared<SourceText>(std::move(name), std::move(text)), diagnostics);
  if (!root) return diagnostics.to_error();
  return std::move(*root);
}

}  // namespace flit::yaml
