#include "destinations/dataverse/metadata.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "destinations/dataverse/answer.hpp"
#include "destinations/dataverse/metadata_json.hpp"

namespace flit::destinations::dataverse {
namespace {

constexpr std::string_view entity_columns =
    "LogicalName,SchemaName,EntitySetName,PrimaryIdAttribute,PrimaryNameAttribute,OwnershipType,"
    "IsActivity,IsCustomEntity,HasNotes,DisplayName,DisplayCollectionName";
constexpr std::string_view attribute_columns =
    "LogicalName,SchemaName,AttributeType,AttributeTypeName,RequiredLevel,IsValidForCreate,"
    "IsValidForUpdate,IsValidForRead,IsCustomAttribute,DisplayName";
constexpr std::string_view relationship_columns =
    "SchemaName,ReferencingAttribute,ReferencedEntity,ReferencingEntity,"
    "ReferencingEntityNavigationPropertyName,ReferencedEntityNavigationPropertyName,"
    "CascadeConfiguration";

/// What only the cast to a type shows (§11); the cast's name without AttributeMetadata.
struct Cast {
  std::string_view type;
  std::string_view query;
};
constexpr std::array casts{
    Cast{"String", "$select=LogicalName,MaxLength,FormatName"},
    Cast{"Memo", "$select=LogicalName,MaxLength"},
    Cast{"Integer", "$select=LogicalName,MinValue,MaxValue"},
    Cast{"Decimal", "$select=LogicalName,Precision,MinValue,MaxValue"},
    Cast{"Double", "$select=LogicalName,Precision,MinValue,MaxValue"},
    Cast{"Money", "$select=LogicalName,Precision,MinValue,MaxValue"},
    Cast{"DateTime", "$select=LogicalName,Format,DateTimeBehavior"},
    Cast{"Lookup", ""},  // whole: lookups without targets may not know the property Targets
    Cast{"Picklist", "$select=LogicalName&$expand=OptionSet,GlobalOptionSet"},
    Cast{"State", "$select=LogicalName&$expand=OptionSet,GlobalOptionSet"},
    Cast{"Status", "$select=LogicalName&$expand=OptionSet,GlobalOptionSet"},
    Cast{"Boolean", "$select=LogicalName&$expand=OptionSet,GlobalOptionSet"},
    Cast{"MultiSelectPicklist", "$select=LogicalName&$expand=OptionSet,GlobalOptionSet"},
};
constexpr std::array messages{"CreateMultiple", "UpdateMultiple", "UpsertMultiple"};

// The order of one table's batch: entity, the casts, then these.
enum Step : std::size_t {
  entity,
  first_cast,
  keys = first_cast + casts.size(),
  links_up,
  links_down,
  links_across,
  first_message
};

Operation read_of(std::string target) {
  return {.target = std::move(target), .headers = {{"Consistency", "Strong"}}};
}

std::string entity_target(const std::string& table) {
  return fmt::format("EntityDefinitions(LogicalName='{}')", percent::encode(table));
}

std::vector<Operation> reads_of(const std::string& table) {
  const std::string base = entity_target(table);
  std::vector<Operation> reads;
  reads.push_back(read_of(fmt::format("{}?$select={}&$expand=Attributes($select={})", base,
                                      entity_columns, attribute_columns)));
  for (const Cast& cast : casts)
    reads.push_back(
        read_of(fmt::format("{}/Attributes/Microsoft.Dynamics.CRM.{}AttributeMetadata{}{}", base,
                            cast.type, cast.query.empty() ? "" : "?", cast.query)));
  reads.push_back(read_of(base + "/Keys?$select=LogicalName,SchemaName,KeyAttributes,"
                                 "EntityKeyIndexStatus"));
  reads.push_back(
      read_of(fmt::format("{}/ManyToOneRelationships?$select={}", base, relationship_columns)));
  reads.push_back(
      read_of(fmt::format("{}/OneToManyRelationships?$select={}", base, relationship_columns)));
  reads.push_back(read_of(base + "/ManyToManyRelationships?$select=SchemaName,Entity1LogicalName,"
                                 "Entity2LogicalName"));
  for (const char* message : messages)
    reads.push_back(
        {.target = fmt::format("sdkmessagefilters?$select=sdkmessagefilterid&$filter=sdkmessageid/"
                               "name%20eq%20@m%20and%20primaryobjecttypecode%20eq%20@t&@m='{}'"
                               "&@t='{}'",
                               message, percent::encode(table))});
  return reads;
}

/// Every part as JSON, or the first refusal.
Result<std::vector<json::Document>> documents_of(const BatchAnswer& answer,
                                                 std::span<const Operation> reads, Instant now) {
  if (answer.parts.size() < reads.size())
    return Error{.fault = Fault::transient,
                 .message = fmt::format("a batch of {} reads was answered with {} parts",
                                        reads.size(), answer.parts.size())};
  std::vector<json::Document> documents;
  for (std::size_t i = 0; i < reads.size(); ++i) {
    const http::Response& part = answer.parts[i];
    const std::string where = reads[i].target.substr(0, reads[i].target.find('?'));
    if (auto refusal = refusal_of(part, http::Effect::read, where, now))
      return std::move(refusal->error);
    FLIT_TRY(document, json_of(part));
    documents.push_back(std::move(document));
  }
  return documents;
}

void refine_all(std::vector<model::Field>& fields, json::Value attributes) {
  for (const json::Value attribute : attributes["value"].elements()) {
    const auto name = attribute["LogicalName"].string_or("");
    for (model::Field& field : fields)
      if (field.name == name) refine(field, attribute);
  }
}

/// The people of an activity are no attribute but a collection (§12); the column is named after it.
void add_parties(model::Object& object, json::Value relationships) {
  for (const json::Value link : relationships["value"].elements()) {
    if (link["ReferencingEntity"].string_or("") != "activityparty" ||
        link["ReferencingAttribute"].string_or("") != "activityid")
      continue;
    model::Field field{.name = std::string(link["ReferencedEntityNavigationPropertyName"].string_or(
                           object.name + "_activity_parties")),
                       .label = "People"};
    field.native_type = std::string(party_list);
    field.targets = {"account", "contact",          "lead",        "systemuser",
                     "queue",   "knowledgearticle", "entitlement", "equipment"};
    field.updatable = false;
    object.fields.push_back(std::move(field));
    return;
  }
}

/// Targets that no cast named are those of the relationships.
void complete_targets(model::Object& object, std::span<const model::Relationship> links) {
  for (model::Field& field : object.fields) {
    if (field.type != model::FieldType::reference || !field.targets.empty()) continue;
    for (const model::Relationship& link : links)
      if (link.field == field.name) field.targets.push_back(link.parent);
  }
}

void append_missing(std::vector<model::Relationship>& all,
                    std::span<const model::Relationship> more) {
  for (const model::Relationship& link : more) {
    const auto is_same = [&](const model::Relationship& known) {
      return known.name == link.name && known.parent == link.parent && known.child == link.child;
    };
    if (std::none_of(all.begin(), all.end(), is_same)) all.push_back(link);
  }
}

}  // namespace

Result<std::shared_ptr<const SetNames>> Metadata::set_names(std::stop_token stop) {
  if (auto known = state_.with([](const State& state) { return state.sets; })) return known;
  FLIT_TRY(response, api_.get("EntityDefinitions?$select=LogicalName,EntitySetName,"
                              "PrimaryIdAttribute",
                              std::move(stop), {{"Consistency", "Strong"}}));
  FLIT_TRY(document, json_of(response));
  auto made = std::make_shared<SetNames>();
  FLIT_TRY(entities, rows_in(document, "EntityDefinitions"));
  for (const json::Value entity : entities.elements())
    (*made)[std::string(entity["LogicalName"].string_or(""))] = {
        std::string(entity["EntitySetName"].string_or("")),
        std::string(entity["PrimaryIdAttribute"].string_or(""))};
  std::shared_ptr<const SetNames> sets = std::move(made);
  state_.with([&](State& state) { state.sets = sets; });
  return sets;
}

Metadata::Described Metadata::assemble(const std::vector<json::Document>& documents) {
  Described made;
  made.object = object_of(documents[entity].root());
  for (const json::Value attribute : documents[entity].root()["Attributes"].elements())
    made.object.fields.push_back(field_of(attribute));
  drop_companions(made.object.fields);
  for (std::size_t i = 0; i < casts.size(); ++i)
    refine_all(made.object.fields, documents[first_cast + i].root());
  for (const json::Value key : documents[keys].root()["value"].elements())
    made.object.keys.push_back(key_of(key));
  for (const json::Value link : documents[links_up].root()["value"].elements())
    made.as_child.push_back(relationship_of(link));
  for (const json::Value link : documents[links_down].root()["value"].elements())
    made.as_parent.push_back(relationship_of(link));
  for (const json::Value link : documents[links_across].root()["value"].elements())
    made.associations.push_back(association_of(link));
  if (made.object.activity) add_parties(made.object, documents[links_down].root());
  complete_targets(made.object, made.as_child);
  const auto has = [&](std::size_t message) {
    return documents[first_message + message].root()["value"].size() > 0;
  };
  made.bulk = {has(0), has(1), has(2) && has(0) && has(1)};
  return made;
}

Result<std::shared_ptr<const Metadata::Described>> Metadata::describe_one(const std::string& table,
                                                                          std::stop_token stop) {
  auto known = state_.with([&](const State& state) {
    const auto found = state.described.find(table);
    return found == state.described.end() ? nullptr : found->second;
  });
  if (known) return known;
  FLIT_TRY(sets, set_names(stop));
  const auto reads = reads_of(table);
  FLIT_TRY(answer, api_.batch(reads, http::Effect::read, stop));
  FLIT_TRY(documents, documents_of(answer, reads, api_.now()));
  std::shared_ptr<const Described> described =
      std::make_shared<const Described>(assemble(documents));
  const auto compiled = std::make_shared<const Table>(
      compile_table(described->object, described->as_child, *sets, described->bulk));
  state_.with([&](State& state) {
    state.described[table] = described;
    state.tables[table] = compiled;
  });
  return described;
}

Result<model::Schema> Metadata::describe(std::span<const std::string> tables,
                                         std::stop_token stop) {
  FLIT_TRY(sets, set_names(stop));
  std::vector<std::string> names(tables.begin(), tables.end());
  if (names.empty())
    for (const auto& [name, set] : *sets)
      if (!set.set.empty()) names.push_back(name);
  model::Schema schema{.platform = "dynamics365"};
  for (const std::string& name : names) {
    if (!sets->contains(name)) continue;  // not there (yet): the plan makes it
    FLIT_TRY(described, describe_one(name, stop));
    schema.objects.push_back(described->object);
    append_missing(schema.relationships, described->as_child);
    append_missing(schema.relationships, described->as_parent);
    for (const model::Association& link : described->associations)
      if (std::none_of(schema.associations.begin(), schema.associations.end(),
                       [&](const model::Association& known) { return known.name == link.name; }))
        schema.associations.push_back(link);
  }
  return schema;
}

Result<std::shared_ptr<const Table>> Metadata::table(std::string_view name, std::stop_token stop) {
  if (auto made = known(name)) return made;
  FLIT_TRY(described, describe_one(std::string(name), std::move(stop)));
  return known(described->object.name);
}

std::shared_ptr<const Table> Metadata::known(std::string_view name) const {
  return state_.with([&](const State& state) -> std::shared_ptr<const Table> {
    const auto found = state.tables.find(name);
    return found == state.tables.end() ? nullptr : found->second;
  });
}

Result<std::vector<model::Relationship>> Metadata::children(std::string_view parent,
                                                            std::stop_token stop) {
  FLIT_TRY(described, describe_one(std::string(parent), std::move(stop)));
  return described->as_parent;
}

void Metadata::forget(std::string_view table) {
  state_.with([&](State& state) {
    if (const auto found = state.tables.find(table); found != state.tables.end())
      state.tables.erase(found);
    if (const auto found = state.described.find(table); found != state.described.end())
      state.described.erase(found);
  });
}

void Metadata::forget() {
  state_.with([](State& state) { state = {}; });
}

}  // namespace flit::destinations::dataverse
