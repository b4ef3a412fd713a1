#include "sim/salesforce/api/blob_parts.hpp"

#include <fmt/format.h>

namespace flit::sim::salesforce {
namespace {

Cell bytes(std::string_view content) {
  return {.kind = CellKind::blob, .number = -1, .text = content};
}

}  // namespace

Answer<BlobParts> BlobParts::of(const ApiCall& call) {
  BlobParts made;
  const std::string_view content_type = call.header("Content-Type");
  if (!bulk::is_multipart(content_type)) {
    made.json_ = call.body;
    return made;
  }
  auto parts = bulk::read_form(content_type, call.body);
  if (!parts) return refuse("INVALID_MULTIPART_REQUEST", parts.error().message);
  for (const bulk::FormPart& part : *parts) {
    if (part.content_type.find("json") != std::string_view::npos)
      made.json_ = part.content;
    else
      made.parts_.push_back(part);
  }
  return made;
}

void BlobParts::set_named(Draft& draft) const {
  for (const bulk::FormPart& part : parts_) {
    const Field* field = draft.object().find_visible(part.name);
    if (field != nullptr && field->type == FieldType::base64)
      draft.set(*field, bytes(part.content));
  }
}

Answer<void> BlobParts::set_referenced(json::Value record, Draft& draft) const {
  const std::string_view name = record["attributes"]["binaryPartName"].string_or("");
  if (name.empty()) return {};
  const bulk::FormPart* part = bulk::find_part(parts_, name);
  if (part == nullptr)
    return refuse("INVALID_MULTIPART_REQUEST",
                  fmt::format("Binary part not found in the request: {}", name));
  const std::string_view alias = record["attributes"]["binaryPartNameAlias"].string_or("");
  for (const Field& field : draft.object().fields()) {
    if (field.type != FieldType::base64 || !field.is_visible()) continue;
    if (!alias.empty() && alias != field.name) continue;
    draft.set(field, bytes(part->content));
    return {};
  }
  return refuse("INVALID_FIELD",
                fmt::format("{} has no binary field {}", draft.object().name, alias));
}

}  // namespace flit::sim::salesforce
