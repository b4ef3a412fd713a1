#include "base/spec_reference.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/detail/spec_walk.hpp"

namespace flit::spec::detail {
namespace {

std::string code(std::string_view text) {
  return fmt::format("`{}`", text);
}

std::string joined(const std::vector<std::string>& parts, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out.append(i + 1 == parts.size() ? last : ", ");
    out.append(code(parts[i]));
  }
  return out;
}

/// A cell of a Markdown table: no line ends, no bare bars.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out.push_back('\\');
    out.push_back(c == '\n' ? ' ' : c);
  }
  return out;
}

/// GitHub's anchor of a heading, for the names we use: lower case, blanks to dashes.
std::string link(const Type& type) {
  std::string anchor = type.name;
  for (char& c : anchor) {
    if (c == ' ') c = '-';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return fmt::format("[{}](#{})", type.name, anchor);
}

std::string words_for(const Type& type) {
  switch (type.shape) {
    case Shape::boolean:
      return "`true` or `false`";
    case Shape::integer:
      return "whole number";
    case Shape::number:
      return "number";
    case Shape::text:
      return "text";
    case Shape::scalar:
      return "text, number, `true` or `false`";
    case Shape::parsed:
      return type.name;
    case Shape::any:
      return "anything";
    case Shape::optional:
      return words_for(type.inner()) + ", or `null`";
    case Shape::wrapped:
      return words_for(type.inner());
    case Shape::list:
      return "list of " + words_for(type.inner());
    case Shape::map:
      return "map of text to " + words_for(type.inner());
    case Shape::structure:
    case Shape::cases:
      return link(type);
    case Shape::choice:
      break;
  }
  std::vector<std::string> names;
  for (const Choice& choice : type.choices) names.push_back(choice.name);
  return joined(names, " or ");
}

std::string words_for(const Field& field) {
  std::string words = words_for(field.type());
  if (field.range) words += fmt::format(", {} to {}", field.range->least, field.range->most);
  return words;
}

std::string default_of(const Field& field) {
  if (field.is_required) return "required";
  return field.default_text.empty() ? "" : code(field.default_text);
}

void append_fields(std::string& out, const Type& type) {
  if (type.fields.empty()) return;
  out.append("\n| key | value | default | meaning |\n|---|---|---|---|\n");
  for (const Field& field : type.fields)
    out.append(fmt::format("| {} | {} | {} | {} |\n", code(field.key), cell(words_for(field)),
                           cell(default_of(field)), cell(field.help)));
  if (type.rest) out.append("\nFurther keys are allowed; what they mean depends on the rest.\n");
}

/// What choices mean, where it is said.
void append_choices(std::string& out, const Type& type) {
  for (const Field& field : type.fields) {
    const Type* choice = &field.type();
    while (choice->inner != nullptr) choice = &choice->inner();
    const bool is_said = std::any_of(choice->choices.begin(), choice->choices.end(),
                                     [](const Choice& each) { return !each.help.empty(); });
    if (!is_said) continue;
    out.append(fmt::format("\nValues of {}:\n\n", code(field.key)));
    for (const Choice& each : choice->choices)
      out.append(
          fmt::format("- {}{}\n", code(each.name), each.help.empty() ? "" : ": " + each.help));
  }
}

void append_cases(std::string& out, const Type& type) {
  if (type.cases.empty()) return;
  out.append(
      fmt::format("\nThe value of {} tells which keys stand beside it:\n\n", code(type.tag)));
  for (const Case& each : type.cases)
    out.append(fmt::format("- {}: {} See {}.\n", code(each.name), each.help, link(each.type())));
}

void append_rules(std::string& out, const Type& type) {
  if (!type.shorthand.empty())
    out.append(fmt::format("\nA single value is short for `{{{}: value}}`.\n", type.shorthand));
  for (const Exclusion& exclusion : type.exclusions)
    out.append(fmt::format("\n{} one of {} may stand here.\n",
                           exclusion.count == Count::exactly_one ? "Exactly" : "At most",
                           joined(exclusion.keys, " and ")));
}

}  // namespace

std::string reference_page(const Type& root, std::string_view title) {
  std::string out = fmt::format("# {}\n", title);
  for (const Type* type : named_types(root)) {
    out.append(fmt::format("\n## {}\n\n{}\n", type->name, type->help));
    append_rules(out, *type);
    append_cases(out, *type);
    append_fields(out, *type);
    append_choices(out, *type);
  }
  return out;
}

}  // namespace flit::spec::detail
