#include "sim/interactive/truth/truth.hpp"

#include "base/decimal.hpp"
#include "sim/interactive/truth/findings.hpp"

namespace flit::sim::interactive {

namespace {

void write_outcome(json::Writer& out, const Outcome& outcome) {
  out.begin_object().member("outcome", outcome.outcome);
  if (!outcome.target.empty()) out.member("target", outcome.target);
  if (!outcome.into.empty()) out.member("into", outcome.into);
  if (outcome.routed) out.member("routed", true);
  if (!outcome.reason.empty()) out.member("reason", outcome.reason);
  out.end_object();
}

template <typename Ids>
void write_ids(json::Writer& out, std::string_view key, const Ids& ids) {
  out.key(key).begin_array();
  for (const std::uint64_t id : ids) out.string(std::to_string(id));
  out.end_array();
}

std::size_t count_merged(const RecordTable& table) {
  std::size_t merged = 0;
  Cells cells;
  for (const Row& row : table.rows()) {
    if (!row.is_archived()) continue;
    table.read(row, cells);
    merged += cells.merged_into.empty() ? 0 : 1;
  }
  return merged;
}

void write_counts(json::Writer& out, const Dataset& data) {
  out.key("counts").begin_object();
  for (const auto& table : data.tables) {
    const std::size_t merged = count_merged(*table);
    const auto purged = data.purged.find(table->schema().name);
    out.key(table->schema().name).begin_object().member("active", table->live());
    out.member("archived", table->archived() - merged).member("merged", merged);
    out.member("purged", purged == data.purged.end() ? 0 : purged->second.size()).end_object();
  }
  out.key("files").begin_object().member("active", data.files.size()).end_object();
  out.key("stage_history").begin_object().member("active", data.history.size()).end_object();
  out.end_object();
  out.key("purged").begin_object();
  for (const auto& [object, ids] : data.purged) write_ids(out, object, ids);
  out.end_object();
  out.key("associations").begin_object();
  for (const auto& edges : data.edges) {
    std::size_t live = 0;
    for (const Edge& edge : edges->edges()) live += edge.archived ? 0 : 1;
    if (live != 0) out.member(edges->type().from + "→" + edges->type().to, live);
  }
  out.end_object();
}

/// Of each currency property over the live records; all that do not parse are left out.
std::vector<Decimal> sums_of(const RecordTable& table) {
  const auto& properties = table.schema().properties();
  std::vector<Decimal> sums(properties.size());
  Cells cells;
  for (const Row& row : table.rows()) {
    if (row.is_archived()) continue;
    table.read(row, cells);
    for (std::size_t i = 0; i < properties.size(); ++i) {
      if (properties[i].type != PropertyType::currency || cells.values[i].empty()) continue;
      const auto value = Decimal::parse(unquoted(cells.values[i]));
      const auto sum = value ? sums[i].plus(*value) : Error{};
      if (sum) sums[i] = *sum;
    }
  }
  return sums;
}

void write_sums(json::Writer& out, const Dataset& data) {
  out.key("sums").begin_object();
  for (const auto& table : data.tables) {
    const auto& properties = table->schema().properties();
    const std::vector<Decimal> sums = sums_of(*table);
    for (std::size_t i = 0; i < properties.size(); ++i)
      if (properties[i].type == PropertyType::currency && !sums[i].is_zero())
        out.member(table->schema().name + "." + properties[i].name,
                   sums[i].text(Decimal::Zeros::dropped));
  }
  out.end_object();
}

void write_digests(json::Writer& out, const Judge& judge) {
  out.key("digests").begin_object().key("files").begin_object();
  for (const File& file : judge.data().files)
    if (file.status == FileStatus::available)
      out.member(std::to_string(file.id), "sha256:" + judge.sha256_of(file));
  out.end_object().end_object();
}

template <typename Items, typename Judgement>
void write_exceptions(json::Writer& out, const Outcome& usual, const Items& items,
                      Judgement&& judge) {
  out.begin_object().key("default");
  write_outcome(out, usual);
  out.key("except").begin_object();
  for (const auto& item : items) {
    const Outcome outcome = judge(item);
    if (outcome == usual) continue;
    out.key(std::to_string(item.id));
    write_outcome(out, outcome);
  }
  out.end_object().end_object();
}

void write_outcomes(json::Writer& out, const Judge& judge) {
  out.key("outcomes").begin_object();
  for (const auto& table : judge.data().tables) {
    out.key(table->schema().name);
    write_exceptions(out, judge.usual(table->schema()), table->rows(),
                     [&](const Row& row) { return judge.of(*table, row); });
  }
  out.key("files");
  write_exceptions(out, judge.usual_file(), judge.data().files,
                   [&](const File& file) { return judge.of_file(file); });
  out.end_object();
}

void write_findings(json::Writer& out, const Judge& judge) {
  out.key("findings").begin_array();
  const Findings findings = find_all(judge);
  for (const auto& [code, by_object] : findings.all())
    for (const auto& [object, ids] : by_object) {
      out.begin_object().member("code", code).member("object", object);
      write_ids(out, "ids", ids);
      out.end_object();
    }
  out.end_array();
  out.key("spouses").begin_array();
  for (const auto& [one, other] : spouses_to_link(judge)) {
    out.begin_array().string(std::to_string(one)).string(std::to_string(other)).end_array();
  }
  out.end_array();
}

void write_cases(json::Writer& out, const Dataset& data) {
  out.key("cases").begin_array();
  for (const TruthCase& one : data.cases) {
    out.begin_object().member("case", one.name).key("rows").begin_array();
    for (const std::string& row : one.rows) out.string(row);
    out.end_array().member("object", one.object);
    write_ids(out, "ids", one.ids);
    out.key("expect").raw(one.expect).end_object();
  }
  out.end_array();
}

}  // namespace

std::string truth_text(const Dataset& data, const TruthSettings& settings) {
  const Judge judge(data, settings);
  json::Writer out;
  out.begin_object().member("flitsim_truth", 1).member("source", "interactive");
  out.member("path",
             judge.is_dynamics() ? "interactive-to-dynamics365" : "interactive-to-salesforce");
  out.member("seed", data.seed).member("clock", instant_text(data.clock_ms));
  write_counts(out, data);
  write_sums(out, data);
  write_digests(out, judge);
  write_outcomes(out, judge);
  write_findings(out, judge);
  write_cases(out, data);
  out.end_object();
  return out.take();
}

}  // namespace flit::sim::interactive
