#include "sim/dataverse/odata/resource_path.hpp"

#include <algorithm>
#include <utility>

#include "base/encoding.hpp"
#include "sim/dataverse/odata/lexer.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

constexpr std::pair<std::string_view, SegmentKind> marks[] = {
    {"$ref", SegmentKind::ref},     {"$value", SegmentKind::value},
    {"$count", SegmentKind::count}, {"$metadata", SegmentKind::metadata},
    {"$batch", SegmentKind::batch},
};

/// OData library's text for a path that cannot be read at all (assumed, see uri_fault.hpp).
Error bad_path() {
  return uri_fault("Bad Request - Error in query syntax.");
}

SegmentKind kind_of(std::string_view name) {
  for (const auto& [mark, kind] : marks)
    if (name == mark) return kind;
  return name.front() == '$' ? SegmentKind::content : SegmentKind::name;
}

bool is_content_reference(std::string_view name) {
  return name.size() > 1 && std::all_of(name.begin() + 1, name.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '_' || c == '-';
         });
}

class PathParser {
 public:
  PathParser(std::string_view text, const Aliases& aliases) : lexer_(text), aliases_(aliases) {}

  Result<ResourcePath> parse() {
    ResourcePath path;
    FLIT_TRY_VOID(lexer_.advance());
    while (lexer_.current().kind != TokenKind::end) {
      FLIT_TRY(segment, read_segment());
      path.push_back(std::move(segment));
      if (lexer_.current().kind == TokenKind::end) break;
      if (!lexer_.current().is('/')) return bad_path();
      FLIT_TRY_VOID(lexer_.advance());
    }
    return path;
  }

 private:
  Result<Segment> read_segment() {
    if (lexer_.current().kind != TokenKind::identifier) return bad_path();
    Segment segment{.name = std::string(lexer_.current().text)};
    segment.kind = kind_of(segment.name);
    if (segment.kind == SegmentKind::content && !is_content_reference(segment.name))
      return unknown_segment(segment.name);
    FLIT_TRY_VOID(lexer_.advance());
    if (!lexer_.current().is('(')) return segment;
    segment.has_arguments = true;
    FLIT_TRY(arguments, read_arguments(lexer_, aliases_));
    for (const Argument& argument : arguments)
      for (const Literal& value : argument.values)
        if (!argument.is_list && value.kind == LiteralKind::text &&
            has_forbidden_key_character(value.text))
          return bad_path();
    segment.arguments = std::move(arguments);
    return segment;
  }

  Lexer lexer_;
  const Aliases& aliases_;
};

}  // namespace

bool has_forbidden_key_character(std::string_view value) {
  return value.find_first_of("/<>*%&:\\?+") != std::string_view::npos;
}

Result<ResourcePath> parse_resource_path(std::string_view encoded, const Aliases& aliases) {
  auto decoded = percent::decode(encoded);
  if (!decoded) return bad_path();
  std::string_view text = *decoded;
  if (!text.empty() && text.front() == '/') text.remove_prefix(1);
  if (!text.empty() && text.back() == '/') text.remove_suffix(1);
  return PathParser(text, aliases).parse();
}

std::string to_string(const ResourcePath& path) {
  std::string out;
  for (const Segment& segment : path) {
    if (!out.empty()) out.push_back('/');
    out.append(segment.name);
    if (!segment.has_arguments) continue;
    out.push_back('(');
    bool first = true;
    for (const Argument& argument : segment.arguments) {
      if (!first) out.push_back(',');
      first = false;
      append_to(out, argument);
    }
    out.push_back(')');
  }
  return out;
}

}  // namespace flit::sim::dataverse::odata
