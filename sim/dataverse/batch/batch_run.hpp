#pragma once
/// @file Runs a batch: operations one after the other, change sets as one transaction each.
///
/// Fact sheet §7: the first failure ends the batch, and its status becomes the batch's, unless the
/// client asked to continue; a failed change set leaves nothing behind and answers with one part.
/// What an operation does is the host's business. Not thread-safe; one run, one host.

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/dataverse/batch/batch_request.hpp"

namespace flit::sim::dataverse::batch {

struct PartResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};

  bool failed() const { return status >= 400; }
};

/// An operation with its references resolved.
struct Call {
  const Operation& operation;  ///< method, headers
  std::string target;          ///< below the service root, still percent-encoded, with its query
  std::string_view body;
};

class BatchHost {
 public:
  virtual ~BatchHost() = default;

  virtual PartResponse execute(const Call& call) = 0;

  /// Bracket a change set. After rollback() nothing that execute() did since begin() is there.
  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void rollback() = 0;
};

enum class OnError { stop, go_on };

/// How a failed change set answers. The sheet documents one plain part; a response captured by a
/// client in 2021 (MicrosoftDocs/powerapps-docs issue 2843) has it inside a changesetresponse.
enum class FailedChangeSet { plain_part, nested_part };

struct BatchSettings {
  OnError on_error = OnError::stop;
  FailedChangeSet failed_change_set = FailedChangeSet::plain_part;
  /// The sheet has a page that calls Content-ID optional and a report of an error without it.
  bool content_id_required = false;
  /// A fresh identifier for a boundary.
  std::function<std::string()> new_id;
};

struct BatchResponse {
  int status = 200;
  std::string content_type{};
  std::string body{};
};

BatchResponse run_batch(const BatchRequest& request, const BatchSettings& settings,
                        BatchHost& host);

/// {"error":{"code":"0x80060888","message":"…"}}
std::string error_body(const Error& error);

}  // namespace flit::sim::dataverse::batch
