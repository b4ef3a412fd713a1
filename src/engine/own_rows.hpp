#pragma once
/// @file Rows that are nobody's record: those of the pack, and placeholders for archived records.

#include <optional>
#include <string>
#include <vector>

#include "engine/constants.hpp"
#include "engine/identity.hpp"
#include "engine/row_builder.hpp"
#include "engine/row_maker.hpp"

namespace flit::engine {

/// The pack's own records of one table (PathPack::records). Their owner is the fallback owner.
class OwnRows final : public RowMaker {
 public:
  static Result<std::unique_ptr<RowMaker>> make(const Migration& migration,
                                                const std::string& table);

  const std::string& table() const override { return table_; }
  const std::vector<std::string>& columns() const override { return columns_; }
  Result<std::vector<MadeRow>> make(std::span<const store::Assignment> chunk, model::Arena& arena,
                                    std::span<model::Value> cells) override;

 private:
  explicit OwnRows(const Migration& migration);
  Result<void> fill(const std::string& name, model::Arena& arena, std::span<model::Value> cells);

  struct Record {
    std::string name;
    Constants values;
    std::vector<std::size_t> places;  // of its columns among all
  };
  const Migration& migration_;
  LedgerLookups lookups_;
  std::string table_;
  std::vector<std::string> columns_;
  std::vector<Record> records_;
};

/// Placeholders of one table: some columns of the archived record, and what tags them.
class PlaceholderRows final : public RowMaker {
 public:
  static Result<std::unique_ptr<RowMaker>> make(const Migration& migration,
                                                const std::string& object, std::size_t route);

  const std::string& table() const override { return builder_.table(); }
  const std::vector<std::string>& columns() const override { return columns_; }
  Result<std::vector<MadeRow>> make(std::span<const store::Assignment> chunk, model::Arena& arena,
                                    std::span<model::Value> cells) override;

 private:
  PlaceholderRows(const Migration& migration, const packs::Placeholder& spec, std::size_t route);
  Result<MadeRow> take(std::span<const model::Value> whole, const BuiltRow& built,
                       model::Arena& arena, std::span<model::Value> cells);

  const Migration& migration_;
  Identities identities_;
  LedgerLookups lookups_;
  RowBuilder builder_;
  std::vector<std::string> columns_;
  std::vector<std::size_t> places_;  // of the copied columns in a whole row
  Constants tags_;
};

}  // namespace flit::engine
