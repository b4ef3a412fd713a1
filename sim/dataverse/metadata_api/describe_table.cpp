// EntityMetadata, relationships and keys (fact sheet §11).

#include "sim/dataverse/metadata_api/describe.hpp"
#include "sim/dataverse/metadata_api/describe_parts.hpp"

namespace flit::sim::dataverse {
namespace {

void write_cascades(json::Writer& out, const Cascades& cascades) {
  out.key("CascadeConfiguration").begin_object();
  out.member("Assign", to_string(cascades.assign)).member("Delete", to_string(cascades.remove));
  out.member("Merge", to_string(cascades.merge)).member("Reparent", to_string(cascades.reparent));
  out.member("Share", to_string(cascades.share)).member("Unshare", to_string(cascades.unshare));
  out.member("RollupView", "NoCascade").member("Archive", "RemoveLink").end_object();
}

void write_menu(json::Writer& out, std::string_view name) {
  out.key(name).begin_object().member("Behavior", "UseCollectionName").member("Group", "Details");
  out.member("Order", 10000).member("IsCustomizable", true);
  write_label(out, "Label", "");
  out.end_object();
}

template <typename Parts>
MetaList list_of(const Parts& parts) {
  MetaList list;
  for (const auto* part : parts) list.items.push_back(describe(*part));
  return list;
}

}  // namespace

std::string_view to_string(CascadeRule rule) {
  switch (rule) {
    case CascadeRule::none:
      return "NoCascade";
    case CascadeRule::all:
      return "Cascade";
    case CascadeRule::active:
      return "Active";
    case CascadeRule::user_owned:
      return "UserOwned";
    case CascadeRule::remove_link:
      return "RemoveLink";
    case CascadeRule::restrict:
      return "Restrict";
  }
  return "";
}

std::string_view to_string(Ownership ownership) {
  switch (ownership) {
    case Ownership::none:
      return "None";
    case Ownership::user:
      return "UserOwned";
    case Ownership::organization:
      return "OrganizationOwned";
    case Ownership::business:
      return "BusinessOwned";
  }
  return "";
}

MetaItem describe(const OneToMany& one) {
  json::Writer out;
  out.begin_object().member("MetadataId", one.metadata_id.text());
  out.member("SchemaName", one.schema_name).member("RelationshipType", "OneToManyRelationship");
  out.member("ReferencedEntity", one.parent).member("ReferencedAttribute", one.parent_column);
  out.member("ReferencingEntity", one.child).member("ReferencingAttribute", one.child_column);
  out.member("ReferencingEntityNavigationPropertyName", one.child_navigation);
  out.member("ReferencedEntityNavigationPropertyName", one.collection);
  out.member("IsCustomRelationship", one.is_custom).member("IsManaged", !one.is_custom);
  out.member("IsHierarchical", one.is_hierarchical).member("IsValidForAdvancedFind", true);
  out.member("SecurityTypes", "Append").member("RelationshipBehavior", 1);
  out.member("EntityKey", "").member("IntroducedVersion", "1.0");
  write_cascades(out, one.cascades);
  write_menu(out, "AssociatedMenuConfiguration");
  write_managed(out, "IsCustomizable", true, "iscustomizable");
  out.end_object();
  return {.type = "OneToManyRelationshipMetadata", .json = out.take()};
}

MetaItem describe(const ManyToMany& many) {
  json::Writer out;
  out.begin_object().member("MetadataId", many.metadata_id.text());
  out.member("SchemaName", many.schema_name).member("RelationshipType", "ManyToManyRelationship");
  out.member("IntersectEntityName", many.intersect_table);
  out.member("Entity1LogicalName", many.first.table);
  out.member("Entity1IntersectAttribute", many.first.intersect_column);
  out.member("Entity1NavigationPropertyName", many.first.navigation);
  out.member("Entity2LogicalName", many.second.table);
  out.member("Entity2IntersectAttribute", many.second.intersect_column);
  out.member("Entity2NavigationPropertyName", many.second.navigation);
  out.member("IsCustomRelationship", many.is_custom).member("IsManaged", !many.is_custom);
  out.member("IsValidForAdvancedFind", true).member("SecurityTypes", "None");
  write_menu(out, "Entity1AssociatedMenuConfiguration");
  write_menu(out, "Entity2AssociatedMenuConfiguration");
  write_managed(out, "IsCustomizable", true, "iscustomizable");
  out.end_object();
  return {.type = "ManyToManyRelationshipMetadata", .json = out.take()};
}

MetaItem describe(const Organization& org, const Table& table, const AlternateKey& key) {
  json::Writer out;
  const bool begun = org.instant() > key.started;
  const KeyState shown = key.state == KeyState::pending && begun && org.instant() < key.due
                             ? KeyState::in_progress
                             : key.state;
  out.begin_object().member("MetadataId", key.metadata_id.text());
  out.member("LogicalName", key.logical_name).member("SchemaName", key.schema_name);
  out.member("EntityLogicalName", table.logical_name);
  out.member("EntityKeyIndexStatus", to_string(shown));
  out.member("IsManaged", false).member("IsSynchronous", false).member("IntroducedVersion", "1.0");
  out.key("KeyAttributes").begin_array();
  for (const std::uint16_t column : key.columns) out.string(table.column_at(column).logical_name);
  out.end_array();
  write_label(out, "DisplayName", key.display_name);
  write_managed(out, "IsCustomizable", true, "iscustomizable");
  out.end_object();
  MetaItem item{.type = "EntityKeyMetadata", .json = out.take()};
  item.children = [job = key.job_id, shown](std::string_view name) -> std::optional<MetaList> {
    if (name != "AsyncJob") return std::nullopt;
    MetaList list{.is_collection = false};
    const bool done = shown == KeyState::active || shown == KeyState::failed;
    json::Writer job_out;
    job_out.begin_object().member("asyncoperationid", job.text()).member("statecode", done ? 3 : 2);
    job_out.member("statuscode", shown == KeyState::failed ? 31 : done ? 30 : 20).end_object();
    list.items.push_back({.type = "asyncoperation", .json = job_out.take()});
    return list;
  };
  return item;
}

MetaItem describe(const Organization& org, const Table& table) {
  json::Writer out;
  out.begin_object().member("MetadataId", table.metadata_id.text());
  out.member("LogicalName", table.logical_name).member("SchemaName", table.schema_name);
  out.member("EntitySetName", table.entity_set);
  out.member("LogicalCollectionName", table.collection_name);
  out.member("CollectionSchemaName", table.collection_name);
  out.member("PrimaryIdAttribute", table.primary_id);
  out.member("PrimaryNameAttribute", table.primary_name).key("PrimaryImageAttribute").null();
  out.member("ObjectTypeCode", table.object_type_code);
  out.member("OwnershipType", to_string(table.ownership));
  out.member("IsActivity", table.is_activity && table.logical_name != "activitypointer");
  out.member("IsBPFEntity", table.is_process_flow).member("IsBusinessProcessEnabled", false);
  out.member("IsCustomEntity", table.is_custom).member("IsIntersect", table.is_intersect);
  out.member("IsManaged", !table.is_custom).member("IsPrivate", false);
  out.member("IsLogicalEntity", false).member("IsChildEntity", false);
  out.member("IsActivityParty", table.has_notes).member("IsEnabledForCharts", true);
  out.member("IsValidForAdvancedFind", true).member("IsAvailableOffline", false);
  out.member("IsOptimisticConcurrencyEnabled", true).member("EntityHelpUrlEnabled", false);
  out.member("HasNotes", table.has_notes).member("HasActivities", table.has_activities);
  out.member("HasFeedback", false).member("HasChanged", false).member("HasEmailAddresses", false);
  out.member("ChangeTrackingEnabled", table.change_tracking)
      .member("TableType", table.is_elastic ? "Elastic" : "Standard");
  out.member("AutoRouteToOwnerQueue", false).member("ActivityTypeMask", table.is_activity ? 1 : 0);
  out.member("IntroducedVersion", "1.0.0.0").key("EntityColor").null().key("DataProviderId").null();
  write_label(out, "DisplayName", table.display_name);
  write_label(out, "DisplayCollectionName", table.display_collection_name);
  write_label(out, "Description", table.description);
  write_managed(out, "CanCreateAttributes", true, "cancreateattributes");
  write_managed(out, "CanBeRelatedEntityInRelationship", true, "canberelatedentityinrelationship");
  write_managed(out, "CanBePrimaryEntityInRelationship", true, "canbeprimaryentityinrelationship");
  write_managed(out, "CanBeInManyToMany", true, "canbeinmanytomany");
  write_managed(out, "IsCustomizable", true, "iscustomizable");
  write_managed(out, "IsConnectionsEnabled", table.has_connections, "canmodifyconnectionsettings");
  write_managed(out, "IsDuplicateDetectionEnabled", true, "canmodifyduplicatedetectionsettings");
  write_managed(out, "IsAuditEnabled", false, "canmodifyauditsettings");
  out.end_object();
  MetaItem item{.type = "EntityMetadata", .json = out.take()};
  item.children = [&org, &table](std::string_view name) -> std::optional<MetaList> {
    if (name == "Attributes") return describe_columns(table, true);
    if (name == "OneToManyRelationships")
      return list_of(org.catalogue->children_of(table.logical_name));
    if (name == "ManyToOneRelationships")
      return list_of(org.catalogue->parents_of(table.logical_name));
    if (name == "ManyToManyRelationships")
      return list_of(org.catalogue->pairs_of(table.logical_name));
    if (name != "Keys") return std::nullopt;
    MetaList keys;
    for (const AlternateKey& key : table.keys) keys.items.push_back(describe(org, table, key));
    return keys;
  };
  return item;
}

}  // namespace flit::sim::dataverse
