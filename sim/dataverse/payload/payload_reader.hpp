#pragma once
/// @file A JSON body becomes a row draft: names are resolved, values checked, lookups bound.
///
/// Fact sheet §3 (unknown properties refused, read-only ones ignored), §4 (@odata.bind with
/// case-sensitive navigation properties). Rows of a bulk request usually share their properties in
/// one order; the reader remembers what each place meant, so that names are looked up once.

#include <string>
#include <string_view>
#include <vector>

#include "sim/dataverse/errors/refusal.hpp"
#include "sim/dataverse/organization/organization.hpp"
#include "sim/dataverse/write/row_draft.hpp"

namespace flit::sim::dataverse {

enum class Purpose : std::uint8_t { create, update };

class PayloadReader {
 public:
  PayloadReader(const Organization& org, const Table& table, Purpose purpose)
      : org_(org), table_(table), purpose_(purpose) {}

  /// `body` must be an object; the draft views it.
  Answer<void> read(json::Value body, RowDraft& draft);

 private:
  enum class Meaning : std::uint8_t {
    ignored,          ///< annotations, read-only properties
    type_annotation,  ///< @odata.type
    primary_id,
    state,
    status,
    value,          ///< an ordinary column
    bind,           ///< <navigation>@odata.bind
    lookup_nested,  ///< <navigation>: object, or null
    collection,     ///< <collection>: array
    party_list,
  };
  struct Member {
    std::string key{};
    Meaning meaning = Meaning::ignored;
    const Column* column = nullptr;
    const NavigationProperty* navigation = nullptr;
  };

  Answer<Member> resolve(std::string_view key) const;
  Answer<Member> resolve_annotation(std::string_view key, std::size_t at) const;
  Member resolve_column(std::string_view key, const Column& column) const;
  Answer<void> apply(const Member& member, json::Member given, RowDraft& draft) const;
  Answer<void> apply_bind(const Member& member, json::Value value, RowDraft& draft) const;
  Answer<void> apply_nested(const Member& member, json::Member given, RowDraft& draft) const;
  void set_lookup(const Column& column, const Cell& cell, RowDraft& draft) const;
  Refusal undeclared(std::string_view name) const;
  /// Among the first `place` names of the plan.
  bool is_repeated(std::string_view key, std::size_t place) const;
  Refusal repeated(std::string_view key) const;

  const Organization& org_;
  const Table& table_;
  Purpose purpose_;
  std::vector<Member> plan_;  // by place in the body
};

}  // namespace flit::sim::dataverse
