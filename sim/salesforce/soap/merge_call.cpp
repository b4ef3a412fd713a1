// merge over SOAP (fact sheet §8):
// <request><masterRecord>…</masterRecord><recordToMergeIds>…</request>

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/soap/partner_soap.hpp"
#include "sim/salesforce/values/read_value.hpp"

namespace flit::sim::salesforce {
namespace {

RecordId id_in(const xml::Node* node, std::string_view name) {
  if (node == nullptr) return {};
  const std::string_view lower = node->value("id");
  return RecordId::parse(lower.empty() ? node->value(name) : lower).value_or(RecordId());
}

/// The fields of the master that change along with the merge.
Answer<void> change_master(Work& work, RecordId master, const xml::Node& node) {
  const Object* object = nullptr;
  if (work.org.store->find(master, &object) == nullptr)
    return refuse("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
  Draft draft(*object);
  for (const xml::Node& child : node.children) {
    if (child.name == "type" || text::equals_ascii_fold(child.name, "Id")) continue;
    const bool nulls = child.name == "fieldsToNull";
    const std::string_view name = nulls ? text::trim(child.text) : std::string_view(child.name);
    const Field* field = object->find_visible(name);
    if (field == nullptr) return refuse(errors::no_such_column(*object, name));
    FLIT_TRY(cell, read_text(*field, nulls || child.nil ? std::string_view() : child.text,
                             draft.scratch));
    draft.set(*field, cell);
  }
  if (draft.touched().empty()) return {};
  return update_record(work, master, draft);
}

Answer<std::vector<RecordId>> merge(Work& work, const xml::Node& request) {
  const xml::Node* node = request.child("masterRecord");
  const RecordId master = id_in(node, "Id");
  std::vector<RecordId> losers;
  for (const xml::Node* id : request.all("recordToMergeIds"))
    losers.push_back(RecordId::parse(text::trim(id->text)).value_or(RecordId()));
  FLIT_TRY(related, merge_records(work, master, losers));
  FLIT_TRY_VOID(change_master(work, master, *node));
  return related;
}

}  // namespace

std::string merge_result(Work& work, const xml::Node& request) {
  const std::size_t mark = work.transaction.mark();
  const auto related = merge(work, request);
  if (!related) work.transaction.roll_back_to(mark);
  xml::Writer out{xml::Writer::Fragment{}};
  out.open("result");
  if (!related) {
    out.open("errors").element("message", related.error().message);
    out.element("statusCode", related.error().code).close("errors");
  }
  out.element("id", id_in(request.child("masterRecord"), "Id").text());
  if (related) {
    for (const xml::Node* id : request.all("recordToMergeIds"))
      out.element("mergedRecordIds", RecordId::parse(text::trim(id->text))->text());
  }
  out.element("success", related ? "true" : "false");
  if (related)
    for (const RecordId id : *related) out.element("updatedRelatedIds", id.text());
  return out.close("result").take();
}

}  // namespace flit::sim::salesforce
