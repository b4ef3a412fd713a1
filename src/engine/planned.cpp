#include "engine/planned.hpp"

#include <array>

#include <fmt/format.h>

#include "engine/row_builder.hpp"
#include "mapping/text_converters.hpp"
#include "store/notebook.hpp"

namespace flit::engine {
namespace {

constexpr std::int64_t chunk_size = 2000;

/// Ids that are numbers compare as numbers: the longer one is the greater.
bool lower_id(const std::string& one, const std::string& other) {
  return one.size() != other.size() ? one.size() < other.size() : one < other;
}

bool is_gone(const mapping::Lookup& lookup) {
  return lookup.kind == mapping::Lookup::Kind::missing || lookup.reason == "archived";
}

}  // namespace

store::Assignment planned_link(const Identities& identities, const LinkName& name,
                               const std::string& object, const std::string& table) {
  store::Assignment link{.object = object,
                         .source_id = name.assignment_id(),
                         .role = name.assignment_role(),
                         .table = table};
  link.target_id = identities.of(table, {{object, link.source_id}, link.role}).text();
  return link;
}

store::Assignment planned_placeholder(const model::SourceKey& archived,
                                      const model::Reference& target) {
  return {.object = archived.object,
          .source_id = archived.id,
          .role = "placeholder",
          .table = std::string(target.table),
          .target_id = std::string(target.id)};
}

store::Assignment planned_own(const Identities& identities, const packs::OwnRecord& record) {
  return {.object = "flitstack",
          .source_id = record.name,
          .role = "own",
          .table = record.table,
          .target_id = own_record(identities, record.table, record.name).text()};
}

Result<std::uint64_t> PairPlan::run(std::stop_token stop) {
  const model::Object* object = migration_.map.source().find_object(rule_.object);
  if (object == nullptr || rule_.fields.size() != 2) return std::uint64_t{0};
  const mapping::FieldNumbers numbers(*object);
  const auto one = numbers.find(rule_.fields[0]);
  const auto other = numbers.find(rule_.fields[1]);
  if (!one || !other) return std::uint64_t{0};
  FLIT_TRY(when, mapping::compile_condition(rule_.when, *object, numbers));
  mapping::RecordView view(numbers);
  std::uint64_t total = 0;
  std::int64_t after = 0;
  while (true) {
    if (stop.stop_requested())
      return Error{.fault = Fault::cancelled, .message = "stopped while pairing " + rule_.of};
    Chunk chunk;
    const auto& books = migration_.environment.books;
    const Result<void> read =
        migration_.environment.ledger.read([&](store::sql::Connection& reader) {
          return books.staging.scan(reader, rule_.object, after, chunk_size,
                                    [&](const store::StagedRecord& staged) -> Result<void> {
                                      chunk.last = staged.seq;
                                      chunk.empty = false;
                                      if (staged.record.archived) return {};
                                      FLIT_TRY_VOID(view.open(staged.record.payload));
                                      if (!when->holds(view, staged.record.payload)) return {};
                                      return look(staged.record, view, {*one, *other}, chunk);
                                    });
        });
    if (!read) return Error(read.error());
    if (chunk.empty) return total;
    FLIT_TRY_VOID(write(chunk));
    total += chunk.links.size();
    after = chunk.last;
  }
}

Result<void> PairPlan::look(const model::Record& record, const mapping::RecordView& view,
                            const Fields& fields, Chunk& chunk) const {
  if (mapping::is_empty(view.field(fields.one)) || mapping::is_empty(view.field(fields.other)))
    return {};
  std::array<std::string, 2> buffers;
  std::string one(mapping::text_of(view.field(fields.one), buffers[0]));
  std::string other(mapping::text_of(view.field(fields.other), buffers[1]));
  if (one == other) return {};
  const auto is = [&](const std::string& id) {
    const mapping::Lookup lookup = lookups_.record(rule_.of, id);
    return std::pair(is_gone(lookup), lookup.kind != mapping::Lookup::Kind::unusable);
  };
  const auto [one_gone, one_moves] = is(one);
  const auto [other_gone, other_moves] = is(other);
  if (lookups_.failure()) return Error(*lookups_.failure());
  if (one_gone || other_gone) {
    chunk.broken.push_back(record.key.id);
    return {};
  }
  if (!one_moves || !other_moves) return {};
  if (lower_id(other, one)) std::swap(one, other);
  const LinkName name{fmt::format("{}→{}", rule_.of, rule_.of), rule_.role, one, other};
  chunk.links.push_back(planned_link(identities_, name, rule_.of, rule_.table));
  return {};
}

Result<void> PairPlan::write(const Chunk& chunk) {
  return migration_.environment.ledger.commit(
      [&](store::sql::Connection& transaction) -> Result<void> {
        FLIT_TRY_VOID(migration_.environment.books.assignments.plan(transaction, chunk.links));
        if (chunk.broken.empty()) return {};
        return store::add_finding(
            transaction,
            {.stage = "S-05",
             .code = rule_.broken,
             .object = rule_.object,
             .message = fmt::format("names one of {} who is archived or does not exist", rule_.of),
             .remedy = "Nothing: the pair is listed and not linked",
             .count = chunk.broken.size()},
            chunk.broken);
      });
}

}  // namespace flit::engine
