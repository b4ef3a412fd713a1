#include "sim/dataverse/metadata_api/meta_item.hpp"

#include <algorithm>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "sim/dataverse/errors/errors.hpp"

namespace flit::sim::dataverse {
namespace {

using odata::Expression;
using odata::ExpressionKind;

std::string text_of(json::Value value) {
  if (const auto text = value.as_string()) return std::string(*text);
  if (const auto number = value.as_number()) return std::string(*number);
  if (const auto flag = value.as_boolean()) return *flag ? "true" : "false";
  return {};
}

json::Value value_at(json::Value root, std::string_view path) {
  std::string dotted(path);
  std::replace(dotted.begin(), dotted.end(), '/', '.');
  return root.at_path(dotted);
}

bool compare(const Expression& node, json::Value root) {
  const json::Value value = value_at(root, node.children[0].name);
  const odata::Literal& literal = node.children[1].literal;
  const bool is_null = !value.exists() || value.is_null();
  bool equal = literal.kind == odata::LiteralKind::null
                   ? is_null
                   : !is_null && text_of(value) == literal.text;
  if (node.comparison == odata::Comparison::eq) return equal;
  if (node.comparison == odata::Comparison::ne) return !equal;
  const auto left = value.as_double();
  const double right = std::strtod(literal.text.c_str(), nullptr);
  if (!left) return false;
  switch (node.comparison) {
    case odata::Comparison::gt:
      return *left > right;
    case odata::Comparison::ge:
      return *left >= right;
    case odata::Comparison::lt:
      return *left < right;
    case odata::Comparison::le:
      return *left <= right;
    default:
      return equal;
  }
}

bool text_matches(const Expression& node, json::Value root) {
  const std::string text = text_of(value_at(root, node.children[0].name));
  const std::string& part = node.children[1].literal.text;
  switch (node.function) {
    case odata::TextFunction::contains:
      return text.find(part) != std::string::npos;
    case odata::TextFunction::startswith:
      return text.starts_with(part);
    case odata::TextFunction::endswith:
      return text.ends_with(part);
  }
  return false;
}

Answer<bool> accepts(const Expression& node, json::Value root) {
  switch (node.kind) {
    case ExpressionKind::conjunction:
    case ExpressionKind::disjunction: {
      const bool all = node.kind == ExpressionKind::conjunction;
      for (const Expression& child : node.children) {
        FLIT_TRY(fits, accepts(child, root));
        if (fits != all) return !all;
      }
      return all;
    }
    case ExpressionKind::negation: {
      FLIT_TRY(fits, accepts(node.children[0], root));
      return !fits;
    }
    case ExpressionKind::comparison:
      return compare(node, root);
    case ExpressionKind::text_function:
      return text_matches(node, root);
    case ExpressionKind::path:
      return text_of(value_at(root, node.name)) == "true";
    default:
      return refuse(errors::bad_uri("The filter is not supported for metadata."));
  }
}

bool chosen(const odata::QueryOptions& options, std::string_view name) {
  if (!options.select) return true;
  if (name == "MetadataId") return true;
  return std::find(options.select->begin(), options.select->end(), name) != options.select->end();
}

Answer<void> check_select(const MetaItem& item, json::Value root,
                          const odata::QueryOptions& options) {
  if (!options.select) return {};
  for (const std::string& name : *options.select)
    if (!root[name].exists()) return refuse(errors::no_such_property(name, item.type));
  return {};
}

}  // namespace

Answer<std::string> show(const MetaItem& item, const odata::QueryOptions& options, bool with_type) {
  const auto document = json::parse(item.json);
  if (!document) return refuse(errors::unexpected());
  const json::Value root = document->root();
  FLIT_TRY_VOID(check_select(item, root, options));
  json::Writer out;
  out.begin_object();
  if (with_type) out.member("@odata.type", "#Microsoft.Dynamics.CRM." + item.type);
  for (const json::Member member : root.members())
    if (chosen(options, member.key)) out.key(member.key).raw(member.value.dump());
  for (const odata::ExpandItem& expand : options.expand) {
    auto children = item.children ? item.children(expand.navigation) : std::nullopt;
    if (!children) return refuse(errors::no_such_property(expand.navigation, item.type));
    FLIT_TRY(kept, filtered(std::move(*children), expand.options));
    out.key(expand.navigation);
    if (!kept.is_collection) {
      if (kept.items.empty()) {
        out.null();
        continue;
      }
      FLIT_TRY(text, show(kept.items.front(), expand.options, false));
      out.raw(text);
      continue;
    }
    out.begin_array();
    for (const MetaItem& child : kept.items) {
      FLIT_TRY(text, show(child, expand.options, child.type != "AttributeMetadata"));
      out.raw(text);
    }
    out.end_array();
  }
  out.end_object();
  return out.take();
}

Answer<MetaList> filtered(MetaList list, const odata::QueryOptions& options) {
  if (!options.filter) return list;
  MetaList kept{.is_collection = list.is_collection};
  for (MetaItem& item : list.items) {
    const auto document = json::parse(item.json);
    if (!document) continue;
    FLIT_TRY(fits, accepts(*options.filter, document->root()));
    if (fits) kept.items.push_back(std::move(item));
  }
  return kept;
}

}  // namespace flit::sim::dataverse
