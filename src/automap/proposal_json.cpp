#include <cmath>

#include "automap/proposal_text.hpp"

namespace flit::automap {

namespace {

// Three digits: the calibration supports no more.
double rounded(double value) {
  return std::round(value * 1000.0) / 1000.0;
}

constexpr std::string_view band_names[] = {"ready", "check", "decide"};

void write_reasons(json::Writer& out, const std::vector<Reason>& reasons) {
  out.key("reasons").begin_array();
  for (const Reason& reason : reasons)
    out.begin_object()
        .member("feature", reason.feature)
        .member("evidence", reason.evidence)
        .member("contribution", rounded(reason.contribution))
        .end_object();
  out.end_array();
}

void write_candidates(json::Writer& out, const FieldProposal& field) {
  out.key("candidates").begin_array();
  for (const Target& target : field.candidates) {
    out.begin_object()
        .member("dest_object", target.table)
        .member("dest_field", target.column)
        .member("confidence", rounded(target.confidence));
    write_reasons(out, target.reasons);
    if (!target.why_not.empty()) out.member("why_not", target.why_not);
    out.end_object();
  }
  out.end_array();
}

void write_field(json::Writer& out, const FieldProposal& field) {
  out.begin_object().member("source_object", field.object).member("source_field", field.field);
  out.member("band", band_names[static_cast<std::size_t>(field.band)]);
  write_candidates(out, field);
  if (!field.value_map.empty()) {
    out.key("value_map").begin_object();
    for (const ValuePair& pair : field.value_map) {
      out.key(pair.from);
      if (pair.to)
        out.string(*pair.to);
      else
        out.null();
    }
    out.end_object();
  }
  if (!field.conversion.empty()) out.member("conversion", field.conversion);
  if (!field.warning.empty()) out.member("warning", field.warning);
  if (!field.refusal.empty())
    out.member("refusal", field.refusal).member("refusal_text", field.refusal_text);
  if (!field.contended_by.empty()) out.member("contended_by", field.contended_by);
  if (field.new_column) {
    out.key("new_column")
        .begin_object()
        .member("table", field.new_column->table)
        .member("label", field.new_column->label)
        .member("type", field.new_column->type);
    if (field.new_column->length > 0) out.member("length", field.new_column->length);
    if (!field.new_column->choices.empty()) {
      out.key("choices").begin_array();
      for (const std::string& choice : field.new_column->choices) out.string(choice);
      out.end_array();
    }
    out.member("why", field.new_column->why).end_object();
  }
  out.end_object();
}

void write_branches(json::Writer& out, const ObjectProposal& object) {
  out.key("branches").begin_array();
  for (const Branch& branch : object.branches) {
    out.begin_object().member("dest_object", branch.table).key("values").begin_array();
    for (const std::string& value : branch.values) out.string(value);
    out.end_array().end_object();
  }
  out.end_array().member("rest", object.rest);
}

}  // namespace

namespace {

void write_object(json::Writer& out, const ObjectProposal& object) {
  out.begin_object().member("source_object", object.object).member("shape", object.shape);
  if (!object.discriminator.empty()) out.member("discriminator", object.discriminator);
  if (!object.branches.empty()) write_branches(out, object);
  out.key("candidates").begin_array();
  for (const TableProposal& table : object.tables)
    out.begin_object()
        .member("dest_object", table.table)
        .member("confidence", rounded(table.confidence))
        .end_object();
  out.end_array().end_object();
}

}  // namespace

ProposalText::ProposalText(double threshold, const std::vector<ObjectProposal>& objects)
    : out_(json::Writer::Style::pretty) {
  out_.begin_object().member("threshold", threshold).key("objects").begin_array();
  for (const ObjectProposal& object : objects) write_object(out_, object);
  out_.end_array().key("fields").begin_array();
}

void ProposalText::add(const FieldProposal& field) {
  write_field(out_, field);
}

std::string ProposalText::so_far() {
  return out_.drain();
}

std::string ProposalText::rest() {
  out_.end_array().end_object();
  return out_.take() + "\n";
}

std::string to_json(const Proposal& proposal) {
  ProposalText text(proposal.threshold, proposal.objects);
  for (const FieldProposal& field : proposal.fields) text.add(field);
  return text.rest();
}

}  // namespace flit::automap
