#pragma once
/// @file Rows that lived over there before us and take a record's values (verdict update).
///
/// What is about to be replaced is read first and kept in the journal; the write carries the
/// version that was read, so that it fails when somebody changed the row meanwhile. Only values
/// that differ are written; a row that already has them all is done. A row that is closed over
/// there is left to a person: it would have to be opened first. A placeholder whose record came
/// back is such a row (ID-04): it takes the record's values and loses what tagged it.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/record_rows.hpp"

namespace flit::engine {

class MatchedRows : public RecordRows {
 public:
  static Result<std::unique_ptr<RowMaker>> make(const Migration& migration,
                                                const std::string& object, std::size_t route);

  const std::vector<std::string>& columns() const override { return columns_; }
  model::Verb verb() const override { return model::Verb::update; }
  Result<std::vector<MadeRow>> make(std::span<const store::Assignment> chunk, model::Arena& arena,
                                    std::span<model::Value> cells) override;

 protected:
  /// `writes`: which of the columns that an update may write.
  MatchedRows(const Migration& migration, const std::string& object, std::size_t route,
              const std::function<bool(const model::Field&)>& writes);

 private:
  /// A row as it stands, by its id.
  struct Standing {
    std::string version{};
    bool closed = false;
    std::vector<model::Value> cells{};  // of columns_
  };
  using Standings = std::map<std::string, Standing, std::less<>>;

  Result<Standings> read(std::span<const store::Assignment> chunk, model::Arena& arena) const;
  /// Leaves the cells that are to change.
  MadeRow compare(const Standing& standing, MadeRow made, model::Arena& arena,
                  std::span<model::Value> cells) const;

  const Migration& migration_;
  std::vector<std::size_t> places_;   // of columns that are written, in a whole row
  std::vector<std::string> columns_;  // those, then the tags of placeholders
  bool has_state_ = false;
};

/// References that such a row had to wait for: as MatchedRows, of those columns alone.
class MatchedReferences final : public MatchedRows {
 public:
  MatchedReferences(const Migration& migration, const std::string& object, std::size_t route);

  store::Pending settles() const override { return store::Pending::lookups; }

 protected:
  Result<MadeRow> finish(const model::Record& record, bool cut,
                         std::span<model::Value> cells) override;
};

}  // namespace flit::engine
