// Tables and columns: create, replace, delete (fact sheet §11, §14, §15).

#include <algorithm>

#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/facts/line.hpp"
#include "sim/dataverse/metadata_api/column_payload.hpp"
#include "sim/dataverse/metadata_api/system_columns.hpp"
#include "sim/dataverse/metadata_api/write_metadata.hpp"
#include "sim/dataverse/rules/file_content.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr int first_custom_code = 10'000;

int next_object_type_code(const Catalogue& catalogue) {
  int next = first_custom_code;
  for (const Table& table : catalogue.tables()) next = std::max(next, table.object_type_code + 1);
  return next;
}

Answer<void> check_table_count(const Session& session) {
  const Settings& settings = session.org.settings;
  if (settings.licence != Licence::professional || !settings.readings.enforce_custom_table_cap)
    return {};
  int custom = 0;
  for (const Table& table : session.org.catalogue->tables())
    custom += table.is_custom && !table.is_deleted;
  if (custom < 15) return {};
  return refuse(errors::invalid_argument("Your licence covers at most 15 custom tables (§15)."));
}

/// The body's primary name column; the platform needs one.
Answer<Column> primary_name(const Session& session, json::Value body, bool activity) {
  for (const json::Value attribute : body["Attributes"].elements()) {
    if (!attribute["IsPrimaryName"].as_boolean().value_or(false)) continue;
    if (activity && facts::lower_ascii(attribute["SchemaName"].string_or("")) == "subject") {
      Column subject;
      subject.schema_name = "Subject";
      subject.logical_name = "subject";
      subject.max_length = 400;
      subject.valid_for_create = subject.valid_for_update = subject.is_primary_name = true;
      return subject;
    }
    return read_column(session, attribute, ColumnType::string);
  }
  return refuse(errors::other(400, 0x80044355, "The primary name attribute was not found."));
}

/// The body's other columns, read before anything is made, so that a refusal leaves no half a
/// table. The primary name may come a second time (PY tests/e2e sends it so): it is one column.
Answer<std::vector<Column>> further_columns(const Session& session, json::Value body,
                                            const Column& name_column) {
  std::vector<Column> columns;
  for (const json::Value attribute : body["Attributes"].elements()) {
    if (attribute["IsPrimaryName"].as_boolean().value_or(false)) continue;
    FLIT_TRY(column, read_column(session, attribute));
    if (column.logical_name == name_column.logical_name && column.type == name_column.type)
      continue;
    const bool taken = column.logical_name == name_column.logical_name ||
                       std::any_of(columns.begin(), columns.end(), [&](const Column& known) {
                         return known.logical_name == column.logical_name;
                       });
    if (taken)
      return refuse(
          errors::other(400, 0x80047013, "An attribute with the specified name already exists"));
    columns.push_back(std::move(column));
  }
  return columns;
}

void set_facts(json::Value body, Table& table) {
  table.display_name = label_of(body["DisplayName"]);
  table.display_collection_name = label_of(body["DisplayCollectionName"]);
  table.description = label_of(body["Description"]);
  table.has_notes = body["HasNotes"].as_boolean().value_or(false);
  table.has_activities = body["HasActivities"].as_boolean().value_or(false);
  table.change_tracking = body["ChangeTrackingEnabled"].as_boolean().value_or(false);
  table.has_connections = body["IsConnectionsEnabled"]["Value"].as_boolean().value_or(true);
}

/// A lookup of a table of the platform, and the names of the two ways that it opens.
struct Way {
  std::string_view child;
  std::string_view column;
  std::string collection;  ///< behind the parent's name
  std::string suffix{};    ///< of the child's navigation property
};

/// Notes and activities can point at the new table as soon as it takes them.
void add_way_to(Session& session, const Table& table, const Way& way) {
  Table* child = session.org.catalogue->table(way.child);
  Column* column = child->column(way.column);
  const std::string navigation = std::string(way.column) + "_" + table.logical_name + way.suffix;
  for (const NavigationProperty& known : column->navigation)
    if (known.name == navigation) return;
  OneToMany one;
  one.schema_name = one.collection = table.logical_name + "_" + way.collection;
  one.parent = table.logical_name;
  one.parent_column = table.primary_id;
  one.child = child->logical_name;
  one.child_column = column->logical_name;
  one.child_navigation = navigation;
  one.cascades.remove = one.cascades.assign = CascadeRule::all;
  column->targets.push_back(table.logical_name);
  column->navigation.push_back({navigation, {table.logical_name}, one.schema_name});
  child->index_navigation(*column);
  session.org.catalogue->add(std::move(one));
}

void open_notes_and_activities(Session& session, const Table& table) {
  if (table.has_notes) add_way_to(session, table, {"annotation", "objectid", "Annotations"});
  if (table.has_connections) {
    add_way_to(session, table, {"connection", "record1id", "connections1"});
    add_way_to(session, table, {"connection", "record2id", "connections2"});
  }
  if (!table.has_activities) return;
  constexpr std::string_view regarding = "regardingobjectid";
  for (const std::string_view activity :
       {"task", "phonecall", "email", "appointment", "letter", "fax"}) {
    const std::string name(activity);
    add_way_to(session, table,
               {activity, regarding, name == "fax" ? "Faxes" : name + "s", "_" + name});
  }
  add_way_to(session, table, {"activitypointer", regarding, "ActivityPointers"});
}

/// A read-only column that comes and goes with a file or image column (§11, §12).
void add_companion(Table& table, const Column& of, std::string_view ending,
                   std::string_view schema_ending, ColumnType type) {
  Column companion;
  companion.logical_name = of.logical_name + std::string(ending);
  companion.schema_name = of.schema_name + std::string(schema_ending);
  companion.type = type;
  companion.max_length = type == ColumnType::string ? 512 : 0;
  companion.integer_maximum = INT64_MAX;
  companion.integer_minimum = INT64_MIN;
  companion.is_custom = true;
  companion.metadata_id =
      metadata_id_of("column", table.logical_name + "." + companion.logical_name);
  table.add_column(std::move(companion));
}

}  // namespace

ApiReply made(const Session& session, const std::string& path) {
  ApiReply reply = ApiReply::no_content();
  reply.add("OData-EntityId", session.call.root + path);
  return reply;
}

Column& install_column(Session& session, Table& table, Column column) {
  column.metadata_id = metadata_id_of("column", table.logical_name + "." + column.logical_name);
  column.since_version = session.org.store->version() + 1;
  column.visible_at = session.org.now() + session.org.settings.readings.metadata_lag.count();
  if (session.org.settings.readings.metadata_lag.count() == 0) column.visible_at = 0;
  if (column.options != nullptr && !column.options->is_global) {
    column.options->name = table.logical_name + "_" + column.logical_name;
    column.options->metadata_id = metadata_id_of("choice", column.options->name);
  }
  const bool money = column.type == ColumnType::money;
  const Column base_of = column;
  Column& added = table.add_column(std::move(column));
  if (added.type == ColumnType::file) {
    add_companion(table, added, "_name", "_Name", ColumnType::string);
    add_way_to(session, table, {"fileattachment", "objectid", "FileAttachments"});
  }
  if (added.type == ColumnType::image) {
    add_companion(table, added, "id", "Id", ColumnType::unique_identifier);
    add_companion(table, added, "_timestamp", "_Timestamp", ColumnType::big_int);
    add_companion(table, added, "_url", "_URL", ColumnType::string);
  }
  if (!money) return added;
  Column base = base_of;
  base.logical_name += "_base";
  base.schema_name += "_Base";
  base.display_name += " (Base)";
  base.valid_for_create = base.valid_for_update = false;
  base.precision = 4;
  base.required = RequiredLevel::none;
  base.metadata_id = metadata_id_of("column", table.logical_name + "." + base.logical_name);
  table.add_column(std::move(base));
  add_currency_columns(*session.org.catalogue, table);
  return *table.column(base_of.logical_name);
}

Answer<ApiReply> create_table(Session& session) {
  FLIT_TRY(document, read_body(session.call, "EntityMetadata"));
  const json::Value body = document.root();
  const std::string schema_name(body["SchemaName"].string_or(""));
  constexpr std::size_t longest = 64;  // §11 [U]
  FLIT_TRY_VOID(check_schema_name(session, schema_name, longest));
  FLIT_TRY_VOID(check_table_count(session));
  const std::string name = facts::lower_ascii(schema_name);
  Catalogue& catalogue = *session.org.catalogue;
  const std::string set(body["EntitySetName"].string_or(plural_of(name)));
  if (catalogue.table(name) != nullptr || catalogue.by_entity_set(set) != nullptr)
    return refuse(errors::other(
        400, 0x8004700b,
        "An entity with the specified name already exists. Please specify a unique name."));
  const bool activity = body["IsActivity"].as_boolean().value_or(false);
  FLIT_TRY(name_column, primary_name(session, body, activity));
  FLIT_TRY(columns, further_columns(session, body, name_column));

  Table& table = catalogue.add_table(name, set);
  table.schema_name = schema_name;
  table.collection_name = set;
  table.is_custom = table.takes_create_multiple = table.takes_update_multiple = true;
  table.is_activity = activity;
  table.ownership = body["OwnershipType"].string_or("UserOwned") == "OrganizationOwned"
                        ? Ownership::organization
                        : Ownership::user;
  table.primary_id = activity ? "activityid" : name + "id";
  table.primary_name = name_column.logical_name;
  table.object_type_code = next_object_type_code(catalogue);
  set_facts(body, table);
  table.is_elastic = body["TableType"].string_or("") == "Elastic";
  add_system_columns(catalogue, table);
  name_column.is_primary_name = true;
  install_column(session, table, std::move(name_column));
  for (Column& column : columns) install_column(session, table, std::move(column));
  if (table.is_elastic) add_elastic_columns(table);
  open_notes_and_activities(session, table);
  return made(session, "EntityDefinitions(" + table.metadata_id.text() + ")");
}

Answer<ApiReply> update_table(Session& session, Table& table) {
  FLIT_TRY(document, read_body(session.call, "EntityMetadata"));
  const json::Value body = document.root();
  if (const auto name = body["LogicalName"].as_string(); name && *name != table.logical_name)
    return refuse(errors::invalid_argument("The logical name of an entity cannot be changed."));
  if (const std::string label = label_of(body["DisplayName"]); !label.empty())
    table.display_name = label;
  if (const std::string label = label_of(body["DisplayCollectionName"]); !label.empty())
    table.display_collection_name = label;
  // Notes, activities and change tracking can be switched on, never off (§11, §13).
  table.has_notes |= body["HasNotes"].as_boolean().value_or(false);
  table.has_activities |= body["HasActivities"].as_boolean().value_or(false);
  table.change_tracking |= body["ChangeTrackingEnabled"].as_boolean().value_or(false);
  if (table.is_custom) open_notes_and_activities(session, table);
  return ApiReply::no_content();
}

Answer<ApiReply> delete_table(Session& session, Table& table) {
  if (!table.is_custom)
    return refuse(errors::other(400, 0x8004f032,
                                "The 'Delete' operation on the current component(name='" +
                                    table.logical_name +
                                    "') failed during managed property evaluation of condition: "
                                    "'Managed Property Name: iscustomizable'"));
  for (const OneToMany* one : session.org.catalogue->children_of(table.logical_name)) {
    const Table* child = session.org.catalogue->table(one->child);
    if (child != nullptr && child != &table && child->is_custom &&
        child->column(one->child_column)->is_custom)
      return refuse(errors::other(
          400, 0x8004f01f,
          "The Entity(" + table.logical_name +
              ") component cannot be deleted because it is referenced by other components."));
  }
  if (RecordTable* rows = session.org.store->find(table)) rows->clear();
  session.org.catalogue->drop_table(table.logical_name);
  return ApiReply::no_content();
}

Answer<ApiReply> create_column(Session& session, Table& table) {
  FLIT_TRY(document, read_body(session.call, "AttributeMetadata"));
  FLIT_TRY(column, read_column(session, document.root()));
  if (is_reference(column.type))
    return refuse(errors::invalid_argument("Lookup columns are created with their relationship."));
  if (table.column(column.logical_name) != nullptr)
    return refuse(
        errors::other(400, 0x80047013, "An attribute with the specified name already exists"));
  const Column& added = install_column(session, table, std::move(column));
  return made(session, "EntityDefinitions(" + table.metadata_id.text() + ")/Attributes(" +
                           added.metadata_id.text() + ")");
}

Answer<ApiReply> update_column(Session& session, Table& table, Column& column) {
  FLIT_TRY(document, read_body(session.call, "AttributeMetadata"));
  const auto type = column_type_of_class(document.root()["@odata.type"].string_or(""));
  const bool same = !type || names_of(*type).metadata_class == names_of(column.type).metadata_class;
  if (!same) return refuse(errors::invalid_argument("The type of an attribute cannot be changed."));
  (void)table;
  FLIT_TRY_VOID(change_column(session, document.root(), column));
  return ApiReply::no_content();
}

Answer<ApiReply> delete_column(Session& session, Table& table, const Column& column) {
  bool in_key = false;
  for (const AlternateKey& key : table.keys)
    for (const std::uint16_t index : key.columns) in_key |= index == column.index;
  if (!column.is_custom || column.is_primary_name || in_key)
    return refuse(errors::other(
        400, 0x8004f01f,
        "The Attribute(" + column.logical_name +
            ") component cannot be deleted because it is referenced by other components."));
  const std::string name = column.logical_name;
  std::vector<std::string> relationships;
  for (const OneToMany* one : session.org.catalogue->parents_of(table.logical_name))
    if (one->child_column == name) relationships.push_back(one->schema_name);
  for (const std::string& relationship : relationships)
    session.org.catalogue->drop_relationship(relationship);
  table.drop_column(name);
  if (table.column(name + "_base") != nullptr) table.drop_column(name + "_base");
  for (const std::string_view ending : {"_name", "id", "_timestamp", "_url"})
    if (holds_content(column) && table.column(name + std::string(ending)) != nullptr)
      table.drop_column(name + std::string(ending));
  return ApiReply::no_content();
}

}  // namespace flit::sim::dataverse
