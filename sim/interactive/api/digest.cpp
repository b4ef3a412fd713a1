#include "sim/interactive/api/digest.hpp"

#include "sim/interactive/api/catalogue_writer.hpp"
#include "sim/interactive/api/record_writer.hpp"

namespace flit::sim::interactive {

namespace {

template <typename Items>
void add_all(DigestReport& report, RowHasher& hasher, const std::string& name, const Items& items) {
  TableDigest& table = report.tables[name];
  json::Writer out;
  for (const auto& item : items) {
    out.clear();
    write(out, item);
    table.add(hasher.cell("json", out.view()).finish());
  }
}

void add_records(DigestReport& report, RowHasher& hasher, const Dataset& data,
                 const RecordTable& table) {
  TableDigest& digest = report.tables[table.schema().name];
  RecordWriter writer(data, table, everything(table));
  std::string text;
  for (const Row& row : table.rows()) {
    text.clear();
    writer.append(text, row);
    digest.add(hasher.cell("json", text).finish());
  }
}

void add_edges(DigestReport& report, RowHasher& hasher, const EdgeTable& table) {
  if (table.edges().empty()) return;
  TableDigest& digest = report.tables[table.type().from + "→" + table.type().to];
  std::string text;
  for (const Edge& edge : table.edges()) {
    text.clear();
    append_edge(text, table, edge, Direction::forward);
    digest.add(hasher.cell("json", text).finish());
  }
}

}  // namespace

DigestReport digest_of(const Dataset& data) {
  DigestReport report;
  RowHasher hasher;
  for (const auto& table : data.tables) {
    add_records(report, hasher, data, *table);
    json::Writer out;
    for (const Property& property : table->schema().properties()) {
      out.clear();
      write(out, property);
      report.schema.add(
          hasher.cell("object", table->schema().name).cell("json", out.view()).finish());
    }
  }
  for (const auto& table : data.edges) add_edges(report, hasher, *table);
  add_all(report, hasher, "owners", data.owners);
  add_all(report, hasher, "pipelines", data.pipelines);
  add_all(report, hasher, "tags", data.tags);
  add_all(report, hasher, "stage_history", data.history);
  add_all(report, hasher, "files", data.files);
  add_all(report, hasher, "clauses", data.clauses);
  TableDigest& workflows = report.tables["workflows"];
  for (const Workflow& workflow : data.workflows)
    workflows.add(hasher.cell("json", workflow.json).finish());
  return report;
}

}  // namespace flit::sim::interactive
