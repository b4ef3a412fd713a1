#include "store/predictions.hpp"

#include "store/verdict.hpp"

namespace flit::store {

Result<Predictions> predictions(sql::Connection& reader) {
  const sql::Use counts = reader.use(
      "SELECT COALESCE(SUM(verdict = ?1), 0), COALESCE(SUM(verdict <> ?1 AND state = ?2), 0), "
      "COALESCE(SUM(verdict = ?1 AND state = ?3), 0) FROM assignment");
  counts->bind(1, static_cast<std::int64_t>(Verdict::fail));
  counts->bind(2, static_cast<std::int64_t>(State::failed));
  counts->bind(3, static_cast<std::int64_t>(State::done));
  FLIT_TRY(found, counts->step());
  Predictions result;
  if (found) {
    result.hits = static_cast<std::uint64_t>(counts->integer(0));
    result.misses = static_cast<std::uint64_t>(counts->integer(1));
    result.false_alarms = static_cast<std::uint64_t>(counts->integer(2));
  }
  return result;
}

}  // namespace flit::store
