#include "sim/salesforce/api/answer_form.hpp"

#include <fmt/format.h>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "sim/salesforce/xml/xml.hpp"

namespace flit::sim::salesforce {
namespace {

constexpr std::string_view nil_namespace =
    R"(xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance")";

/// What the outermost element of an answer is called.
std::string root_name(const ApiCall& call, int status) {
  if (status >= 400) return "Errors";
  const std::string_view first = call.segment(0);
  if (first.empty()) return "urls";
  if (first == "query" || first == "queryAll") return "QueryResult";
  if (first == "limits") return "LimitsSnapshot";
  if (first != "sobjects") return "Results";
  if (call.path.size() == 1) return "DescribeGlobal";
  if (call.segment(2) == "describe") return "DescribeSObject";
  if (call.method != "GET") return "Result";
  return std::string(call.segment(1));
}

std::string attribute(std::string_view name, std::string_view value) {
  std::string escaped;
  xml::append_escaped(escaped, value);
  return fmt::format(R"({}="{}")", name, escaped);
}

void append(xml::Writer& out, std::string_view name, json::Value value, std::string attributes);

void append_members(xml::Writer& out, json::Value object) {
  for (const auto& [name, value] : object.members())
    if (name != "attributes") append(out, name, value, {});
}

/// The element of one value; a list repeats it.
void append(xml::Writer& out, std::string_view name, json::Value value, std::string attributes) {
  if (value.is_array()) {
    for (const json::Value each : value.elements()) append(out, name, each, attributes);
    return;
  }
  if (value.is_object()) {
    for (const auto& [key, each] : value["attributes"].members())
      attributes += (attributes.empty() ? "" : " ") + attribute(key, each.string_or(""));
    out.open(name, attributes);
    append_members(out, value);
    out.close(name);
    return;
  }
  if (value.is_null()) {
    out.open(name, R"(xsi:nil="true")").close(name);
    return;
  }
  const auto text = value.as_string();
  const std::string plain = text ? std::string(*text) : value.dump();
  out.element(name, plain);
}

std::string xml_of(const ApiCall& call, int status, json::Value root) {
  xml::Writer out;
  const std::string name = root_name(call, status);
  if (!root.is_array()) {
    append(out, name, root, std::string(nil_namespace));
    return out.take();
  }
  out.open(name, nil_namespace);
  const std::string one = status >= 400 ? "Error" : name == "Results" ? "Result" : name;
  append(out, one, root, {});
  out.close(name);
  return out.take();
}

void write_node(json::Writer& out, const xml::Node& node) {
  if (node.nil) {
    out.null();
    return;
  }
  if (node.children.empty()) {
    out.string(node.text);
    return;
  }
  out.begin_object();
  for (const xml::Node& child : node.children) {
    out.key(child.name);
    write_node(out, child);
  }
  out.end_object();
}

bool opens(char c) {
  return c == '{' || c == '[';
}

bool closes(char c) {
  return c == '}' || c == ']';
}

/// Behind the text that starts with the quote at `at`.
std::size_t end_of_text(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at)
    if (json[at] == '\\') ++at;
  return std::min(at + 1, json.size());
}

/// Compact JSON, a member or element a line: `"Name" : "Acme",`.
std::string with_white_space(std::string_view json) {
  std::string out;
  std::size_t depth = 0;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '"') {
      const std::size_t end = end_of_text(json, i);
      out += json.substr(i, end - i);
      i = end - 1;
      continue;
    }
    if (closes(c)) out.append("\n").append(2 * (depth == 0 ? 0 : --depth), ' ');
    out += c == ':' ? std::string(" : ") : std::string(1, c);
    if (opens(c) && i + 1 < json.size() && closes(json[i + 1])) {
      out.append(" ").append(1, json[++i]);
      continue;
    }
    if (opens(c)) ++depth;
    if (opens(c) || c == ',') out.append("\n").append(2 * depth, ' ');
  }
  return out;
}

}  // namespace

bool wants_xml(const ApiCall& call) {
  const std::string_view accept = call.header("Accept");
  const std::string_view first = text::trim(accept.substr(0, accept.find_first_of(",;")));
  return first == "application/xml" || first == "text/xml";
}

Result<std::string> json_of_xml(std::string_view body) {
  FLIT_TRY(root, xml::read(body));
  json::Writer out;
  if (root.children.empty()) return std::string("{}");
  write_node(out, root);
  return out.take();
}

void give_form(const ApiCall& call, ApiReply& reply) {
  if (reply.body.empty() || reply.content_type.find("json") == std::string::npos) return;
  if (wants_xml(call)) {
    json::Document document;
    const auto root = document.read(reply.body);
    if (!root) return;
    std::string xml = xml_of(call, reply.status, *root);
    reply.body = std::move(xml);
    reply.content_type = "application/xml;charset=UTF-8";
  } else if (call.header("X-PrettyPrint") == "1") {
    reply.body = with_white_space(reply.body);
  }
}

}  // namespace flit::sim::salesforce
