#pragma once
/// @file Which row a URL or a reference means: by id or by alternate key (fact sheet §4, §5).

#include <optional>
#include <string_view>
#include <vector>

#include "sim/dataverse/errors/refusal.hpp"
#include "sim/dataverse/odata/argument_reader.hpp"
#include "sim/dataverse/odata/resource_path.hpp"
#include "sim/dataverse/organization/organization.hpp"
#include "sim/dataverse/values/text_arena.hpp"

namespace flit::sim::dataverse {

/// A row that may not be there (yet).
struct RowAddress {
  const Table* table = nullptr;
  std::optional<Uuid> id{};             ///< given, or found by key
  const AlternateKey* key = nullptr;    ///< null: addressed by id
  std::vector<ColumnCell> key_cells{};  ///< what an upsert by key gives the new row

  /// 404 with the code that fits how it was addressed.
  Refusal not_found() const;
};

/// `arguments` are what stood in parentheses behind the entity set. Key values live in `arena`.
Answer<RowAddress> address_of(const Organization& org, const Table& table,
                              const std::vector<odata::Argument>& arguments, TextArena& arena);

struct Reference {
  const Table* table = nullptr;
  Uuid id{};
};

/// "/accounts(guid)", "accounts(guid)", an absolute URL, or the key form. The row must exist when
/// it is named by key (0x80060891); by id this is for the caller to check.
Answer<Reference> read_reference(const Organization& org, std::string_view uri);

/// The cell that a literal means in a column; 400 when it cannot be one.
Answer<Cell> cell_of_literal(const Table& table, const Column& column,
                             const odata::Literal& literal, TextArena& arena);

}  // namespace flit::sim::dataverse
