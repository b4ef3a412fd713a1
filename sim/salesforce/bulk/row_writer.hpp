#pragma once
/// @file How loads reach the records: bind a header once, then apply rows by the hundred.
///
/// The simulator implements these faces over its schema and store, tests over a vector. Cells are
/// the text of the CSV; an empty cell is ignored, "#N/A" sets null (fact sheet §3). Errors carry
/// the platform's code in Error::code and its words in Error::message. Implementations take the
/// org's exclusive lock inside each call; the caller holds none.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace flit::sim::salesforce::bulk {

enum class Operation : std::uint8_t { insert, update, upsert, remove, hard_remove };

/// What a job says before any row.
struct LoadRequest {
  Operation operation = Operation::insert;
  std::string object{};
  std::string external_id_field{};  ///< of an upsert; "Id" is allowed
  std::string assignment_rule{};
  std::string user{};  ///< id of who created the job
};

struct RowOutcome {
  bool success = false;
  bool created = false;
  std::string id{};     ///< 18 characters, whenever it is known
  std::string error{};  ///< "CODE:message:FIELD1,FIELD2 --", the grammar of sf__Error
};

/// One load with its header bound to fields.
class BoundLoad {
 public:
  virtual ~BoundLoad() = default;

  /// Saves rows as one transaction chunk, each for itself. `cells` has whole rows, row after row;
  /// appends one outcome for each, in order. At most 200 rows (§3).
  virtual void apply(std::span<const std::string_view> cells, std::vector<RowOutcome>& out) = 0;

  /// Appends the parents that saving this row locks, as RecordId::bits().
  virtual void locks_of(std::span<const std::string_view> row,
                        std::vector<std::uint64_t>& out) const = 0;
};

class RowWriter {
 public:
  virtual ~RowWriter() = default;

  /// At job creation: unknown objects and key fields, missing permission for hardDelete
  /// (FEATURENOTENABLED).
  virtual Result<void> check(const LoadRequest& request) const = 0;

  /// Resolves "Name", "Account.Ext__c", "Lead:Who.Email"; fails the whole job with
  /// "InvalidBatch : Field name not found : X__c" and its relatives (§3).
  virtual Result<std::unique_ptr<BoundLoad>> bind(const LoadRequest& request,
                                                  std::span<const std::string> header) = 0;
};

}  // namespace flit::sim::salesforce::bulk
