#include "sim/salesforce/describe/describe.hpp"

#include <fmt/format.h>

#include "base/http_date.hpp"
#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "sim/salesforce/write/object_plan.hpp"

namespace flit::sim::salesforce {
namespace {

constexpr std::string_view master_record_type = "012000000000000AAA";

bool not_modified(const Organization& org, const ApiCall& call) {
  const auto since = parse_http_date(call.header("If-Modified-Since"), org.now());
  return since && epoch_seconds(*since) >= org.schema_changed_ms / 1000;
}

void write_urls(json::Writer& out, const Object& object, const ApiCall& call) {
  const std::string url = call.base() + "/sobjects/" + object.name;
  out.key("urls").begin_object().member("compactLayouts", url + "/describe/compactLayouts");
  out.member("rowTemplate", url + "/{ID}")
      .member("approvalLayouts", url + "/describe/approvalLayouts");
  out.member("listviews", url + "/listviews").member("describe", url + "/describe");
  out.member("quickActions", url + "/quickActions").member("layouts", url + "/describe/layouts");
  out.member("sobject", url).end_object();
}

/// What describeGlobal tells and describe repeats.
void write_flags(json::Writer& out, const Object& object) {
  const ObjectFlags& flags = object.flags;
  out.member("activateable", false)
      .key("associateEntityType")
      .null()
      .key("associateParentEntity")
      .null();
  out.member("createable", flags.createable)
      .member("custom", object.custom)
      .member("customSetting", false);
  out.member("deepCloneable", false)
      .member("deletable", flags.deletable)
      .member("deprecatedAndHidden", false);
  out.member("feedEnabled", flags.feed_enabled)
      .member("hasSubtypes", false)
      .member("isInterface", false);
  out.member("isSubtype", false).key("keyPrefix");
  if (object.prefix == 0)
    out.null();
  else
    out.string(object.prefix_text());
  out.member("label", object.label).member("labelPlural", object.label_plural);
  out.member("layoutable", flags.layoutable).member("mergeable", flags.mergeable);
  out.member("mruEnabled", flags.mru_enabled)
      .member("name", object.name)
      .member("queryable", flags.queryable);
  out.member("replicateable", flags.replicateable).member("retrieveable", flags.retrieveable);
  out.member("searchable", flags.searchable).member("triggerable", flags.triggerable);
  out.member("undeletable", flags.undeletable).member("updateable", flags.updateable);
}

void write_children(json::Writer& out, const Organization& org, const Object& object) {
  out.key("childRelationships").begin_array();
  for (const ChildLink& link : org.catalogue->children(object)) {
    if (!link.field->is_visible() || !link.child->visible) continue;
    out.begin_object()
        .member("cascadeDelete", link.link->cascade)
        .member("childSObject", link.child->name);
    out.member("deprecatedAndHidden", false).member("field", link.field->name);
    out.key("junctionIdListNames").begin_array().end_array();
    out.key("junctionReferenceTo").begin_array().end_array().key("relationshipName");
    if (link.link->child_relationship.empty())
      out.null();
    else
      out.string(link.link->child_relationship);
    out.member("restrictedDelete", link.link->restricted).end_object();
  }
  out.end_array();
}

void write_record_type(json::Writer& out, const std::string& url, const RecordType& type,
                       std::string_view id) {
  const bool master = id == master_record_type;
  out.begin_object().member("active", type.active).member("available", type.available);
  out.member("defaultRecordTypeMapping", type.is_default)
      .member("developerName", type.developer_name);
  out.member("master", master).member("name", type.label).member("recordTypeId", id);
  out.key("urls")
      .begin_object()
      .member("layout", fmt::format("{}/describe/layouts/{}", url, id))
      .end_object();
  out.end_object();
}

void write_record_types(json::Writer& out, const Object& object, const ApiCall& call) {
  const std::string url = call.base() + "/sobjects/" + object.name;
  bool other_default = false;
  out.key("recordTypeInfos").begin_array();
  for (const RecordType& type : object.record_types) {
    other_default = other_default || type.is_default;
    write_record_type(out, url, type, type.id.text());
  }
  write_record_type(out, url,
                    {.developer_name = "Master", .label = "Master", .is_default = !other_default},
                    master_record_type);
  out.end_array();
}

void write_scopes(json::Writer& out, const Object& object) {
  const std::string plural = text::lower(object.label_plural);
  out.key("supportedScopes").begin_array();
  out.begin_object().member("label", "All " + plural).member("name", "everything").end_object();
  if (object.find("OwnerId") != nullptr)
    out.begin_object().member("label", "My " + plural).member("name", "mine").end_object();
  out.end_array();
}

}  // namespace

ApiReply describe_global_reply(const Organization& org, const ApiCall& call) {
  if (not_modified(org, call)) return ApiReply::none(304);
  json::Writer out;
  out.begin_object()
      .member("encoding", "UTF-8")
      .member("maxBatchSize", 200)
      .key("sobjects")
      .begin_array();
  for (const auto& object : org.catalogue->all()) {
    if (!object->visible || object->deleted) continue;
    out.begin_object();
    write_flags(out, *object);
    write_urls(out, *object, call);
    out.end_object();
  }
  out.end_array().end_object();
  return ApiReply::json(200, out.take());
}

ApiReply describe_reply(const Organization& org, const Object& object, const ApiCall& call) {
  if (call.path.size() > 3) return ApiReply::json(200, R"({"layouts":[],"recordTypeMappings":[]})");
  if (not_modified(org, call)) return ApiReply::none(304);
  const bool audit_open =
      org.settings.permissions.create_audit_fields && ObjectPlan(object).takes_audit_fields;
  json::Writer out;
  out.begin_object().key("actionOverrides").begin_array().end_array();
  write_flags(out, object);
  write_children(out, org, object);
  out.member("compactLayoutable", object.flags.compact_layoutable);
  for (const char* name :
       {"defaultImplementation", "extendedBy", "extendsInterfaces", "implementedBy",
        "implementsInterfaces", "listviewable", "lookupLayoutable", "networkScopeFieldName"})
    out.key(name).null();
  std::string fields;
  for (const Field& field : object.fields()) {
    if (!field.is_visible()) continue;
    if (!fields.empty()) fields += ',';
    append_field(fields, field, audit_open);
  }
  out.key("fields").raw("[" + fields + "]");
  out.key("namedLayoutInfos").begin_array().end_array();
  write_record_types(out, object, call);
  out.member("searchLayoutable", object.flags.search_layoutable)
      .member("sobjectDescribeOption", "FULL");
  write_scopes(out, object);
  write_urls(out, object, call);
  out.end_object();
  return ApiReply::json(200, out.take());
}

std::string basic_information(const Object& object, const ApiCall& call) {
  json::Writer out;
  out.begin_object().key("objectDescribe").begin_object();
  write_flags(out, object);
  write_urls(out, object, call);
  out.end_object().key("recentItems").begin_array().end_array().end_object();
  return out.take();
}

}  // namespace flit::sim::salesforce
