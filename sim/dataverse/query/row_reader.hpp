#pragma once
/// @file What a column of a stored row shows: stored, stamped, computed or its default.
///
/// Fact sheet §10: fullname, composites, base amounts and the like are computed here, so they cost
/// nothing until read. Views the row; computed text goes into the caller's scratch.

#include <string>

#include "sim/dataverse/organization/organization.hpp"

namespace flit::sim::dataverse {

class RowReader {
 public:
  RowReader(const Organization& org, const Table& table, const Row& row)
      : org_(org), table_(table), row_(row) {}

  /// Cell without value: null.
  Cell value(const Column& column, std::string& scratch) const;

  const Row& row() const { return row_; }
  const Table& table() const { return table_; }

  /// The primary name, computed or stored; empty when null.
  std::string name() const;

 private:
  Cell principal(PrincipalRef ref) const;
  Cell business_unit() const;
  Cell stored(const Column& column) const;
  Cell full_name(std::string& scratch) const;
  Cell composite(const Column& column, std::string& scratch) const;
  Cell base_amount(const Column& column, std::string& scratch) const;
  std::string_view text(std::string_view column) const;

  const Organization& org_;
  const Table& table_;
  const Row& row_;
};

/// "Active", "Yes", "5,000.00", a lookup's name …: the FormattedValue annotation; empty: none.
std::string formatted_value(const Organization& org, const Column& column, const Cell& cell);

}  // namespace flit::sim::dataverse
