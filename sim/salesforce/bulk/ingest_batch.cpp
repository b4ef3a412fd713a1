#include "sim/salesforce/bulk/ingest_batch.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/salesforce/schema/record_id.hpp"

namespace flit::sim::salesforce::bulk {
namespace {

constexpr std::size_t max_header_characters = 32'000;  // §3
constexpr std::size_t max_columns = 5'000;
constexpr std::size_t max_cell = 131'072;
constexpr std::size_t max_record = 400'000;

Error job_error(std::string message) {
  return Error{.fault = Fault::permanent, .message = std::move(message)};
}

std::string too_long(std::span<const std::string_view> cells) {
  std::size_t all = 0;
  for (const std::string_view cell : cells) {
    if (cell.size() > max_cell) return "CLIENTINPUTERROR:field value exceeds 131072 characters:--";
    all += cell.size();
  }
  return all > max_record ? "CLIENTINPUTERROR:record exceeds 400000 characters:--" : "";
}

}  // namespace

Result<void> open_upload(Upload& upload, const LoadRequest& request, RowWriter& writer) {
  const std::string_view all = upload.text;
  const CsvFormat format = upload.format;
  if (!upload.any_line_ending && !has_line_endings(all, format.line_ending))
    return job_error(
        fmt::format("ClientInputError : LineEnding is invalid on user data. Current LineEnding "
                    "setting is {}",
                    format.line_ending == LineEnding::lf ? "LF" : "CRLF"));
  CsvReader reader(all, format);
  std::vector<std::string_view> names;
  const CsvReader::Row row = reader.next(names);
  if (row == CsvReader::Row::none) return {};
  if (row == CsvReader::Row::broken)
    return job_error("InvalidBatch : Failed to parse CSV header. Found unescaped quote.");
  upload.rows_begin = reader.position();
  std::string_view line = all.substr(0, reader.position());
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  upload.header_text = line;
  if (line.size() > max_header_characters || names.size() > max_columns)
    return job_error(
        "ClientInputError : the header is longer than 32000 characters or has more "
        "than 5000 fields");
  upload.header.assign(names.begin(), names.end());
  FLIT_TRY(load, writer.bind(request, upload.header));
  upload.load = std::move(load);
  return {};
}

IngestBatch::IngestBatch(std::shared_ptr<Upload> upload, std::size_t begin, std::size_t end,
                         std::shared_ptr<OutcomeSink> sink)
    : upload_(std::move(upload)),
      sink_(std::move(sink)),
      begin_(begin),
      end_(end),
      reader_(std::string_view(upload_->text).substr(begin, end - begin), upload_->format) {}

std::span<const std::string_view> IngestBatch::row(std::size_t at) const {
  const std::size_t width = upload_->header.size();
  return std::span(cells_).subspan(at * width, width);
}

bool IngestBatch::read_chunk(bool with_locks) {
  if (!broken_.empty()) return true;  // it is still waiting for its locks
  const std::size_t width = upload_->header.size();
  reader_.release();
  cells_.clear();
  locks_.clear();
  outcomes_.clear();
  if (upload_->load == nullptr || sink_->is_stopped()) return false;
  while (broken_.size() < rows_per_chunk) {
    const std::size_t start = cells_.size();
    const CsvReader::Row read = reader_.next(cells_);
    if (read == CsvReader::Row::none) break;
    const std::size_t found = cells_.size() - start;
    cells_.resize(start + width);
    std::string& why = broken_.emplace_back();
    if (read == CsvReader::Row::broken)
      why =
          "CLIENTINPUTERROR:Failed to parse CSV. Found unescaped quote. A value with quote should "
          "be within a quote:--";
    else if (found != width)
      why = fmt::format("CLIENTINPUTERROR:row has {} columns where the header has {}:--", found,
                        width);
    else if (!upload_->any_cell_length)
      why = too_long(row(broken_.size() - 1));
    if (with_locks && why.empty()) upload_->load->locks_of(row(broken_.size() - 1), locks_);
  }
  std::sort(locks_.begin(), locks_.end());
  locks_.erase(std::unique(locks_.begin(), locks_.end()), locks_.end());
  return !broken_.empty();
}

std::string IngestBatch::lock_error(std::size_t at, const std::set<std::uint64_t>& busy) const {
  if (busy.empty()) return {};
  std::vector<std::uint64_t> needed;
  upload_->load->locks_of(row(at), needed);
  std::string ids;
  std::size_t count = 0;
  for (const std::uint64_t parent : needed) {
    if (!busy.contains(parent)) continue;
    if (count++ != 0) ids += ',';
    ids += RecordId::from_bits(parent).text();
  }
  if (count == 0) return {};
  return fmt::format(
      "UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record or {} records: {}:--",
      count, ids);
}

void IngestBatch::save(const std::set<std::uint64_t>& busy) {
  std::vector<std::string_view> accepted;
  accepted.reserve(cells_.size());
  for (std::size_t i = 0; i < rows(); ++i) {
    if (broken_[i].empty()) broken_[i] = lock_error(i, busy);
    if (!broken_[i].empty()) continue;
    const auto cells = row(i);
    accepted.insert(accepted.end(), cells.begin(), cells.end());
  }
  if (!accepted.empty()) upload_->load->apply(accepted, outcomes_);
}

void IngestBatch::report() {
  std::size_t saved = 0;
  for (std::size_t i = 0; i < rows(); ++i) {
    if (broken_[i].empty())
      sink_->row(row(i), outcomes_[saved++]);
    else
      sink_->row(row(i), RowOutcome{.error = broken_[i]});
  }
  broken_.clear();
}

}  // namespace flit::sim::salesforce::bulk
