#include "sim/dataverse/batch/response_writer.hpp"

#include <utility>

namespace flit::sim::dataverse::batch {
namespace {

constexpr std::pair<int, std::string_view> phrases[] = {
    {200, "OK"},
    {201, "Created"},
    {204, "No Content"},
    {206, "Partial Content"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {409, "Conflict"},
    {412, "Precondition Failed"},
    {413, "Request Entity Too Large"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
};

}  // namespace

std::string_view reason_phrase(int status) {
  for (const auto& [code, phrase] : phrases)
    if (code == status) return phrase;
  return "";
}

void ResponseWriter::open_change_set(std::string boundary) {
  change_set_ = std::move(boundary);
  out_.append("--").append(boundary_).append("\r\n");
  out_.append("Content-Type: multipart/mixed; boundary=").append(change_set_).append("\r\n\r\n");
}

void ResponseWriter::close_change_set() {
  out_.append("--").append(change_set_).append("--\r\n");
  change_set_.clear();
}

void ResponseWriter::add(const PartResponse& response, std::optional<std::string_view> content_id) {
  out_.append("--").append(change_set_.empty() ? boundary_ : change_set_).append("\r\n");
  out_.append("Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n");
  if (content_id) out_.append("Content-ID: ").append(*content_id).append("\r\n");
  out_.append("\r\nHTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  out_.append(reason_phrase(response.status)).append("\r\n");
  for (const auto& [name, value] : response.headers)
    out_.append(name).append(": ").append(value).append("\r\n");
  out_.append("\r\n").append(response.body).append("\r\n");
}

std::string ResponseWriter::finish() {
  out_.append("--").append(boundary_).append("--\r\n");
  return std::move(out_);
}

}  // namespace flit::sim::dataverse::batch
