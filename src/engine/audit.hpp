#pragma once
/// @file The audit log for people outside: shown, verified, exported.
///
/// The log itself is the journal's (store/journal.hpp); here it becomes JSON. An export is one line
/// a fact, stream by stream, each with its hash, so that an outsider can walk the chains without
/// our code (store/audit.hpp says what is hashed).

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "engine/environment.hpp"
#include "store/audit.hpp"
#include "store/journal.hpp"

namespace flit::engine {

/// One fact as one line of JSON, without the line end.
std::string fact_json(const store::AuditFact& fact);

using TakeLine = std::function<Result<void>(std::string_view)>;

/// The newest facts, newest first.
Result<void> show_audit(const Environment& environment, std::int64_t count,
                        const store::VisitFact& visit);

/// Every fact, line by line.
Result<void> export_audit(const Environment& environment, const TakeLine& take);

/// Walks every chain, and every row that a fact speaks for.
Result<store::Verification> verify_audit(const Environment& environment);

/// {"intact": bool, "facts": n, "operations": n, "broken": "lane 3, fact 17: …"}
std::string verification_json(const store::Verification& verification);

}  // namespace flit::engine
