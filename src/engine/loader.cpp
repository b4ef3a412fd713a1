#include "engine/loader.hpp"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "base/channel.hpp"
#include "base/lanes.hpp"
#include "base/watched.hpp"

namespace flit::engine {
namespace {

using Chunk = std::vector<store::Assignment>;

/// What the lanes of a wave came to.
struct Tally {
  LoadCounts counts{};
  std::optional<Error> failed{};
};

/// The tools of one lane: nothing in them is shared.
struct LaneTools {
  LaneTools(const Loader::Parts& parts, const Identities& identities, std::string_view object,
            std::size_t route, LoadPlace place)
      : lookups(parts.environment.ledger, parts.environment.books, parts.owners),
        builder({parts.map, parts.environment.ledger, parts.environment.books, lookups, identities},
                object, route),
        loader(parts.environment, parts.writer, parts.pacer, builder, std::move(place)) {}

  LedgerLookups lookups;
  RowBuilder builder;
  ChunkLoader loader;
};

}  // namespace

Event to_event(const ChunkLoaded& event) {
  return Event("chunk_loaded", Level::debug)
      .label("phase", event.phase)
      .label("table", event.table)
      .count("done", static_cast<std::int64_t>(event.counts.done))
      .count("failed", static_cast<std::int64_t>(event.counts.failed))
      .count("requests", static_cast<std::int64_t>(event.counts.requests));
}

Loader::Loader(const Parts& parts, LoaderSettings settings)
    : parts_(parts),
      settings_(std::move(settings)),
      identities_(parts.environment.ledger.info().id, parts.environment.ledger.info().generation) {}

std::vector<Loader::Way> Loader::ways_to(const std::string& table) const {
  std::vector<Way> ways;
  for (const model::ObjectMap& object : parts_.map.document().objects) {
    const mapping::CompiledObject* compiled = parts_.map.find(object.object);
    if (compiled == nullptr) continue;
    for (std::size_t route = 0; route < compiled->routes(); ++route)
      if (compiled->table(route) == table) ways.push_back({object.object, route, table});
  }
  return ways;
}

std::int64_t Loader::rows_of(const std::string& table) const {
  for (const model::Road road : {model::Road::bulk, model::Road::individual}) {
    const auto limits = parts_.writer.limits(table, model::Verb::create, road);
    if (!limits) continue;
    const std::uint32_t suggested =
        limits->suggested_rows > 0 ? limits->suggested_rows : limits->max_rows;
    return settings_.rows > 0 ? std::min(settings_.rows, limits->max_rows) : suggested;
  }
  return 1;
}

Result<LoadCounts> Loader::run(const std::vector<packs::Phase>& phases, std::stop_token stop) {
  FLIT_TRY(total, settle_open(stop));
  for (const packs::Phase& phase : phases)
    for (const std::string& table : phase.tables)
      for (const Way& way : ways_to(table)) {
        FLIT_TRY(counts, load_way(phase, way, stop));
        total += counts;
      }
  return total;
}

/// Batches of a process that died: their rows may be there or not, so they are sent again first.
Result<LoadCounts> Loader::settle_open(std::stop_token stop) {
  std::vector<store::OpenBatch> open;
  const Result<void> read =
      parts_.environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(found, parts_.environment.books.journal.open_batches(reader));
        open = std::move(found);
        return {};
      });
  if (!read) return Error(read.error());
  LoadCounts total;
  for (const store::OpenBatch& batch : open) {
    std::optional<store::Assignment> first;
    const Result<void> looked = parts_.environment.ledger.read([&](store::sql::Connection& reader) {
      return parts_.environment.books.journal.operations(
          reader, batch.batch, [&](const store::Change& change) -> Result<void> {
            if (first) return {};
            FLIT_TRY(assignment,
                     parts_.environment.books.assignments.by_id(reader, change.assignment));
            first = std::move(assignment);
            return {};
          });
    });
    if (!looked) return Error(looked.error());
    for (const Way& way : ways_to(first ? first->table : std::string())) {
      if (way.object != first->object) continue;
      LaneTools tools(parts_, identities_, way.object, way.route,
                      {"recovery", batch.stage, batch.phase});
      FLIT_TRY(counts, tools.loader.settle_open(batch, stop));
      total += counts;
    }
  }
  return total;
}

Result<std::int64_t> Loader::deepest(const std::string& object) const {
  std::int64_t depth = 0;
  const Result<void> read =
      parts_.environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(found, parts_.environment.books.hierarchies.deepest(reader, object));
        depth = found;
        return {};
      });
  if (!read) return Error(read.error());
  return depth;
}

Result<LoadCounts> Loader::load_way(const packs::Phase& phase, const Way& way,
                                    std::stop_token stop) {
  LoadCounts total;
  FLIT_TRY(waves, deepest(way.object));
  for (std::int64_t depth = 0; depth <= waves; ++depth) {
    FLIT_TRY(counts, load_wave(phase, way, depth, stop));
    total += counts;
  }
  return total;
}

Result<Chunk> Loader::next_chunk(const Way& way, std::int64_t depth, std::int64_t after) const {
  Chunk chunk;
  const store::AssignmentFilter filter{.object = way.object,
                                       .table = way.table,
                                       .depth = depth,
                                       .verdict = store::Verdict::create,
                                       .state = store::State::planned,
                                       .only_sampled = settings_.only_sampled};
  const Result<void> read = parts_.environment.ledger.read([&](store::sql::Connection& reader) {
    return parts_.environment.books.assignments.scan(
        reader, filter, after, rows_of(way.table),
        [&](const store::Assignment& one) -> Result<void> {
          chunk.push_back(one);
          return {};
        });
  });
  if (!read) return Error(read.error());
  return chunk;
}

Result<LoadCounts> Loader::load_wave(const packs::Phase& phase, const Way& way, std::int64_t depth,
                                     std::stop_token stop) {
  Executor& executor = parts_.environment.executor;
  Watched<Tally> tally(executor, "loading " + way.table);
  Channel<Chunk> chunks(executor, "chunks of " + way.table,
                        static_cast<std::size_t>(settings_.lanes));
  Lanes lanes(executor, "loading " + way.table, stop);
  const auto fail = [&](const Error& error) {
    tally.change([&](Tally& t) {
      if (!t.failed) t.failed = error;
    });
    lanes.request_stop();
  };

  lanes.spawn("plan of " + way.table, [&](std::stop_token lane_stop) {
    std::int64_t after = 0;
    while (true) {
      Result<Chunk> chunk = next_chunk(way, depth, after);
      if (!chunk) return fail(chunk.error());
      if (chunk->empty()) break;
      after = chunk->back().id;
      if (chunks.push(std::move(*chunk), {lane_stop}) != Passage::done) return;
    }
    chunks.close();
  });
  for (int lane = 0; lane < settings_.lanes; ++lane)
    lanes.spawn(fmt::format("load {} {}", way.table, lane), [&, lane](std::stop_token lane_stop) {
      LaneTools tools(parts_, identities_, way.object, way.route,
                      {fmt::format("lane {}", lane), settings_.stage, phase.name});
      while (true) {
        auto popped = chunks.pop({lane_stop});
        if (popped.passage != Passage::done) return;
        const Result<LoadCounts> counts = tools.loader.load(*popped.item, lane_stop);
        if (!counts) return fail(counts.error());
        tally.change([&](Tally& t) { t.counts += *counts; });
        emit(parts_.environment.events, ChunkLoaded{phase.name, way.table, *counts});
      }
    });
  lanes.join();

  return tally.change([&](Tally& t) -> Result<LoadCounts> {
    if (t.failed) return Error(*t.failed).during("loading " + way.table);
    if (stop.stop_requested())
      return Error{.fault = Fault::cancelled, .message = "stopped while loading " + way.table};
    return t.counts;
  });
}

}  // namespace flit::engine
