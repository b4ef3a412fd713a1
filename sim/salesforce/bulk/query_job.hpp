#pragma once
/// @file One Bulk 2.0 query job: a query, and its rows as CSV once it has run (fact sheet §4).
///
/// The rows are written when the job runs, so that pages show one moment whatever changes later.
/// Guarded by the service's mutex.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/salesforce/bulk/job.hpp"
#include "sim/salesforce/soql/plan.hpp"

namespace flit::sim::salesforce::bulk {

/// Records as queries see them, under the org's lock.
class RecordReader {
 public:
  virtual ~RecordReader() = default;

  /// Calls `use` with the schema and the time; both are valid, and nothing changes, during the
  /// call.
  using Use = std::function<void(const soql::SchemaView&, const soql::QueryContext&)>;
  virtual void read(const Use& use) const = 0;
};

/// Every row of a query as CSV; shared by both Bulk APIs.
struct CsvRows {
  std::string header{};                 ///< one line
  std::string text{};                   ///< the rows
  std::vector<std::uint64_t> starts{};  ///< where each row starts in `text`
  std::uint64_t size() const { return starts.size(); }
  std::string_view rows(std::uint64_t from, std::uint64_t count) const;
};

/// What Bulk queries may ask (§4): no groups, aggregates, OFFSET, TYPEOF, sub-queries, compound or
/// binary fields. Returns the object's name. Codes as of soql::bind().
Result<std::string> check_query(const std::string& query, bool deleted, const RecordReader& reader);

Result<CsvRows> run_query(const std::string& query, bool deleted, const CsvFormat& format,
                          const RecordReader& reader);

struct QueryJob {
  JobHead head{};
  std::string query{};
  bool deleted = false;  ///< queryAll
  CsvRows rows{};

  std::string info(bool whole) const;
};

}  // namespace flit::sim::salesforce::bulk
