#pragma once
/// @file Writes the multipart answer of a batch (fact sheet §7, "Response").

#include <optional>
#include <string>
#include <string_view>

#include "sim/dataverse/batch/batch_run.hpp"

namespace flit::sim::dataverse::batch {

class ResponseWriter {
 public:
  explicit ResponseWriter(std::string boundary) : boundary_(std::move(boundary)) {}

  void open_change_set(std::string boundary);
  void close_change_set();
  void add(const PartResponse& response, std::optional<std::string_view> content_id);

  std::string content_type() const { return "multipart/mixed; boundary=" + boundary_; }

  /// Ends the message.
  std::string finish();

 private:
  std::string boundary_;
  std::string change_set_{};  // its boundary; empty outside of one
  std::string out_{};
};

/// "No Content" of 204; empty for a status that the platform does not use.
std::string_view reason_phrase(int status);

}  // namespace flit::sim::dataverse::batch
