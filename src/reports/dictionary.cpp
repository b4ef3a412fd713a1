#include "reports/dictionary.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace flit::reports {
namespace {

std::string type_of(const model::Field& field) {
  std::string text(to_string(field.type));
  if (field.max_length) text += fmt::format(" {}", *field.max_length);
  if (field.scale) text += fmt::format(", {} decimals", *field.scale);
  if (!field.options.empty()) text += fmt::format(" of {}", field.options.size());
  return text;
}

std::string conversion_of(const model::FieldRule& rule) {
  std::string text = rule.convert;
  if (rule.values && !rule.values->pairs.empty()) {
    if (!text.empty()) text += "; ";
    for (std::size_t i = 0; i < rule.values->pairs.size(); ++i) {
      const auto& [from, to] = rule.values->pairs[i];
      text += fmt::format("{}{} → {}", i == 0 ? "" : ", ", from, to);
    }
  }
  if (rule.fallback && !rule.fallback->empty())
    text += fmt::format("{}else '{}'", text.empty() ? "" : "; ", *rule.fallback);
  return text;
}

/// The lines of one object of the map.
class ObjectLines {
 public:
  ObjectLines(const ReportInputs& inputs, const engine::Observed& observed,
              const model::ObjectMap& map, std::vector<DictionaryLine>& lines)
      : inputs_(inputs),
        observed_(observed),
        map_(map),
        source_(inputs.source.find_object(map.object)),
        lines_(lines) {}

  void add() {
    if (source_ == nullptr) return;
    for (const model::FieldRule& rule : map_.fields) add_rule(rule);
    for (const model::AlsoRule& also : map_.also)
      for (const model::FieldRule& rule : also.fields) add_rule(rule, also.table, also.row);
    for (const model::LinkRule& link : map_.links) add_link(link);
    for (const model::IgnoredField& ignored : map_.ignored) {
      DictionaryLine line = line_of(ignored.from);
      line.fate = "ignored";
      line.because = ignored.reason;
      put(std::move(line));
    }
    for (const model::Field& field : source_->fields) {
      if (named_.contains(field.name)) continue;
      DictionaryLine line = line_of(field.name);
      line.fate = map_.held.empty() ? "not mapped" : "held";
      line.because = map_.held.empty() && field.calculated ? "computed by the source" : map_.held;
      put(std::move(line));
    }
  }

 private:
  void put(DictionaryLine line) {
    named_.insert(line.field);
    lines_.push_back(std::move(line));
  }

  DictionaryLine line_of(const std::string& name) const {
    DictionaryLine line{.object = map_.object, .field = name};
    if (const model::Field* field = source_->find_field(name)) {
      line.label = field->label;
      line.type = type_of(*field);
    }
    const auto measured = observed_.find(map_.object + "." + name);
    if (measured == observed_.end()) return line;
    line.records = measured->second.records;
    line.filled = measured->second.filled;
    line.distinct = measured->second.distinct;
    line.longest = measured->second.longest;
    return line;
  }

  void add_rule(const model::FieldRule& rule) {
    for (const model::Route& route : map_.routes) {
      const bool meant = rule.tables.empty() || std::find(rule.tables.begin(), rule.tables.end(),
                                                          route.table) != rule.tables.end();
      if (meant) add_rule(rule, route.table, route.row);
    }
  }

  void add_rule(const model::FieldRule& rule, const std::string& table_name,
                const std::string& row) {
    const model::Object* table = inputs_.destination.find_object(table_name);
    const model::Field* column = table == nullptr ? nullptr : table->find_field(rule.to);
    if (column == nullptr) return;
    DictionaryLine line = line_of(rule.from);
    line.fate = rule.from.empty() ? "constant" : rule.preserved ? "preserved" : "mapped";
    line.table = table_name;
    line.column = rule.to;
    line.column_label = column->label;
    line.column_type = type_of(*column);
    line.conversion = conversion_of(rule);
    line.row = rule.row.empty() ? row : rule.row;
    line.because = rule.why.reason;
    put(std::move(line));
  }

  void add_link(const model::LinkRule& link) {
    for (const std::string& association : link.associations)
      for (const model::Route& route : map_.routes) {
        const bool meant = link.tables.empty() || std::find(link.tables.begin(), link.tables.end(),
                                                            route.table) != link.tables.end();
        if (!meant) continue;
        lines_.push_back({.object = map_.object,
                          .field = association,
                          .label = "Association",
                          .fate = "link",
                          .table = route.table,
                          .column = link.lookup.empty() ? link.further : link.lookup,
                          .conversion = link.further.empty() ? "" : "further ones: " + link.further,
                          .row = link.row,
                          .because = link.fallback.empty() ? "" : "else " + link.fallback});
      }
  }

  const ReportInputs& inputs_;
  const engine::Observed& observed_;
  const model::ObjectMap& map_;
  const model::Object* source_;
  std::vector<DictionaryLine>& lines_;
  std::set<std::string> named_;
};

}  // namespace

std::vector<DictionaryLine> dictionary(const ReportInputs& inputs,
                                       const engine::Observed& observed) {
  std::vector<DictionaryLine> lines;
  std::set<std::string> mapped;
  for (const model::ObjectMap& object : inputs.map.objects) {
    ObjectLines(inputs, observed, object, lines).add();
    mapped.insert(object.object);
  }
  for (const model::Object& object : inputs.source.objects) {
    if (mapped.contains(object.name)) continue;
    const model::ObjectMap unnamed{.object = object.name, .held = "the map does not name it"};
    ObjectLines(inputs, observed, unnamed, lines).add();
  }
  return lines;
}

}  // namespace flit::reports
