#pragma once
/// @file Hashes of ledger rows: what a fact of the audit log speaks for.
///
/// Computed from the rows as they stand in the tables, when a fact is written and again when the
/// log is verified: any row that was edited, added or taken away gives another hash.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/hash.hpp"
#include "base/result.hpp"
#include "store/sql.hpp"

namespace flit::store {

/// SHA-256 over fields, each with its length in front: no two lists of fields give the same bytes.
class FieldHasher {
 public:
  FieldHasher& add(std::string_view field);
  FieldHasher& add(std::int64_t number);
  std::string finish();  ///< 32 bytes

 private:
  static constexpr std::size_t enough = 4096;  // bytes: the digest's set-up is paid by many fields
  void hash();

  Sha256 hasher_;
  std::string waiting_;
};

/// Of the operations of one batch.
Result<std::string> operations_hash(sql::Connection& connection, std::int64_t batch);

/// Of what came of those operations that were not simply done.
Result<std::string> results_hash(sql::Connection& connection, std::int64_t batch);

}  // namespace flit::store
