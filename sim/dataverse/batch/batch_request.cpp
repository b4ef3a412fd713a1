#include "sim/dataverse/batch/batch_request.hpp"

#include <string>
#include <utility>

#include "sim/dataverse/batch/multipart.hpp"

namespace flit::sim::dataverse::batch {
namespace {

Error wrong_media_type(std::string_view supported, std::string_view found) {
  return batch_fault(
      "A supported MIME type could not be found that matches the content type of the response. "
      "None "
      "of the supported type(s) '" +
      std::string(supported) + "' matches the content type '" + std::string(found) + "'.");
}

/// "POST /api/data/v9.2/accounts HTTP/1.1". Clients leave blanks in the URL, so it reaches from the
/// first blank to the last one.
Result<void> read_request_line(std::string_view line, Operation& operation) {
  const std::size_t method_end = line.find(' ');
  const std::size_t version = line.rfind(" HTTP/");
  if (method_end == std::string_view::npos || method_end == 0 ||
      version == std::string_view::npos || version <= method_end)
    return batch_fault("The request line '" + std::string(line.substr(0, 200)) +
                       "' is invalid. The request line at the start of each operation must be of "
                       "the format 'HttpMethod RequestUrl HttpVersion'.");
  operation.method = line.substr(0, method_end);
  operation.target = trimmed(line.substr(method_end + 1, version - method_end - 1));
  if (operation.target.size() > max_url)
    return batch_fault("The URL of an operation in a batch is limited to " +
                       std::to_string(max_url) + " characters.");
  return {};
}

/// `text`: behind the headers of its MIME part.
Result<Operation> read_operation(const std::vector<HeaderField>& mime, std::string_view text) {
  Operation operation;
  std::string_view line = take_line(text);
  while (line.empty() && !text.empty()) line = take_line(text);
  FLIT_TRY_VOID(read_request_line(line, operation));
  FLIT_TRY(headers, take_headers(text));
  operation.headers = std::move(headers);
  operation.body = text;
  operation.content_id = find(mime, "Content-ID");
  if (!operation.content_id) operation.content_id = operation.header("Content-ID");
  return operation;
}

Result<Operation> read_change(std::string_view text) {
  FLIT_TRY(headers, take_headers(text));
  const std::string_view type = find(headers, "Content-Type").value_or("");
  if (equal_ignoring_case(media_type(type), "multipart/mixed"))
    return batch_fault("Nested change sets in a batch payload are not supported.");
  if (!equal_ignoring_case(media_type(type), "application/http"))
    return wrong_media_type("application/http", type);
  FLIT_TRY(operation, read_operation(headers, text));
  if (equal_ignoring_case(operation.method, "GET"))
    return batch_fault(
        "An invalid HTTP method 'GET' was detected for a request in a change set. Requests in "
        "change "
        "sets only support the HTTP methods 'POST', 'PUT', 'DELETE', and 'PATCH'.");
  return operation;
}

Result<Part> read_part(std::string_view text) {
  Part part;
  FLIT_TRY(headers, take_headers(text));
  const std::string_view type = find(headers, "Content-Type").value_or("");
  const std::string_view media = media_type(type);
  if (equal_ignoring_case(media, "application/http")) {
    FLIT_TRY(operation, read_operation(headers, text));
    part.operations.push_back(std::move(operation));
    return part;
  }
  const auto boundary = boundary_of(type);
  if (!equal_ignoring_case(media, "multipart/mixed") || !boundary)
    return wrong_media_type("multipart/mixed, application/http", type);
  part.is_change_set = true;
  FLIT_TRY(changes, split_parts(text, *boundary, max_operations));
  part.operations.reserve(changes.size());
  for (const std::string_view change : changes) {
    FLIT_TRY(operation, read_change(change));
    part.operations.push_back(std::move(operation));
  }
  return part;
}

}  // namespace

std::optional<std::string_view> Operation::header(std::string_view name) const {
  return find(headers, name);
}

Result<BatchRequest> parse_batch(std::string_view content_type, std::string_view body) {
  const auto boundary = boundary_of(content_type);
  // JSON batches are refused like any other media type: the platform speaks OData 4.0 here.
  if (!equal_ignoring_case(media_type(content_type), "multipart/mixed") || !boundary)
    return wrong_media_type("multipart/mixed", content_type);
  FLIT_TRY(texts, split_parts(body, *boundary, max_operations));
  BatchRequest request;
  request.parts.reserve(texts.size());
  std::size_t operations = 0;
  for (const std::string_view text : texts) {
    FLIT_TRY(part, read_part(text));
    operations += part.operations.size();
    if (operations > max_operations)
      return batch_fault(
          "The current batch message contains too many parts. Only batch messages with a maximum "
          "number of '" +
          std::to_string(max_operations) + "' query operations and change sets are allowed.");
    request.parts.push_back(std::move(part));
  }
  return request;
}

std::optional<std::string_view> below_service_root(std::string_view target) {
  constexpr std::string_view root = "/api/data/v";
  const std::size_t scheme = target.find("://");
  const bool absolute = scheme != std::string_view::npos && scheme <= 5;
  if (absolute) {
    const std::size_t path = target.find('/', scheme + 3);
    if (path == std::string_view::npos) return std::nullopt;
    target.remove_prefix(path);
  }
  if (equal_ignoring_case(target.substr(0, root.size()), root)) {
    const std::size_t end = target.find('/', root.size());
    return end == std::string_view::npos ? std::string_view() : target.substr(end + 1);
  }
  if (target.substr(0, 2) == "/$") return target.substr(1);
  if (absolute || target.substr(0, 1) == "/") return std::nullopt;
  return target;
}

}  // namespace flit::sim::dataverse::batch
