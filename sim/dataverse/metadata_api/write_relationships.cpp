// Relationships, lookups of several targets, alternate keys, choices (fact sheet §4, §5, §11).

#include "sim/dataverse/api/operations.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/facts/line.hpp"
#include "sim/dataverse/metadata_api/column_payload.hpp"
#include "sim/dataverse/metadata_api/write_metadata.hpp"

namespace flit::sim::dataverse {
namespace {

std::optional<CascadeRule> cascade_rule(std::string_view name) {
  if (name == "NoCascade") return CascadeRule::none;
  if (name == "Cascade") return CascadeRule::all;
  if (name == "Active") return CascadeRule::active;
  if (name == "UserOwned") return CascadeRule::user_owned;
  if (name == "RemoveLink") return CascadeRule::remove_link;
  if (name == "Restrict") return CascadeRule::restrict;
  return std::nullopt;
}

Answer<Cascades> read_cascades(json::Value body) {
  Cascades cascades;
  cascades.remove = CascadeRule::remove_link;
  const auto read = [&](std::string_view name, CascadeRule& into) {
    const auto text = body[name].as_string();
    if (!text) return true;
    const auto rule = cascade_rule(*text);
    if (rule) into = *rule;
    return rule.has_value();
  };
  const bool good = read("Assign", cascades.assign) && read("Delete", cascades.remove) &&
                    read("Merge", cascades.merge) && read("Reparent", cascades.reparent) &&
                    read("Share", cascades.share) && read("Unshare", cascades.unshare);
  if (!good) return refuse(errors::invalid_argument("A cascade type is not valid."));
  return cascades;
}

bool is_parental(const Cascades& cascades) {
  return cascades.assign == CascadeRule::all && cascades.remove == CascadeRule::all;
}

/// §11: only one parental relationship per child table [O].
Answer<void> check_parental(const Session& session, const OneToMany& wanted) {
  if (!is_parental(wanted.cascades)) return {};
  for (const OneToMany* one : session.org.catalogue->parents_of(wanted.child))
    if (is_parental(one->cascades))
      return refuse(errors::invalid_argument("The entity '" + wanted.child +
                                             "' already has a parental relationship."));
  return {};
}

bool name_taken(const Session& session, const std::string& name) {
  return session.org.catalogue->find_one_to_many(name) != nullptr ||
         session.org.catalogue->find_many_to_many(name) != nullptr;
}

Answer<OneToMany> read_one_to_many(const Session& session, json::Value body) {
  OneToMany one;
  one.schema_name = std::string(body["SchemaName"].string_or(""));
  one.parent = std::string(body["ReferencedEntity"].string_or(""));
  one.child = std::string(body["ReferencingEntity"].string_or(""));
  one.is_custom = true;
  FLIT_TRY_VOID(check_relationship_name(session, one.schema_name));
  if (name_taken(session, one.schema_name))
    return refuse(errors::other(
        400, 0x8004432b,
        "A relationship with the specified name already exists. Please specify a unique name."));
  const Table* parent = session.org.catalogue->table(one.parent);
  if (parent == nullptr || session.org.catalogue->table(one.child) == nullptr)
    return refuse(errors::other(
        400, 0x8005e00c,
        "Entity " + (parent == nullptr ? one.parent : one.child) + " cannot be found."));
  one.parent_column = parent->primary_id;
  one.collection =
      std::string(body["ReferencedEntityNavigationPropertyName"].string_or(one.schema_name));
  one.child_navigation = std::string(body["ReferencingEntityNavigationPropertyName"].string_or(""));
  FLIT_TRY(cascades, read_cascades(body["CascadeConfiguration"]));
  one.cascades = cascades;
  FLIT_TRY_VOID(check_parental(session, one));
  return one;
}

/// The lookup column of one relationship or of several (polymorphic): names by §4.
Answer<Column> read_lookup(const Session& session, json::Value lookup, Table& child,
                           std::vector<OneToMany>& relationships, ColumnType type) {
  FLIT_TRY(column, read_column(session, lookup, type));
  column.type = type;
  if (child.column(column.logical_name) != nullptr)
    return refuse(
        errors::other(400, 0x80047013, "An attribute with the specified name already exists"));
  for (OneToMany& one : relationships) {
    one.child_column = column.logical_name;
    if (one.child_navigation.empty())
      one.child_navigation = relationships.size() == 1 && type == ColumnType::lookup
                                 ? column.schema_name
                                 : column.schema_name + "_" + one.parent;
    if (child.lookup_navigation(one.child_navigation).column != nullptr)
      return refuse(errors::other(
          400, 0x80048834,
          "The navigation property name '" + one.child_navigation + "' is already in use."));
    column.targets.push_back(one.parent);
    column.navigation.push_back({one.child_navigation, {one.parent}, one.schema_name});
  }
  return column;
}

Answer<ApiReply> create_one_to_many(Session& session, json::Value body) {
  FLIT_TRY(one, read_one_to_many(session, body));
  Table& child = *session.org.catalogue->table(one.child);
  std::vector<OneToMany> relationships{std::move(one)};
  FLIT_TRY(column, read_lookup(session, body["Lookup"], child, relationships, ColumnType::lookup));
  install_column(session, child, std::move(column));
  const OneToMany& added = session.org.catalogue->add(std::move(relationships.front()));
  return made(session, "RelationshipDefinitions(" + added.metadata_id.text() + ")");
}

Answer<ApiReply> create_many_to_many(Session& session, json::Value body) {
  ManyToMany many;
  many.schema_name = std::string(body["SchemaName"].string_or(""));
  many.intersect_table =
      facts::lower_ascii(body["IntersectEntityName"].string_or(many.schema_name));
  many.is_custom = true;
  FLIT_TRY_VOID(check_relationship_name(session, many.schema_name));
  if (name_taken(session, many.schema_name))
    return refuse(errors::other(
        400, 0x8004432b,
        "A relationship with the specified name already exists. Please specify a unique name."));
  const auto side = [&](std::string_view number) {
    ManyToManySide read;
    read.table = std::string(body["Entity" + std::string(number) + "LogicalName"].string_or(""));
    read.intersect_column = read.table + "id";
    read.navigation =
        std::string(body["Entity" + std::string(number) + "NavigationPropertyName"].string_or(
            many.schema_name));
    return read;
  };
  many.first = side("1");
  many.second = side("2");
  for (const std::string& name : {many.first.table, many.second.table}) {
    const Table* table = session.org.catalogue->table(name);
    if (table == nullptr)
      return refuse(errors::other(400, 0x8005e00c, "Entity " + name + " cannot be found."));
    if (table->is_elastic)  // §6
      return refuse(errors::invalid_argument("Elastic tables take no N:N relationships."));
  }
  const ManyToMany& added = session.org.catalogue->add(std::move(many));
  return made(session, "RelationshipDefinitions(" + added.metadata_id.text() + ")");
}

/// CreateCustomerRelationships and CreatePolymorphicLookupAttribute have one shape (§11).
Answer<ApiReply> create_many_targets(Session& session, const char* response, ColumnType type) {
  FLIT_TRY(document, read_body(session.call, response));
  const json::Value body = document.root();
  std::vector<OneToMany> relationships;
  for (const json::Value each : body["OneToManyRelationships"].elements()) {
    FLIT_TRY(one, read_one_to_many(session, each));
    relationships.push_back(std::move(one));
  }
  if (relationships.empty())
    return refuse(errors::invalid_argument("OneToManyRelationships must not be empty."));
  Table& child = *session.org.catalogue->table(relationships.front().child);
  FLIT_TRY(column, read_lookup(session, body["Lookup"], child, relationships, type));
  const Column& added = install_column(session, child, std::move(column));
  json::Writer out = response_of(session, std::string(response) + "Response");
  out.key("RelationshipIds").begin_array();
  for (OneToMany& one : relationships)
    out.string(session.org.catalogue->add(std::move(one)).metadata_id.text());
  out.end_array().member("AttributeId", added.metadata_id.text()).end_object();
  return ApiReply::json(200, out.take());
}

bool may_be_key(ColumnType type) {  // §5
  return type == ColumnType::decimal || type == ColumnType::integer || type == ColumnType::string ||
         type == ColumnType::date_time || type == ColumnType::picklist || is_reference(type);
}

int key_bytes(const Column& column) {
  return column.type == ColumnType::string ? column.max_length * 2 : 16;
}

}  // namespace

Answer<ApiReply> create_relationship(Session& session) {
  FLIT_TRY(document, read_body(session.call, "RelationshipMetadataBase"));
  const std::string_view type = document.root()["@odata.type"].string_or("");
  if (type.ends_with("OneToManyRelationshipMetadata"))
    return create_one_to_many(session, document.root());
  if (type.ends_with("ManyToManyRelationshipMetadata"))
    return create_many_to_many(session, document.root());
  return refuse(errors::payload("RelationshipDefinitions",
                                "The '@odata.type' of the relationship is missing or unknown."));
}

Answer<ApiReply> update_relationship(Session& session, const std::string& name) {
  OneToMany* one = session.org.catalogue->mutable_one_to_many(name);
  if (one == nullptr) {
    if (session.org.catalogue->find_many_to_many(name) != nullptr) return ApiReply::no_content();
    return refuse(errors::other(404, 0x80060888, "Could not find the relationship."));
  }
  FLIT_TRY(document, read_body(session.call, "RelationshipMetadataBase"));
  if (!document.root()["CascadeConfiguration"].exists()) return ApiReply::no_content();
  FLIT_TRY(cascades, read_cascades(document.root()["CascadeConfiguration"]));
  one->cascades = cascades;
  return ApiReply::no_content();
}

Answer<ApiReply> delete_relationship(Session& session, const std::string& name) {
  Catalogue& catalogue = *session.org.catalogue;
  const OneToMany* one = catalogue.find_one_to_many(name);
  const ManyToMany* many = catalogue.find_many_to_many(name);
  if (one == nullptr && many == nullptr)
    return refuse(errors::other(404, 0x80060888, "Could not find the relationship."));
  if ((one != nullptr && !one->is_custom) || (many != nullptr && !many->is_custom))
    return refuse(errors::other(
        400, 0x8004f032,
        "The 'Delete' operation on the current component(name='" + name + "') failed."));
  std::string child, column;
  if (one != nullptr) {
    child = one->child;
    column = one->child_column;
  }
  catalogue.drop_relationship(name);
  if (Table* table = catalogue.table(child); table != nullptr && table->column(column) != nullptr) {
    bool others = false;
    for (const OneToMany* left : catalogue.parents_of(child))
      others |= left->child_column == column;
    if (!others && table->column(column)->is_custom) table->drop_column(column);
  }
  return ApiReply::no_content();
}

Answer<ApiReply> create_customer_relationships(Session& session) {
  return create_many_targets(session, "CreateCustomerRelationships", ColumnType::customer);
}

Answer<ApiReply> create_polymorphic_lookup(Session& session) {
  return create_many_targets(session, "CreatePolymorphicLookupAttribute", ColumnType::lookup);
}

Answer<ApiReply> create_key(Session& session, Table& table) {
  FLIT_TRY(document, read_body(session.call, "EntityKeyMetadata"));
  const json::Value body = document.root();
  AlternateKey key;
  key.schema_name = std::string(body["SchemaName"].string_or(""));
  key.logical_name = facts::lower_ascii(key.schema_name);
  key.display_name = label_of(body["DisplayName"]);
  if (key.display_name.empty()) key.display_name = key.schema_name;
  FLIT_TRY_VOID(check_schema_name(session, key.schema_name, 100));
  if (table.is_elastic)  // §6
    return refuse(errors::invalid_argument("Elastic tables take no alternate keys."));
  int bytes = 0;
  for (const json::Value name : body["KeyAttributes"].elements()) {
    const Column* column = table.column(name.string_or(""));
    if (column == nullptr)
      return refuse(errors::other(400, 0x8005e009,
                                  "Attribute " + std::string(name.string_or("")) +
                                      " cannot be found for entity " + table.logical_name + "."));
    if (!may_be_key(column->type))
      return refuse(
          errors::other(400, 0x8006088f, "Invalid EntityKey Operation performed : attribute type"));
    key.columns.push_back(column->index);
    bytes += key_bytes(*column);
  }
  if (table.keys.size() >= 10 || key.columns.empty() || key.columns.size() > 16 || bytes > 900)
    return refuse(
        errors::other(400, 0x8006088f, "Invalid EntityKey Operation performed : limits of keys"));
  for (const AlternateKey& known : table.keys) {
    if (known.logical_name == key.logical_name)
      return refuse(errors::other(400, 0x80060893,
                                  "An entity key with the name " + key.schema_name +
                                      " already exists on entity " + table.logical_name + "."));
    if (known.columns == key.columns)
      return refuse(errors::other(
          400, 0x80060894, "An entity key with the selected attributes already exists on entity."));
  }
  key.metadata_id = metadata_id_of("key", table.logical_name + "." + key.logical_name);
  key.job_id = metadata_id_of("job", table.logical_name + "." + key.logical_name);
  key.started = session.org.instant();
  key.due = key.started + session.org.settings.readings.key_index_delay;
  table.keys.push_back(std::move(key));
  session.org.has_waiting_keys = true;
  // The table is echoed as it was addressed: PY takes the first id of the URL for the key's.
  return made(session, session.call.path + "(" + table.keys.back().metadata_id.text() + ")");
}

Answer<ApiReply> delete_key(Session& session, Table& table, const std::string& name) {
  for (std::size_t i = 0; i < table.keys.size(); ++i) {
    if (table.keys[i].logical_name != name && table.keys[i].metadata_id.text() != name) continue;
    session.org.store->open(table).drop_key(table.keys[i].logical_name);
    table.keys.erase(table.keys.begin() + static_cast<std::ptrdiff_t>(i));
    return ApiReply::no_content();
  }
  return refuse(errors::other(404, 0x80060888, "Could not find the key."));
}

Answer<ApiReply> reactivate_key(Session& session) {
  FLIT_TRY(document, read_body(session.call, "ReactivateEntityKey"));
  Table* table = session.org.catalogue->table(document.root()["EntityLogicalName"].string_or(""));
  const std::string_view name = document.root()["EntityKeyLogicalName"].string_or("");
  if (table != nullptr)
    for (AlternateKey& key : table->keys)
      if (key.logical_name == name) {
        if (key.state != KeyState::failed)
          return refuse(errors::other(400, 0x80060897,
                                      "Reactivate entity key is only supported for failed job"));
        key.state = KeyState::pending;
        key.started = session.org.instant();
        key.due = key.started + session.org.settings.readings.key_index_delay;
        session.org.has_waiting_keys = true;
        return ApiReply::no_content();
      }
  return refuse(errors::other(400, 0x80041140, "The specified entitykey was not found."));
}

}  // namespace flit::sim::dataverse
