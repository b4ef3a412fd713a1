#pragma once
/// @file Rows made of source records: when they are created, when references that had to wait are
/// written, and when their last state is.

#include <string>
#include <vector>

#include "engine/identity.hpp"
#include "engine/row_builder.hpp"
#include "engine/row_maker.hpp"

namespace flit::engine {

/// A record becomes a row. References to rows that are not there yet stay empty and pending.
class RecordRows : public RowMaker {
 public:
  RecordRows(const Migration& migration, const std::string& object, std::size_t route);

  const std::string& table() const override { return builder_.table(); }
  const std::vector<std::string>& columns() const override { return builder_.columns(); }
  Result<std::vector<MadeRow>> make(std::span<const store::Assignment> chunk, model::Arena& arena,
                                    std::span<model::Value> cells) override;

 protected:
  /// What one record's cells come to.
  virtual Result<MadeRow> finish(const model::Record& record, bool cut,
                                 std::span<model::Value> cells);

  /// References that still lead nowhere, and the edge that would close a cycle, stay empty.
  void leave_out_waiting(bool cut, std::span<model::Value> cells) const;

  const BuiltRow& built() const { return built_; }
  const RowBuilder& builder() const { return builder_; }

 private:
  const Migration& migration_;
  Identities identities_;
  LedgerLookups lookups_;
  RowBuilder builder_;
  const mapping::CompiledStates* states_;
  BuiltRow built_;
};

/// References that had to wait: an update of a row of ours, of those columns alone.
class LateReferences final : public RecordRows {
 public:
  LateReferences(const Migration& migration, const std::string& object, std::size_t route);

  const std::vector<std::string>& columns() const override { return columns_; }
  model::Verb verb() const override { return model::Verb::update; }
  store::Pending settles() const override { return store::Pending::lookups; }
  Result<std::vector<MadeRow>> make(std::span<const store::Assignment> chunk, model::Arena& arena,
                                    std::span<model::Value> cells) override;

 protected:
  Result<MadeRow> finish(const model::Record& record, bool cut,
                         std::span<model::Value> cells) override;

 private:
  std::vector<std::size_t> places_;  // of reference columns in a whole row
  std::vector<std::string> columns_;
};

/// The last state of a row of ours.
class StateRows final : public RowMaker {
 public:
  StateRows(const Migration& migration, const std::string& object, const std::string& table);

  const std::string& table() const override { return table_; }
  const std::vector<std::string>& columns() const override { return states_.columns(); }
  model::Verb verb() const override { return model::Verb::close; }
  store::Pending settles() const override { return store::Pending::state; }
  Result<std::vector<MadeRow>> make(std::span<const store::Assignment> chunk, model::Arena& arena,
                                    std::span<model::Value> cells) override;

 private:
  MadeRow made_of(const model::Record& record, model::Arena& arena, std::span<model::Value> cells);

  const Migration& migration_;
  std::string table_;
  const mapping::CompiledStates& states_;
  LedgerLookups lookups_;
  mapping::RecordView view_;
  std::vector<mapping::FieldNote> notes_;
};

}  // namespace flit::engine
