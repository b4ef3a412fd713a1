#include "engine/matching.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engine/identity.hpp"
#include "mapping/text_converters.hpp"
#include "store/notebook.hpp"

namespace flit::engine {
namespace {

using store::MatchPair;
using store::MatchSide;
using store::Verdict;

constexpr std::int64_t chunk_size = 2000;

std::optional<Verdict> verdict_named(std::string_view then) {
  if (then == "hold") return Verdict::hold;
  if (then == "use") return Verdict::match;
  if (then == "update") return Verdict::update;
  return {};
}

std::string_view argument(const model::FieldRule& rule, std::string_view name) {
  for (const auto& [key, value] : rule.arguments)
    if (key == name) return value;
  return {};
}

}  // namespace

Result<std::vector<Matching::Rule>> Matching::rules() const {
  std::vector<Rule> all;
  for (const model::ObjectMap& object : migration_.map.document().objects)
    if (migration_.map.find(object.object) != nullptr)
      for (const model::FieldRule& field : object.fields)
        FLIT_TRY_VOID(add_rules(object, field, all));
  return all;
}

Result<void> Matching::add_rules(const model::ObjectMap& object, const model::FieldRule& field,
                                 std::vector<Rule>& all) const {
  const std::string_view then = argument(field, "match");
  if (then.empty()) return {};
  const auto found = verdict_named(then);
  if (!found)
    return Error{.fault = Fault::setup,
                 .message = fmt::format("match is hold, use or update, found '{}'", then),
                 .where = fmt::format("{} › fields › {}", object.object, field.to),
                 .remedy = "Edit map/ and run `flitstack map check`"};
  for (const model::Route& route : object.routes) {
    const bool meant = field.tables.empty() || std::find(field.tables.begin(), field.tables.end(),
                                                         route.table) != field.tables.end();
    const model::Object* table = migration_.map.destination().find_object(route.table);
    const model::Field* column = table == nullptr ? nullptr : table->find_field(field.to);
    if (!meant || column == nullptr) continue;
    all.push_back({object.object, route.table, field.from, field.to, *found,
                   static_cast<std::int64_t>(all.size()), column->type == model::FieldType::email});
  }
  return {};
}

std::string Matching::key_of(const Rule& rule, std::string_view value) const {
  return rule.folded ? text::fold(text::trim(value)) : std::string(text::trim(value));
}

Result<MatchCounts> Matching::run(std::stop_token stop) {
  MatchCounts counts;
  FLIT_TRY_VOID(migration_.environment.ledger.commit(store::clear_match_keys));
  FLIT_TRY(all, rules());
  for (const Rule& rule : all) {
    FLIT_TRY(any, collect_rows(rule, stop));
    if (!any) continue;
    FLIT_TRY_VOID(collect_records(rule, stop));
    FLIT_TRY_VOID(decide(rule, counts));
  }
  return counts;
}

Result<bool> Matching::collect_rows(const Rule& rule, std::stop_token stop) {
  const packs::PathPack& path = migration_.path;
  const model::Object& table = *migration_.map.destination().find_object(rule.table);
  const bool stamped = !path.stamp.empty() && table.find_field(path.stamp) != nullptr;
  std::vector<std::string> columns{rule.to};
  if (stamped) columns.push_back(path.stamp);
  const std::int64_t stamp = stamp_of(migration_.environment.ledger.info());
  bool any = false;
  std::optional<model::Cursor> from;
  do {
    std::vector<std::pair<std::string, std::string>> keys;
    FLIT_TRY(next, migration_.pacer.call<std::optional<model::Cursor>>(Repeat::reads, stop, [&] {
      keys.clear();
      return migration_.destination.reader.scan(
          {.table = rule.table, .columns = columns}, from,
          [&](const model::ReadRow& row) {
            const bool ours = stamped && row.cells[1].display() == std::to_string(stamp);
            const std::string key = key_of(rule, row.cells[0].display());
            if (!ours && !key.empty()) keys.emplace_back(key, row.id);
            return Result<void>();
          },
          stop);
    }));
    const Result<void> written = migration_.environment.ledger.commit(
        [&](store::sql::Connection& transaction) -> Result<void> {
          for (const auto& [key, id] : keys)
            FLIT_TRY_VOID(
                store::add_match_key(transaction, rule.number, MatchSide::destination, key, id));
          return {};
        });
    if (!written) return Error(written.error());
    any |= !keys.empty();
    from = std::move(next);
  } while (from);
  return any;
}

Result<void> Matching::collect_records(const Rule& rule, std::stop_token stop) {
  const mapping::FieldNumbers& numbers = migration_.map.find(rule.object)->numbers();
  const auto field = numbers.find(rule.from);
  if (!field) return {};
  mapping::RecordView view(numbers);
  Environment& environment = migration_.environment;
  std::int64_t last = 0;
  for (std::int64_t after = -1; last > after;) {
    if (stop.stop_requested())
      return Error{.fault = Fault::cancelled, .message = "stopped while matching"};
    after = last;
    std::vector<std::pair<std::string, std::string>> keys;
    const Result<void> read = environment.ledger.read([&](store::sql::Connection& reader) {
      return environment.books.worklist.scan(
          reader, rule.object, after, chunk_size,
          [&](const store::StagedRecord& staged, const store::Assignment& one) -> Result<void> {
            last = staged.seq;
            if (one.verdict != Verdict::create || one.table != rule.table) return {};
            FLIT_TRY_VOID(view.open(staged.record.payload));
            std::string buffer;
            const json::Value value = view.field(*field);
            if (mapping::is_empty(value)) return {};
            keys.emplace_back(key_of(rule, mapping::text_of(value, buffer)), one.source_id);
            return {};
          });
    });
    if (!read) return Error(read.error());
    const Result<void> written =
        environment.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
          for (const auto& [key, id] : keys)
            FLIT_TRY_VOID(
                store::add_match_key(transaction, rule.number, MatchSide::source, key, id));
          return {};
        });
    if (!written) return Error(written.error());
  }
  return {};
}

Result<void> Matching::decide(const Rule& rule, MatchCounts& counts) {
  std::string after;
  while (true) {
    std::vector<MatchPair> pairs;
    FLIT_TRY_VOID(migration_.environment.ledger.read([&](store::sql::Connection& reader) {
      return store::match_pairs(reader, rule.number, after, chunk_size, [&](const MatchPair& pair) {
        pairs.push_back(pair);
        return Result<void>();
      });
    }));
    if (pairs.empty()) return {};
    after = pairs.back().key;
    FLIT_TRY_VOID(apply(rule, pairs, counts));
  }
}

Result<void> Matching::apply(const Rule& rule, const std::vector<MatchPair>& pairs,
                             MatchCounts& counts) {
  auto& assignments = migration_.environment.books.assignments;
  return migration_.environment.ledger.commit(
      [&](store::sql::Connection& transaction) -> Result<void> {
        std::vector<store::Assignment> decided;
        for (const MatchPair& pair : pairs) {
          if (!pair.unique()) {
            FLIT_TRY_VOID(hold(transaction, rule, pair, counts));
            continue;
          }
          FLIT_TRY(one, assignments.find(transaction, rule.object, pair.record, "primary"));
          // A rule before this one may have found a row already.
          if (!one || one->state != store::State::planned || one->verdict != Verdict::create)
            continue;
          one->target_id = pair.row;
          one->verdict = rule.found;
          one->reason = one->verdict == Verdict::hold ? "exists_over_there" : "matched";
          one->detail = fmt::format("{} is {} of a row over there", rule.from, rule.to);
          decided.push_back(std::move(*one));
          ++counts.matched;
        }
        return assignments.plan(transaction, decided);
      });
}

/// The value is over there, and more than one could be meant: a person decides.
Result<void> Matching::hold(store::sql::Connection& transaction, const Rule& rule,
                            const MatchPair& pair, MatchCounts& counts) {
  auto& assignments = migration_.environment.books.assignments;
  std::vector<std::string> ids;
  FLIT_TRY_VOID(store::match_records(transaction, rule.number, pair.key, [&](std::string_view id) {
    ids.emplace_back(id);
    return Result<void>();
  }));
  std::vector<store::Assignment> held;
  for (const std::string& id : ids) {
    FLIT_TRY(one, assignments.find(transaction, rule.object, id, "primary"));
    if (!one || one->state != store::State::planned || one->verdict != Verdict::create) continue;
    one->verdict = Verdict::hold;
    one->reason = "match_ambiguous";
    one->detail =
        fmt::format("{}: {} records here, {} rows over there", rule.to, pair.records, pair.rows);
    held.push_back(std::move(*one));
    ++counts.ambiguous;
  }
  FLIT_TRY_VOID(assignments.plan(transaction, held));
  if (ids.empty()) return {};
  return store::add_finding(
      transaction,
      {.stage = "S-05",
       .code = "match_ambiguous",
       .object = rule.object,
       .field = rule.from,
       .message = fmt::format("one value of {} stands for several", rule.to),
       .remedy = "Merge the duplicates on one side, or take the rule out of the map",
       .count = ids.size()},
      ids);
}

}  // namespace flit::engine
