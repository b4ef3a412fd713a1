#pragma once
/// @file A destination for tests of loading.

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "model/destination.hpp"

namespace flit::engine {

/// Tables in memory that keep the platform's promises: ids are unique, a bulk message is all or
/// nothing and names no row.
class TablesInMemory final : public model::BatchWriter {
 public:
  std::optional<model::RoadLimits> limits(std::string_view, model::Verb,
                                          model::Road road) const override {
    return model::RoadLimits{.max_rows = 100, .all_or_nothing = road == model::Road::bulk};
  }

  Result<model::Submission> submit(const model::RecordBatch& batch, model::Road road,
                                   std::stop_token) override {
    const std::scoped_lock lock(mutex_);
    ++requests;
    if (before_commit) {
      const Error lost = *std::exchange(before_commit, std::nullopt);
      return lost;
    }
    model::Submission submission;
    for (std::size_t i = 0; i < batch.size(); ++i)
      submission.outcomes.push_back(outcome_of(batch, i));
    const bool all = std::all_of(
        submission.outcomes.begin(), submission.outcomes.end(),
        [](const model::RowOutcome& one) { return one.kind == model::RowOutcome::Kind::done; });
    if (road == model::Road::bulk && !all)
      return Error{.fault = Fault::permanent, .message = "one of the rows", .code = "0x80044331"};
    for (std::size_t i = 0; i < batch.size(); ++i)
      if (submission.outcomes[i].kind == model::RowOutcome::Kind::done) write(batch, i);
    if (after_commit) {
      const Error lost = *std::exchange(after_commit, std::nullopt);
      return lost;
    }
    return submission;
  }

  Result<model::Submission> collect(const model::Ticket&, std::stop_token) override {
    return model::Submission{};
  }

  std::set<std::string> ids;
  std::map<std::string, std::map<std::string, std::string>> rows;  ///< id → column → text
  std::map<std::string, std::string> table_of;                     ///< id → table
  std::string refuses;                                             ///< a name that is not taken
  std::optional<Error> before_commit;
  std::optional<Error> after_commit;
  int requests = 0;

 private:
  void write(const model::RecordBatch& batch, std::size_t row) {
    const std::string id(batch.header(row).id);
    ids.insert(id);
    if (batch.verb() == model::Verb::create) table_of[id] = batch.table();
    for (std::size_t column = 0; column < batch.columns().size(); ++column)
      if (!batch.at(row, column).is_absent())
        rows[id][batch.columns()[column]] = batch.at(row, column).display();
  }

  std::mutex mutex_;
  model::RowOutcome outcome_of(const model::RecordBatch& batch, std::size_t row) const {
    if (!refuses.empty() && batch.at(row, 0).display() == refuses)
      return {.kind = model::RowOutcome::Kind::failed,
              .error = Error{
                  .fault = Fault::permanent, .message = "not that one", .code = "0x8004431a"}};
    const bool known = ids.contains(std::string(batch.header(row).id));
    if (batch.verb() == model::Verb::create)
      return {.kind = known ? model::RowOutcome::Kind::exists : model::RowOutcome::Kind::done};
    return {.kind = known ? model::RowOutcome::Kind::done : model::RowOutcome::Kind::missing};
  }
};

/// A destination of which only the tables are there.
class OnlyTables final : public model::SchemaReader,
                         public model::SchemaWriter,
                         public model::OwnerDirectory,
                         public model::RowReader,
                         public model::DependentReader {
 public:
  explicit OnlyTables(TablesInMemory& tables) : tables_(tables) {}

  model::Destination destination() { return {*this, *this, *this, tables_, *this, *this, nullptr}; }

  Result<model::DestinationFacts> facts(std::stop_token) override { return absent(); }
  Result<model::Schema> describe(std::span<const std::string>, std::stop_token) override {
    return model::Schema{};
  }
  Result<void> apply(const model::SchemaChange&, std::stop_token) override { return absent(); }
  Result<void> revert(const model::SchemaChange&, std::stop_token) override { return absent(); }
  Result<std::vector<model::Owner>> owners(std::stop_token) override { return absent(); }
  Result<void> read(std::string_view, std::span<const std::string> columns,
                    std::span<const std::string> ids, const model::RowSink& sink,
                    std::stop_token) override {
    model::Arena arena;
    for (const std::string& id : ids) {
      const auto row = tables_.rows.find(id);
      if (row == tables_.rows.end()) continue;
      std::vector<model::Value> cells;
      for (const std::string& column : columns) {
        const auto cell = row->second.find(column);
        const bool known = cell != row->second.end() && !cell->second.empty();
        cells.push_back(known ? model::Value::text(cell->second, arena) : model::Value::null());
      }
      FLIT_TRY_VOID(sink({id, "1", cells}));
    }
    return {};
  }
  Result<std::optional<model::Cursor>> scan(const model::RowQuery&,
                                            const std::optional<model::Cursor>&,
                                            const model::RowSink&, std::stop_token) override {
    return absent();
  }
  Result<void> dependents(const model::DependentQuery&,
                          const std::function<Result<void>(const model::Dependent&)>&,
                          std::stop_token) override {
    return absent();
  }

 private:
  static Error absent() { return {.fault = Fault::setup, .message = "only tables are here"}; }

  TablesInMemory& tables_;
};

}  // namespace flit::engine
