#include "sim/salesforce/xml/xml.hpp"

#include <memory>

#include <expat.h>
#include <fmt/format.h>

#include "base/markup.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace flit::sim::salesforce::xml {
namespace {

std::string_view without_prefix(std::string_view name) {
  return name.substr(name.find(':') + 1);  // npos + 1 is 0
}

/// What expat's callbacks build.
struct Tree {
  XML_Parser parser = nullptr;
  Node root{};
  std::vector<Node*> open{};
  std::string refusal{};

  void stop(std::string why) {
    if (refusal.empty()) refusal = std::move(why);
    XML_StopParser(parser, XML_FALSE);
  }
};

void XMLCALL on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
  Tree& tree = *static_cast<Tree*>(data);
  if (tree.open.size() >= max_depth) {
    tree.stop("elements are nested too deeply");
    return;
  }
  Node* node = tree.open.empty() ? &tree.root : &tree.open.back()->children.emplace_back();
  node->name = without_prefix(name);
  for (; *attributes != nullptr; attributes += 2) {
    const std::string_view key = without_prefix(attributes[0]);
    if (key == "type") node->type = without_prefix(attributes[1]);
    if (key == "nil") node->nil = std::string_view(attributes[1]) == "true";
  }
  tree.open.push_back(node);
}

void XMLCALL on_end(void* data, const XML_Char* /*name*/) {
  static_cast<Tree*>(data)->open.pop_back();
}

void XMLCALL on_text(void* data, const XML_Char* text, int size) {
  Tree& tree = *static_cast<Tree*>(data);
  if (!tree.open.empty()) tree.open.back()->text.append(text, static_cast<std::size_t>(size));
}

void XMLCALL on_doctype(void* data, const XML_Char* /*name*/, const XML_Char* /*system*/,
                        const XML_Char* /*public_id*/, int /*has_subset*/) {
  static_cast<Tree*>(data)->stop("a document type is not allowed");
}

}  // namespace

const Node* Node::child(std::string_view child_name) const {
  for (const Node& node : children)
    if (node.name == child_name) return &node;
  return nullptr;
}

std::string_view Node::value(std::string_view child_name) const {
  const Node* node = child(child_name);
  return node == nullptr ? std::string_view() : text::trim(node->text);
}

std::vector<const Node*> Node::all(std::string_view child_name) const {
  std::vector<const Node*> found;
  for (const Node& node : children)
    if (node.name == child_name) found.push_back(&node);
  return found;
}

Result<Node> read(std::string_view text) {
  Tree tree;
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
      XML_ParserCreate("UTF-8"), &XML_ParserFree);
  tree.parser = parser.get();
  XML_SetUserData(tree.parser, &tree);
  XML_SetElementHandler(tree.parser, on_start, on_end);
  XML_SetCharacterDataHandler(tree.parser, on_text);
  XML_SetStartDoctypeDeclHandler(tree.parser, on_doctype);
  constexpr std::size_t limit = 512UL * 1024 * 1024;
  const bool fits = text.size() < limit;
  if (fits &&
      XML_Parse(tree.parser, text.data(), static_cast<int>(text.size()), XML_TRUE) == XML_STATUS_OK)
    return std::move(tree.root);
  if (tree.refusal.empty())
    tree.refusal =
        fits ? XML_ErrorString(XML_GetErrorCode(tree.parser)) : "the document is too long";
  return Error{.fault = Fault::permanent,
               .message = tree.refusal,
               .where = fmt::format("line {}, column {}", XML_GetCurrentLineNumber(tree.parser),
                                    XML_GetCurrentColumnNumber(tree.parser) + 1)};
}

void append_escaped(std::string& out, std::string_view text) {
  const std::string valid = utf8::is_valid(text) ? std::string(text) : utf8::repaired(text);
  for (const char c : valid) {
    // Attributes stand in quotation marks here, so an apostrophe is a character like any other.
    const std::string_view reference = c == '\'' ? "" : markup::reference_to(c);
    // XML 1.0 knows no other control characters.
    const bool allowed = static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t';
    if (!reference.empty())
      out += reference;
    else if (c == '\r')
      out += "&#xD;";
    else
      out += allowed ? std::string_view(&c, 1) : std::string_view("\xEF\xBF\xBD");
  }
}

Writer& Writer::open(std::string_view name, std::string_view attributes) {
  out_ += '<';
  out_ += name;
  if (!attributes.empty()) out_ += ' ';
  out_ += attributes;
  out_ += '>';
  return *this;
}

Writer& Writer::close(std::string_view name) {
  out_ += "</";
  out_ += name;
  out_ += '>';
  return *this;
}

Writer& Writer::element(std::string_view name, std::string_view text) {
  open(name);
  append_escaped(out_, text);
  return close(name);
}

Writer& Writer::node(const Node& node) {
  std::string attributes;
  if (!node.type.empty()) attributes = fmt::format(R"(xsi:type="{}")", node.type);
  if (node.nil) attributes += attributes.empty() ? R"(xsi:nil="true")" : R"( xsi:nil="true")";
  open(node.name, attributes);
  if (node.children.empty()) append_escaped(out_, node.text);
  for (const Node& child : node.children) this->node(child);
  return close(node.name);
}

Node leaf(std::string name, std::string text) {
  return {.name = std::move(name), .text = std::move(text)};
}

}  // namespace flit::sim::salesforce::xml
