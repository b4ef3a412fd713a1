// RetrieveMetadataChanges: definitions that an EntityQueryExpression chooses (fact sheet §11). The
// stamp counts the changes of metadata: with the newest one the answer is empty, with an older one
// it is the whole choice again. What was deleted since is told to those who send a stamp and
// DeletedMetadataFilters (Web API reference).

#include <algorithm>
#include <charconv>
#include <set>

#include "sim/dataverse/api/operations.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/metadata_api/deleted_definitions.hpp"
#include "sim/dataverse/metadata_api/describe.hpp"

namespace flit::sim::dataverse {
namespace {

std::string text_of(json::Value value) {
  if (value.is_object()) return text_of(value["Value"]);  // managed properties, enumerations
  if (const auto text = value.as_string()) return std::string(*text);
  if (const auto number = value.as_number()) return std::string(*number);
  if (const auto flag = value.as_boolean()) return *flag ? "true" : "false";
  return {};
}

/// One text, or the members of "['account','contact']".
std::vector<std::string> wanted_texts(json::Value value) {
  const std::string text = text_of(value);
  if (text.empty() || text.front() != '[') return {text};
  std::vector<std::string> texts;
  std::string open;
  bool inside = false;
  char mark = 0;
  for (const char c : text) {
    if (!inside && (c == '\'' || c == '"')) {
      inside = true;
      mark = c;
      open.clear();
    } else if (inside && c == mark) {
      inside = false;
      texts.push_back(open);
    } else if (inside) {
      open.push_back(c);
    }
  }
  return texts;
}

bool same_text(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c + 0; };
    return lower(a) == lower(b);
  });
}

Answer<bool> fits(json::Value item, json::Value condition) {
  const std::string actual = text_of(item[condition["PropertyName"].string_or("")]);
  const std::vector<std::string> wanted = wanted_texts(condition["Value"]);
  const bool found = std::any_of(wanted.begin(), wanted.end(),
                                 [&](const std::string& text) { return same_text(text, actual); });
  const std::string_view op = condition["ConditionOperator"].string_or("Equals");
  if (op == "Equals" || op == "In") return found;
  if (op == "NotEquals" || op == "NotIn") return !found;
  const double left = std::atof(actual.c_str());
  const double right = wanted.empty() ? 0 : std::atof(wanted.front().c_str());
  if (op == "GreaterThan") return left > right;
  if (op == "LessThan") return left < right;
  return refuse(
      errors::invalid_argument("The ConditionOperator '" + std::string(op) + "' is not valid."));
}

/// A MetadataFilterExpression; none accepts everything.
Answer<bool> accepted(json::Value item, json::Value criteria) {
  if (!criteria.is_object()) return true;
  const bool any = criteria["FilterOperator"].string_or("And") == "Or";
  bool empty = true;
  for (const json::Value condition : criteria["Conditions"].elements()) {
    FLIT_TRY(fit, fits(item, condition));
    if (fit == any) return any;
    empty = false;
  }
  for (const json::Value filter : criteria["Filters"].elements()) {
    FLIT_TRY(fit, accepted(item, filter));
    if (fit == any) return any;
    empty = false;
  }
  return empty || !any;
}

bool wants(json::Value properties, std::string_view name) {
  if (properties["AllProperties"].as_boolean().value_or(false)) return true;
  for (const json::Value wanted : properties["PropertyNames"].elements())
    if (wanted.string_or("") == name) return true;
  return false;
}

/// What a nested query chooses among the parts behind `name`.
json::Value query_for(json::Value query, std::string_view name) {
  if (name == "Attributes") return query["AttributeQuery"];
  if (name == "Keys") return query["KeyQuery"];
  return query["RelationshipQuery"];
}

Answer<void> write_item(json::Writer& out, const MetaItem& item, json::Value query);

/// One part for what is no collection, else those that the query's criteria accept.
Answer<void> write_children(json::Writer& out, const MetaList& children, json::Value query) {
  if (!children.is_collection) {
    out.raw(children.items.empty() ? "null" : children.items.front().json);
    return {};
  }
  out.begin_array();
  for (const MetaItem& child : children.items) {
    const auto document = json::parse(child.json);
    if (!document) return refuse(errors::unexpected());
    FLIT_TRY(fit, accepted(document->root(), query["Criteria"]));
    if (fit) FLIT_TRY_VOID(write_item(out, child, query));
  }
  out.end_array();
  return {};
}

Answer<void> write_item(json::Writer& out, const MetaItem& item, json::Value query) {
  const auto document = json::parse(item.json);
  if (!document) return refuse(errors::unexpected());
  const json::Value properties = query["Properties"];
  out.begin_object();
  if (item.type != "EntityMetadata" && item.type != "EntityKeyMetadata")
    out.member("@odata.type", "#Microsoft.Dynamics.CRM.Complex" + item.type);
  for (const json::Member member : document->root().members())
    if (member.key == "MetadataId" || member.key == "LogicalName" || wants(properties, member.key))
      out.key(member.key).raw(member.value.dump());
  for (const std::string_view name :
       {"Attributes", "OneToManyRelationships", "ManyToOneRelationships", "ManyToManyRelationships",
        "Keys", "OptionSet"}) {
    if (!item.children || !wants(properties, name)) continue;
    const auto children = item.children(name);
    if (!children) continue;
    out.key(name);
    FLIT_TRY_VOID(write_children(out, *children, query_for(query, name)));
  }
  out.end_object();
  return {};
}

const odata::Argument* argument(const Session& session, std::string_view name) {
  for (const odata::Argument& one : session.segment(0).arguments)
    if (one.name == name && !one.values.empty()) return &one;
  return nullptr;
}

/// "12!…" → 12; none without a stamp; 0x80044352 for one that is not ours.
Answer<std::optional<std::size_t>> known_changes(const Session& session) {
  const odata::Argument* stamp = argument(session, "ClientVersionStamp");
  if (stamp == nullptr || stamp->values[0].kind == odata::LiteralKind::null)
    return std::optional<std::size_t>();
  const std::string& text = stamp->values[0].text;
  std::size_t changes = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), changes);
  if (error != std::errc() || *end != '!' || changes > session.org.metadata_requests.size())
    return refuse(errors::other(
        400, 0x80044352,
        "Version stamp associated with the client has expired. Please perform a full sync."));
  return std::optional(changes);
}

/// DeletedMetadataFilters'Attribute,OptionSet' as flags; 0: not asked for.
Answer<int> wanted_kinds(const Session& session) {
  const odata::Argument* filters = argument(session, "DeletedMetadataFilters");
  if (filters == nullptr || filters->values[0].kind == odata::LiteralKind::null) return 0;
  constexpr std::pair<std::string_view, int> names[] = {
      {"Default", 1}, {"Entity", 1},     {"Attribute", 2}, {"Relationship", 4},
      {"Label", 8},   {"OptionSet", 16}, {"All", 31}};
  int flags = 0;
  std::string_view rest = filters->values[0].text;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    std::string_view name = rest.substr(0, comma);
    while (name.starts_with(' ')) name.remove_prefix(1);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    const auto found = std::find_if(std::begin(names), std::end(names),
                                    [&](const auto& known) { return known.first == name; });
    if (found == std::end(names))
      return refuse(errors::bad_uri("The string '" + std::string(name) +
                                    "' is not a valid enumeration type constant."));
    flags |= found->second;
  }
  return flags;
}

/// A dictionary of kinds and MetadataIds; a definition that lives again is not among them.
void write_deleted(json::Writer& out, const Organization& org, int flags, std::size_t known) {
  constexpr std::pair<DefinitionKind, std::string_view> kinds[] = {
      {DefinitionKind::table, "Default"},
      {DefinitionKind::column, "Attribute"},
      {DefinitionKind::relationship, "Relationship"},
      {DefinitionKind::choice, "OptionSet"}};
  std::set<Uuid> live;
  for (const LiveDefinition& one : live_definitions(*org.catalogue)) live.insert(one.id);
  std::map<std::string_view, std::vector<Uuid>> found;
  for (const auto& [kind, name] : kinds)
    for (const DeletedDefinition& deleted : org.deleted_definitions)
      if (deleted.kind == kind && (flags & static_cast<int>(kind)) != 0 && deleted.after >= known &&
          !live.contains(deleted.id))
        found[name].push_back(deleted.id);
  out.begin_object().member("Count", found.size()).member("IsReadOnly", false);
  out.key("Keys").begin_array();
  for (const auto& [name, ids] : found) out.string(name);
  out.end_array().key("Values").begin_array();
  for (const auto& [name, ids] : found) {
    out.begin_object().member("Count", ids.size()).member("IsReadOnly", false);
    out.key("Items").begin_array();
    for (const Uuid& id : ids) out.string(id.text());
    out.end_array().end_object();
  }
  out.end_array().end_object();
}

}  // namespace

Answer<ApiReply> retrieve_metadata_changes(Session& session) {
  const odata::Argument* wanted = argument(session, "Query");
  const auto document = json::parse(wanted == nullptr ? "{}" : wanted->values[0].text);
  if (!document || !document->root().is_object())
    return refuse(errors::bad_uri("The parameter 'Query' is no EntityQueryExpression."));
  FLIT_TRY(known, known_changes(session));
  FLIT_TRY(kinds, wanted_kinds(session));
  const std::size_t changes = session.org.metadata_requests.size();
  json::Writer out = response_of(session, "RetrieveMetadataChangesResponse");
  out.key("EntityMetadata").begin_array();
  if (known != changes)
    for (const Table& table : session.org.catalogue->tables()) {
      if (table.is_deleted) continue;
      const MetaItem item = describe(session.org, table);
      const auto described = json::parse(item.json);
      if (!described) return refuse(errors::unexpected());
      FLIT_TRY(fit, accepted(described->root(), document->root()["Criteria"]));
      if (fit) FLIT_TRY_VOID(write_item(out, item, document->root()));
    }
  out.end_array().member("ServerVersionStamp", std::to_string(changes) + "!simulated");
  out.key("DeletedMetadata");
  if (known && kinds != 0)
    write_deleted(out, session.org, kinds, *known);
  else
    out.null();
  out.end_object();
  return ApiReply::json(200, out.take());
}

}  // namespace flit::sim::dataverse
