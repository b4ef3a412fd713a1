#include "sim/dataverse/metadata_api/system_columns.hpp"

namespace flit::sim::dataverse {
namespace {

Column column_of(const Table& table, std::string name, std::string schema, ColumnType type) {
  Column column;
  column.logical_name = std::move(name);
  column.schema_name = std::move(schema);
  column.type = type;
  column.metadata_id = metadata_id_of("column", table.logical_name + "." + column.logical_name);
  return column;
}

struct LookupSpec {
  std::string name;
  std::string schema;
  std::vector<std::string> targets;
  bool writable = false;
  ColumnType type = ColumnType::lookup;
};

void add_lookup(Catalogue& catalogue, Table& table, const LookupSpec& spec) {
  Column column = column_of(table, spec.name, spec.schema, spec.type);
  column.targets = spec.targets;
  column.valid_for_create = column.valid_for_update = spec.writable;
  const std::string nav = table.is_activity && spec.type == ColumnType::owner
                              ? spec.name + "_" + table.logical_name
                              : spec.name;
  column.navigation.push_back({nav, spec.targets, spec.name + "_" + table.logical_name});
  table.add_column(std::move(column));
  OneToMany one;
  one.schema_name =
      (spec.type == ColumnType::owner ? "owner_" : "lk_") + table.logical_name + "_" + spec.name;
  one.parent = spec.targets.size() > 1 ? "owner" : spec.targets.front();
  one.parent_column = one.parent + "id";
  one.child = table.logical_name;
  one.child_column = spec.name;
  one.child_navigation = nav;
  one.collection = one.schema_name;
  catalogue.add(std::move(one));
}

void add_stamp(Table& table, std::string name, std::string schema, ColumnType type, bool create) {
  Column column = column_of(table, std::move(name), std::move(schema), type);
  column.valid_for_create = create;
  if (type == ColumnType::date_time) column.format = create ? "DateOnly" : "DateAndTime";
  column.integer_minimum = type == ColumnType::big_int ? INT64_MIN : INT32_MIN;
  column.integer_maximum = type == ColumnType::big_int ? INT64_MAX : INT32_MAX;
  table.add_column(std::move(column));
}

void add_states(Table& table) {
  Column state = column_of(table, "statecode", "statecode", ColumnType::state);
  state.required = RequiredLevel::system;
  state.display_name = "Status";
  state.valid_for_update = true;
  state.options = std::make_shared<OptionSet>();
  state.options->name = table.logical_name + "_statecode";
  state.options->options = {
      {.value = 0, .label = "Active", .default_status = 1, .invariant_name = "Active"},
      {.value = 1, .label = "Inactive", .default_status = 2, .invariant_name = "Inactive"}};
  table.add_column(std::move(state));
  Column status = column_of(table, "statuscode", "statuscode", ColumnType::status);
  status.display_name = "Status Reason";
  status.valid_for_create = status.valid_for_update = true;
  status.options = std::make_shared<OptionSet>();
  status.options->name = table.logical_name + "_statuscode";
  status.options->options = {{.value = 1, .label = "Active", .state = 0},
                             {.value = 2, .label = "Inactive", .state = 1}};
  table.add_column(std::move(status));
}

void add_activity_columns(Catalogue& catalogue, Table& table) {
  const Table* task = catalogue.table("task");
  for (const std::string_view name :
       {"description", "scheduledstart", "scheduledend", "actualstart", "actualend", "prioritycode",
        "activitytypecode"}) {
    Column column = *task->column(name);
    column.metadata_id = metadata_id_of("column", table.logical_name + "." + column.logical_name);
    table.add_column(std::move(column));
  }
  Column regarding = *task->column("regardingobjectid");
  regarding.navigation.clear();
  for (const std::string& target : regarding.targets)
    if (catalogue.table(target) != nullptr)
      regarding.navigation.push_back({"regardingobjectid_" + target + "_" + table.logical_name,
                                      {target},
                                      target + "_" + table.logical_name + "s"});
  const Column& added = table.add_column(std::move(regarding));
  for (const NavigationProperty& nav : added.navigation) {
    OneToMany one;
    one.schema_name = one.collection = nav.relationship;
    one.parent = nav.targets.front();
    one.parent_column = catalogue.table(one.parent)->primary_id;
    one.child = table.logical_name;
    one.child_column = "regardingobjectid";
    one.child_navigation = nav.name;
    one.cascades.remove = one.cascades.assign = CascadeRule::all;
    catalogue.add(std::move(one));
  }
  OneToMany parties;
  parties.schema_name = parties.collection = table.logical_name + "_activity_parties";
  parties.parent = table.logical_name;
  parties.parent_column = table.primary_id;
  parties.child = "activityparty";
  parties.child_column = "activityid";
  parties.child_navigation = "activityid_" + table.logical_name;
  parties.cascades.remove = CascadeRule::all;
  catalogue.add(std::move(parties));
}

}  // namespace

void add_system_columns(Catalogue& catalogue, Table& table) {
  Column id = column_of(table, table.primary_id, table.primary_id, ColumnType::unique_identifier);
  id.schema_name = table.is_activity ? "ActivityId" : table.schema_name + "Id";
  id.required = RequiredLevel::system;
  id.valid_for_create = true;
  table.add_column(std::move(id));
  add_stamp(table, "createdon", "CreatedOn", ColumnType::date_time, false);
  add_stamp(table, "modifiedon", "ModifiedOn", ColumnType::date_time, false);
  add_stamp(table, "overriddencreatedon", "OverriddenCreatedOn", ColumnType::date_time, true);
  add_stamp(table, "importsequencenumber", "ImportSequenceNumber", ColumnType::integer, true);
  add_stamp(table, "timezoneruleversionnumber", "TimeZoneRuleVersionNumber", ColumnType::integer,
            true);
  add_stamp(table, "utcconversiontimezonecode", "UTCConversionTimeZoneCode", ColumnType::integer,
            true);
  add_stamp(table, "versionnumber", "VersionNumber", ColumnType::big_int, false);
  for (const auto& [name, schema] : {std::pair{"createdby", "CreatedBy"},
                                     {"modifiedby", "ModifiedBy"},
                                     {"createdonbehalfby", "CreatedOnBehalfBy"},
                                     {"modifiedonbehalfby", "ModifiedOnBehalfBy"}})
    add_lookup(catalogue, table, {.name = name, .schema = schema, .targets = {"systemuser"}});
  if (table.ownership == Ownership::user) {
    add_lookup(catalogue, table,
               {.name = "ownerid",
                .schema = "OwnerId",
                .targets = {"systemuser", "team"},
                .writable = true,
                .type = ColumnType::owner});
    add_lookup(catalogue, table,
               {.name = "owninguser", .schema = "OwningUser", .targets = {"systemuser"}});
    add_lookup(catalogue, table,
               {.name = "owningteam", .schema = "OwningTeam", .targets = {"team"}});
    add_lookup(catalogue, table,
               {.name = "owningbusinessunit",
                .schema = "OwningBusinessUnit",
                .targets = {"businessunit"}});
  } else {
    add_lookup(catalogue, table,
               {.name = "organizationid", .schema = "OrganizationId", .targets = {"organization"}});
  }
  add_states(table);
  if (table.is_activity) add_activity_columns(catalogue, table);
}

void add_elastic_columns(Table& table) {
  Column partition = column_of(table, "partitionid", "PartitionId", ColumnType::string);
  partition.max_length = 100;
  partition.valid_for_create = true;
  table.add_column(std::move(partition));
  Column life = column_of(table, "ttlinseconds", "TTLInSeconds", ColumnType::integer);
  life.valid_for_create = life.valid_for_update = true;
  life.integer_minimum = 0;
  life.integer_maximum = INT32_MAX;
  table.add_column(std::move(life));
}

void add_currency_columns(Catalogue& catalogue, Table& table) {
  if (table.currency_column() != nullptr) return;
  add_lookup(catalogue, table,
             {.name = "transactioncurrencyid",
              .schema = "TransactionCurrencyId",
              .targets = {"transactioncurrency"},
              .writable = true});
  Column rate = column_of(table, "exchangerate", "ExchangeRate", ColumnType::decimal);
  rate.precision = 10;
  rate.minimum = 1e-10;
  rate.maximum = 100'000'000'000.0;
  table.add_column(std::move(rate));
}

}  // namespace flit::sim::dataverse
