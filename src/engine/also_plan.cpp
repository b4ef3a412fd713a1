#include "engine/also_plan.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "engine/also_rows.hpp"
#include "mapping/text_converters.hpp"
#include "store/notebook.hpp"

namespace flit::engine {
namespace {

constexpr std::int64_t chunk_size = 2000;
// Rows remembered: neighbours often speak of the same; the others are asked of the ledger.
constexpr std::size_t most_rows = 20'000;

bool moves(const store::Assignment& record) {
  const bool written =
      record.verdict == store::Verdict::create || record.verdict == store::Verdict::update;
  return written && record.state != store::State::failed &&
         record.state != store::State::rolled_back;
}

bool was_sent(const store::Assignment& row) {
  return row.state == store::State::intended || row.state == store::State::done ||
         row.state == store::State::kept;
}

std::size_t said(const std::vector<std::uint64_t>& words) {
  return words.size() - static_cast<std::size_t>(std::count(words.begin(), words.end(), 0U));
}

/// An empty cell says nothing, so it contradicts nothing.
bool contradict(const std::vector<std::uint64_t>& one, const std::vector<std::uint64_t>& other) {
  for (std::size_t i = 0; i < one.size(); ++i)
    if (one[i] != 0 && other[i] != 0 && one[i] != other[i]) return true;
  return false;
}

}  // namespace

Result<void> AlsoPlan::run(std::stop_token stop) {
  const auto rules = migration_.map.also(object_);
  if (rules.empty()) return {};
  view_.emplace(migration_.map.find(object_)->numbers());
  FLIT_TRY_VOID(pass(&AlsoPlan::plan, stop));
  FLIT_TRY_VOID(pass(&AlsoPlan::compare, stop));
  return {};
}

/// The rows beside its own that a record speaks of.
Result<void> AlsoPlan::hear(Speak speak, const store::StagedRecord& staged,
                            const store::Assignment& record, store::sql::Connection& reader) {
  FLIT_TRY_VOID(view_->open(staged.record.payload));
  for (const mapping::CompiledAlso& also : migration_.map.also(object_)) {
    if (!also.is_of(record.table)) continue;
    const std::string key = also.key_of(*view_, staged.record.payload);
    if (!key.empty()) FLIT_TRY_VOID((this->*speak)(also, key, staged, reader));
  }
  return {};
}

/// Every record that moves, once; what came of each chunk is written before the next.
Result<void> AlsoPlan::pass(Speak speak, std::stop_token stop) {
  const Environment& environment = migration_.environment;
  for (std::int64_t after = 0;;) {
    if (stop.stop_requested())
      return Error{.fault = Fault::cancelled, .message = "stopped while planning " + object_};
    std::int64_t last = after;
    FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) {
      return environment.books.worklist.scan(
          reader, object_, after, chunk_size,
          [&](const store::StagedRecord& staged, const store::Assignment& record) -> Result<void> {
            last = staged.seq;
            return moves(record) ? hear(speak, staged, record, reader) : Result<void>();
          });
    }));
    if (last == after) return {};
    after = last;
    FLIT_TRY_VOID(write());
  }
}

Result<void> AlsoPlan::plan(const mapping::CompiledAlso& also, const std::string& key,
                            const store::StagedRecord& staged, store::sql::Connection& reader) {
  FLIT_TRY(row, known(also, key, reader));
  if (row->sent) return {};
  Words words = words_of(also, *view_);
  store::Assignment& made = row->assignment;
  if (made.source != 0 && said(words) <= said(row->words)) return {};
  made = {.source = staged.seq,
          .object = object_,
          .source_id = key,
          .role = also_role(also.rule().name),
          .table = also.rule().table};
  made.target_id = identities_.of(made.table, {{object_, key}, made.role}).text();
  row->words = std::move(words);
  row->changed = true;
  return {};
}

Result<void> AlsoPlan::compare(const mapping::CompiledAlso& also, const std::string& key,
                               const store::StagedRecord& staged, store::sql::Connection& reader) {
  FLIT_TRY(row, known(also, key, reader));
  if (row->assignment.source != staged.seq && contradict(row->words, words_of(also, *view_)))
    differing_[also.rule().name].push_back(staged.record.key.id);
  return {};
}

/// The row of a key as far as it is planned or sent, with what its record says.
Result<AlsoPlan::Row*> AlsoPlan::known(const mapping::CompiledAlso& also, const std::string& key,
                                       store::sql::Connection& reader) {
  const std::string role = also_role(also.rule().name);
  auto& rows = rows_[role];
  if (const auto found = rows.find(key); found != rows.end()) return &found->second;
  Row row;
  const auto& books = migration_.environment.books;
  FLIT_TRY(found, books.assignments.find(reader, object_, key, role));
  if (found && (was_sent(*found) || found->state == store::State::planned)) {
    row.sent = was_sent(*found);
    row.assignment = *found;
    mapping::RecordView view(migration_.map.find(object_)->numbers());
    const Result<void> read = books.worklist.fetch(
        reader, {&*found, 1}, [&](const store::Worklist::Item& item) -> Result<void> {
          FLIT_TRY_VOID(view.open(item.staged.record.payload));
          row.words = words_of(also, view);
          return {};
        });
    if (!read) return Error(read.error());
    row.words.resize(also.rule().fields.size());
  }
  return &rows.emplace(key, std::move(row)).first->second;
}

AlsoPlan::Words AlsoPlan::words_of(const mapping::CompiledAlso& also,
                                   const mapping::RecordView& view) const {
  Words words;
  std::string buffer;
  for (const model::FieldRule& rule : also.rule().fields) {
    const auto number = also.object().numbers().find(rule.from);
    const bool says = number && !mapping::is_empty(view.field(*number));
    // Never 0 for what says something: the top bit is set.
    words.push_back(says ? hash64(mapping::text_of(view.field(*number), buffer)) | (1ULL << 63U)
                         : 0U);
  }
  return words;
}

Result<void> AlsoPlan::write() {
  std::vector<store::Assignment> made;
  for (auto& [role, rows] : rows_)
    for (auto& [key, row] : rows)
      if (std::exchange(row.changed, false)) made.push_back(row.assignment);
  // The order of a hash table is nobody's business: the ledger's is that of the records.
  std::sort(made.begin(), made.end(), [](const auto& one, const auto& other) {
    return std::tie(one.source, one.role) < std::tie(other.source, other.role);
  });
  Result<void> written = migration_.environment.ledger.commit(
      [&](store::sql::Connection& transaction) -> Result<void> {
        FLIT_TRY_VOID(migration_.environment.books.assignments.plan(transaction, made));
        for (const auto& [name, ids] : differing_)
          FLIT_TRY_VOID(store::add_finding(
              transaction,
              {.stage = "S-05",
               .code = "also_differs",
               .object = object_,
               .field = name,
               .message = fmt::format("says something else of the same {} than others do", name),
               .remedy = "The record that says most of it is taken; correct the others, or let the "
                         "key tell them apart",
               .count = ids.size()},
              ids));
        return {};
      });
  if (!written) return written;
  differing_.clear();
  for (auto& [role, rows] : rows_)
    if (rows.size() > most_rows) rows.clear();
  return {};
}

}  // namespace flit::engine
