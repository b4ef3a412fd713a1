#include "engine/setup_manifest.hpp"

#include <map>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "engine/fingerprint.hpp"
#include "engine/schema_change_json.hpp"

namespace flit::engine {
namespace {

/// What is wanted, without the numbers of options: those of a column that is there are its own.
std::string wish(const model::SchemaChange& change) {
  model::SchemaChange plain = change;
  if (auto* column = std::get_if<model::CreateColumn>(&plain))
    for (model::Option& option : column->column.options) option.value.clear();
  return change_json(plain);
}

/// Sets one's table apart from another's in the text.
struct TableOf {
  std::string operator()(const model::CreateTable& step) const { return step.table.name; }
  std::string operator()(const model::CreateColumn& step) const { return step.table; }
  std::string operator()(const model::CreateChoice&) const { return "choices"; }
  std::string operator()(const model::AddOption& step) const { return step.table; }
  std::string operator()(const model::CreateRelationship& step) const {
    return step.relationship.child;
  }
  std::string operator()(const model::CreateKey& step) const { return step.table; }
};

std::string licence_text(const LicenceImpact& licence) {
  const std::string edition = licence.edition.empty() ? "not known" : licence.edition;
  const std::string limit =
      licence.limit ? fmt::format("at most {}", *licence.limit) : std::string("no limit");
  return fmt::format("licence: edition {}, custom tables {} there and {} new, {}\n", edition,
                     licence.custom_tables_there, licence.custom_tables_new, limit);
}

void write_problems(json::Writer& out, const SetupPlan& plan) {
  out.key("problems").begin_array();
  for (const SetupProblem& problem : plan.problems) {
    out.begin_object().member("where", problem.where).member("message", problem.message);
    out.member("remedy", problem.remedy).end_object();
  }
  out.end_array();
}

void write_licence(json::Writer& out, const LicenceImpact& licence) {
  out.key("licence").begin_object().member("edition", licence.edition);
  out.member("custom_tables_there", licence.custom_tables_there);
  out.member("custom_tables_new", licence.custom_tables_new).key("limit");
  if (licence.limit)
    out.integer(*licence.limit);
  else
    out.null();
  out.member("exceeded", licence.exceeded()).end_object();
}

}  // namespace

std::string fingerprint_of(const SetupPlan& plan) {
  std::string wanted;
  for (const PlannedChange& one : plan.changes)
    // A further option is wanted by its column already.
    if (!std::holds_alternative<model::AddOption>(one.change)) wanted += wish(one.change) + "\n";
  return fingerprint_of(wanted);
}

std::string manifest_json(const SetupPlan& plan) {
  json::Writer out(json::Writer::Style::pretty);
  out.begin_object().member("fingerprint", fingerprint_of(plan));
  out.member("steps", plan.changes.size()).member("missing", plan.missing());
  write_licence(out, plan.licence);
  write_problems(out, plan);
  out.key("changes").begin_array();
  for (const PlannedChange& one : plan.changes) {
    out.begin_object().member("what", model::describe(one.change)).member("there", one.there);
    out.member("reason", one.reason).member("row", one.row).key("change");
    write_change(out, one.change);
    out.end_object();
  }
  out.end_array().end_object();
  return out.take() + "\n";
}

std::string manifest_text(const SetupPlan& plan) {
  std::map<std::string, std::string> by_table;
  for (const PlannedChange& one : plan.changes) {
    std::string& lines = by_table[std::visit(TableOf{}, one.change)];
    lines += fmt::format("  {} {}", one.there ? '=' : '+', model::describe(one.change));
    if (!one.row.empty()) lines += fmt::format(" [{}]", one.row);
    if (!one.reason.empty()) lines += ": " + one.reason;
    lines += '\n';
  }
  std::string text;
  for (const auto& [table, lines] : by_table) text.append(table).append("\n").append(lines);
  for (const SetupProblem& problem : plan.problems)
    text += fmt::format("problem: {} {}. {}\n", problem.where, problem.message, problem.remedy);
  return text + licence_text(plan.licence) +
         fmt::format("{} steps, {} to make; fingerprint {}\n", plan.changes.size(), plan.missing(),
                     fingerprint_of(plan).substr(0, 12));
}

}  // namespace flit::engine
