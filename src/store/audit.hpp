#pragma once
/// @file The audit log as a list: every fact with its hash, for people and for export.
///
/// Each fact's hash is SHA-256 over, one after the other and each with its length in front: the
/// hash of the fact before it in its stream, number, moment, kind, body, and the hash of the rows
/// that it speaks for. Journal::verify() computes all of it anew. Takes the connection of
/// Ledger::read().

#include <cstdint>
#include <functional>
#include <string>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "store/sql.hpp"

namespace flit::store {

struct AuditFact {
  std::string stream;  ///< "lane 3"
  std::int64_t number = 0;
  Instant at{};
  std::string kind;     ///< "batch intended"
  std::string body;     ///< JSON
  std::string covered;  ///< hex; empty: it speaks for no rows
  std::string hash;     ///< hex
};

using VisitFact = std::function<Result<void>(const AuditFact&)>;

/// Stream by stream, each in its order: one at a time, so any number.
Result<void> audit_facts(sql::Connection& reader, const VisitFact& visit);

/// The newest `count`, newest first.
Result<void> newest_facts(sql::Connection& reader, std::int64_t count, const VisitFact& visit);

}  // namespace flit::store
