#include "sim/dataverse/metadata_api/describe_parts.hpp"

namespace flit::sim::dataverse {
namespace {

void write_localized(json::Writer& out, std::string_view text) {
  out.begin_object().member("Label", text).member("LanguageCode", 1033);
  out.member("IsManaged", false);
  out.member("MetadataId", "00000000-0000-0000-0000-000000000000");
  out.key("HasChanged").null();
  out.end_object();
}

}  // namespace

void write_label(json::Writer& out, std::string_view name, std::string_view text) {
  out.key(name).begin_object().key("LocalizedLabels").begin_array();
  if (!text.empty()) write_localized(out, text);
  out.end_array().key("UserLocalizedLabel");
  if (text.empty())
    out.null();
  else
    write_localized(out, text);
  out.end_object();
}

void write_managed(json::Writer& out, std::string_view name, bool value,
                   std::string_view logical_name) {
  out.key(name).begin_object().member("Value", value).member("CanBeChanged", true);
  out.member("ManagedPropertyLogicalName", logical_name).end_object();
}

}  // namespace flit::sim::dataverse
