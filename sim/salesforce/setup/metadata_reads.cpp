// What the Metadata API tells over SOAP: types, lists, components, retrieves (fact sheet §6.1).

#include <mutex>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "sim/salesforce/setup/component_book.hpp"
#include "sim/salesforce/setup/setup_api.hpp"

namespace flit::sim::salesforce {
namespace {

/// The audit part of a FileProperties; `at` is when the org's schema last changed.
void write_properties(xml::Writer& out, const Organization& org, const ListedComponent& component,
                      const std::string& root) {
  const std::string user = org.known.user.text();
  const std::string at = format_instant(Instant(std::chrono::milliseconds(org.schema_changed_ms)),
                                        {.fraction_digits = 3});
  for (const char* who : {"created", "lastModified"}) {
    out.element(fmt::format("{}ById", who), user)
        .element(fmt::format("{}ByName", who), "Flit User");
    out.element(fmt::format("{}Date", who), at);
  }
  out.element("fileName", root + component.file).element("fullName", component.full_name);
  out.element("id", component.id).element("manageableState", "unmanaged");
  out.element("type", component.type);
}

}  // namespace

std::string SetupApi::soap_describe() {
  xml::Writer out{xml::Writer::Fragment{}};
  out.open("result");
  for (const ComponentType& type : component_types()) {
    out.open("metadataObjects");
    for (const std::string_view child : type.children) out.element("childXmlNames", child);
    out.element("directoryName", type.folder).element("inFolder", "false");
    out.element("metaFile", "false").element("suffix", type.suffix);
    out.element("xmlName", type.name).close("metadataObjects");
  }
  out.element("organizationNamespace", "").element("partialSaveAllowed", "true");
  return out.element("testRequired", "false").close("result").take();
}

SetupApi::SoapAnswer SetupApi::soap_list(const xml::Node& operation) const {
  constexpr std::size_t most_queries = 3;
  const auto queries = operation.all("queries");
  if (queries.size() > most_queries)
    return refuse("EXCEEDED_ID_LIMIT", "a call takes at most 3 queries");
  xml::Writer out{xml::Writer::Fragment{}};
  const std::shared_lock lock(org_.mutex);
  const ComponentBook book(org_, value_sets_);
  for (const xml::Node* query : queries) {
    const std::string_view type = query->value("type");
    if (component_type(type) == nullptr)
      return refuse("INVALID_TYPE", fmt::format("Unknown type:{}", type));
    for (const ListedComponent& component : book.list(type)) {
      out.open("result");
      write_properties(out, org_, component, {});
      out.close("result");
    }
  }
  return out.take();
}

SetupApi::SoapAnswer SetupApi::soap_read(const xml::Node& operation) const {
  const std::string_view type = operation.value("type");
  const auto names = operation.all("fullNames");
  if (names.size() > max_components)
    return refuse("EXCEEDED_ID_LIMIT",
                  "record limit reached. cannot submit more than 10 records "
                  "into this call");
  if (component_type(type) == nullptr)
    return refuse("INVALID_TYPE", fmt::format("Unknown type:{}", type));
  xml::Writer out{xml::Writer::Fragment{}};
  out.open("result");
  const std::shared_lock lock(org_.mutex);
  const ComponentBook book(org_, value_sets_);
  for (const xml::Node* name : names) {
    auto node = book.read(type, text::trim(name->text), "records");
    if (!node) node = xml::Node{.name = "records", .nil = true};
    if (!node->nil) node->type = type;
    out.node(*node);
  }
  return out.close("result").take();
}

SetupApi::SoapAnswer SetupApi::soap_retrieve(const xml::Node& operation) {
  const xml::Node* request = operation.child("retrieveRequest");
  if (request == nullptr) request = operation.child("request");
  if (request == nullptr) return refuse("INVALID_TYPE", "a retrieveRequest is missing");
  xml::Writer out{xml::Writer::Fragment{}};
  out.open("result").element("done", "false").element("id", retrievals_.start(*request));
  return out.element("state", "Queued").close("result").take();
}

SetupApi::SoapAnswer SetupApi::soap_retrieve_status(const xml::Node& operation) const {
  const auto retrieval = retrievals_.find(operation.value("asyncProcessId"));
  if (!retrieval) return refuse("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
  const bool with_zip = operation.value("includeZip") != "false";
  xml::Writer out{xml::Writer::Fragment{}};
  out.open("result").element("done", "true");
  const std::shared_lock lock(org_.mutex);
  for (const ListedComponent& component : retrieval->components) {
    out.open("fileProperties");
    write_properties(out, org_, component, "unpackaged/");
    out.close("fileProperties");
  }
  out.element("id", retrieval->id);
  for (const RetrieveProblem& problem : retrieval->problems)
    out.open("messages")
        .element("fileName", problem.file)
        .element("problem", problem.text)
        .close("messages");
  out.element("status", "Succeeded").element("success", "true");
  if (with_zip) out.element("zipFile", base64::encode(retrieval->zip));
  return out.close("result").take();
}

}  // namespace flit::sim::salesforce
