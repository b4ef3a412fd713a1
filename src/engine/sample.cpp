#include "engine/sample.hpp"

#include <algorithm>

#include "engine/also_rows.hpp"
#include "engine/link_rows.hpp"
#include "engine/preflight.hpp"
#include "engine/risk_survey.hpp"
#include "engine/row_builder.hpp"
#include "store/edges.hpp"

namespace flit::engine {
namespace {

constexpr std::int64_t chunk_size = 2000;

std::optional<std::size_t> route_to(const mapping::CompiledObject& compiled,
                                    const std::string& table) {
  for (std::size_t route = 0; route < compiled.routes(); ++route)
    if (compiled.table(route) == table) return route;
  return {};
}

}  // namespace

Result<Sample> Sampling::choose(const SampleSettings& settings, std::stop_token stop) {
  FLIT_TRY(risks, RiskSurvey(migration_).run(stop));
  Sample sample{.risks = risks.size()};
  Keys chosen;
  for (const Risk& risk : risks) {
    if (chosen.size() >= settings.size) break;
    FLIT_TRY(more, with_dependencies(risk.record, chosen));
    chosen.insert(more.begin(), more.end());
  }
  for (const Risk& risk : risks) sample.covered += chosen.contains(risk.record);
  FLIT_TRY_VOID(fill_up(settings.size, chosen));
  FLIT_TRY_VOID(mark(chosen, sample));
  FLIT_TRY_VOID(mark_links(chosen, sample));
  FLIT_TRY_VOID(mark_own(sample));
  return sample;
}

Result<Sampling::Keys> Sampling::with_dependencies(const model::SourceKey& record,
                                                   const Keys& known) const {
  Keys found;
  std::vector<model::SourceKey> open{record};
  while (!open.empty()) {
    model::SourceKey next = std::move(open.back());
    open.pop_back();
    if (known.contains(next) || !found.insert(next).second) continue;
    FLIT_TRY(needed, dependencies_of(next));
    for (model::SourceKey& one : needed) open.push_back(std::move(one));
  }
  return found;
}

/// The row that a record will have, or the one that stands in for an archived one; none: we make
/// none. A row that was made already counts, so a sample that is begun again is the same one.
Result<std::optional<store::Assignment>> Sampling::row_of(store::sql::Connection& connection,
                                                          const model::SourceKey& key) const {
  const auto& assignments = migration_.environment.books.assignments;
  const RowsOfMap rows = rows_of(migration_.map, key.object);
  FLIT_TRY(record, assignments.find(connection, rows.object, key.id, rows.role));
  if (record && record->verdict == store::Verdict::create) return record;
  return assignments.find(connection, key.object, key.id, "placeholder");
}

/// What the record's row leads to, as its builder says.
Result<std::vector<model::SourceKey>> Sampling::dependencies_of(
    const model::SourceKey& record) const {
  const Environment& environment = migration_.environment;
  std::optional<store::Assignment> row;
  FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(found, row_of(reader, record));
    row = std::move(found);
    return {};
  }));
  const mapping::CompiledObject* compiled = migration_.map.find(record.object);
  if (!row || row->role == "placeholder" || compiled == nullptr)
    return std::vector<model::SourceKey>();
  const auto route = route_to(*compiled, row->table);
  if (!route) return std::vector<model::SourceKey>();
  FLIT_TRY(built, build(*row, record.object, *route));
  built.refers_to.insert(built.refers_to.end(), built.also.begin(), built.also.end());
  return made_by_us(built.refers_to);
}

Result<BuiltRow> Sampling::build(const store::Assignment& row, const std::string& object,
                                 std::size_t route) const {
  const Environment& environment = migration_.environment;
  const Identities identities(environment.ledger.info().id, environment.ledger.info().generation);
  const LedgerLookups lookups(environment.ledger, environment.books, migration_.owners);
  RowBuilder builder({migration_.map, environment.ledger, environment.books, lookups, identities,
                      &migration_.path},
                     object, route);
  BuiltRow built;
  model::Arena arena;
  std::vector<model::Value> cells(builder.columns().size());
  FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) {
    return environment.books.worklist.fetch(
        reader, {&row, 1}, [&](const store::Worklist::Item& item) {
          return builder.build(item.staged.record, arena, cells, built);
        });
  }));
  return built;
}

/// Without those whose rows were there before us.
Result<std::vector<model::SourceKey>> Sampling::made_by_us(
    const std::vector<model::SourceKey>& keys) const {
  std::vector<model::SourceKey> ours;
  FLIT_TRY_VOID(
      migration_.environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        for (const model::SourceKey& key : keys) {
          FLIT_TRY(row, row_of(reader, key));
          if (row) ours.push_back(key);
        }
        return {};
      }));
  return ours;
}

/// Risks that take few records leave room: the first records of each object in turn.
Result<void> Sampling::fill_up(std::size_t size, Keys& chosen) const {
  const Environment& environment = migration_.environment;
  for (const std::string& object : Preflight::objects_of(migration_.map)) {
    if (migration_.map.find(object) == nullptr || chosen.size() >= size) continue;
    const std::size_t share = (size - chosen.size()) / 2 + 1;
    std::vector<model::SourceKey> candidates;
    FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) {
      return environment.books.assignments.scan(
          reader, {.object = object, .role = "primary", .verdict = store::Verdict::create}, 0,
          static_cast<std::int64_t>(share), [&](const store::Assignment& one) {
            candidates.push_back({object, one.source_id});
            return Result<void>();
          });
    }));
    for (const model::SourceKey& candidate : candidates) {
      if (chosen.size() >= size) break;
      FLIT_TRY(more, with_dependencies(candidate, chosen));
      chosen.insert(more.begin(), more.end());
    }
  }
  return {};
}

/// A key is a record, or an archived one for which a placeholder stands.
Result<void> Sampling::mark(const Keys& chosen, Sample& sample) {
  Environment& environment = migration_.environment;
  return environment.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
    auto& assignments = environment.books.assignments;
    FLIT_TRY_VOID(assignments.forget_sample(transaction));
    for (const model::SourceKey& key : chosen) {
      FLIT_TRY(row, row_of(transaction, key));
      if (!row) continue;
      FLIT_TRY_VOID(assignments.mark_sampled(transaction, row->id, true));
      if (row->role == "placeholder") {
        ++sample.placeholders;
      } else if (!is_also(row->role)) {
        ++sample.records;
        ++sample.by_object[key.object];
      }
    }
    return {};
  });
}

/// Links whose both ends are in the sample.
Result<void> Sampling::mark_links(const Keys& chosen, Sample& sample) {
  Environment& environment = migration_.environment;
  for (const packs::LinkTable& links : migration_.path.link_tables) {
    for (std::int64_t after = 0;;) {
      std::vector<std::int64_t> marked;
      std::int64_t last = after;
      FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) {
        return environment.books.assignments.scan(
            reader, {.table = links.table, .verdict = store::Verdict::create}, after, chunk_size,
            [&](const store::Assignment& one) {
              last = one.id;
              const LinkName name = LinkName::of(one);
              const auto [from, to] = store::ends_of(name.association);
              if (chosen.contains({std::string(from), name.from}) &&
                  chosen.contains({std::string(to), name.to}))
                marked.push_back(one.id);
              return Result<void>();
            });
      }));
      if (last == after) break;
      after = last;
      sample.links += marked.size();
      const Result<void> written =
          environment.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
            for (const std::int64_t id : marked)
              FLIT_TRY_VOID(environment.books.assignments.mark_sampled(transaction, id, true));
            return {};
          });
      if (!written) return Error(written.error());
    }
  }
  return {};
}

/// Records of the pack are few, and everything may refer to them.
Result<void> Sampling::mark_own(Sample& sample) {
  Environment& environment = migration_.environment;
  std::vector<std::int64_t> own;
  FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) {
    return environment.books.assignments.scan(reader, {.role = "own"}, 0, chunk_size,
                                              [&](const store::Assignment& one) {
                                                own.push_back(one.id);
                                                return Result<void>();
                                              });
  }));
  sample.own = own.size();
  return environment.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
    for (const std::int64_t id : own)
      FLIT_TRY_VOID(environment.books.assignments.mark_sampled(transaction, id, true));
    return {};
  });
}

}  // namespace flit::engine
