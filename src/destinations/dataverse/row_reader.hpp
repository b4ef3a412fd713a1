#pragma once
/// @file RowReader of Dataverse: rows by id, or a table page by page, typed as they would be
/// written.
///
/// By ids with the In function, in as many GETs as the URL's length asks for (facts/dataverse.md
/// §13); pages in the order of the primary key, whose nextLink is followed verbatim and is the
/// cursor. Lookups come with the annotation that names their table; an activity's people are
/// expanded. A filter on key columns finds the row that holds a key's value. Thread-safe.

#include "destinations/dataverse/metadata.hpp"
#include "destinations/dataverse/web_api.hpp"
#include "model/destination.hpp"

namespace flit::destinations::dataverse {

class RowReader final : public model::RowReader {
 public:
  /// `api` and `metadata` outlive this.
  RowReader(const WebApi& api, Metadata& metadata) : api_(api), metadata_(metadata) {}

  Result<void> read(std::string_view table, std::span<const std::string> columns,
                    std::span<const std::string> ids, const model::RowSink& sink,
                    std::stop_token stop) override;
  Result<std::optional<model::Cursor>> scan(const model::RowQuery& query,
                                            const std::optional<model::Cursor>& from,
                                            const model::RowSink& sink,
                                            std::stop_token stop) override;

  Result<std::string> author(std::stop_token stop) override;
  Result<std::string> editor_column(std::string_view table, std::stop_token stop) override;

  /// The moment that was written to overriddencreatedon shows in createdon
  /// (facts/dataverse.md §10).
  std::string shown_in(std::string_view table, std::string_view column) const override;

  /// As read back after it was written; the column must have been described before.
  model::Value stored(std::string_view table, std::string_view column, const model::Value& written,
                      model::Arena& arena) const override;

 private:
  const WebApi& api_;
  Metadata& metadata_;
};

}  // namespace flit::destinations::dataverse
