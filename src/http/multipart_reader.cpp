#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "http/multipart.hpp"

namespace flit::http {
namespace {

std::size_t behind_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  return at;
}

/// Takes one line off the front, without its CRLF or LF. None: no line end.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view line = text.substr(0, end);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  text.remove_prefix(end + 1);
  return line;
}

/// The position in front of the line break that ends at `at`.
std::size_t before_line_break(std::string_view text, std::size_t at, std::size_t begin) {
  if (at > begin && text[at - 1] == '\n') --at;
  if (at > begin && text[at - 1] == '\r') --at;
  return at;
}

bool is_multipart(const Part& part) {
  return part.headers.media_type().rfind("multipart/", 0) == 0;
}

}  // namespace

MultipartReader::MultipartReader(std::string boundary, MultipartLimits limits)
    : marker_(fmt::format("--{}", boundary)), limits_(limits) {}

Result<void> MultipartReader::feed(std::string_view bytes) {
  if (state_ == State::epilogue) return {};
  if (begin_ > text_.size() / 2) {  // so each byte is moved at most once more
    text_.erase(0, begin_);
    scanned_ -= begin_;
    begin_ = 0;
  }
  text_.append(bytes);
  return read_on(false);
}

Result<void> MultipartReader::finish() {
  FLIT_TRY_VOID(read_on(true));
  if (state_ == State::epilogue) return {};
  return error(state_ == State::preamble ? "no part was found"
                                         : "the closing boundary is missing: the body was cut");
}

std::optional<Part> MultipartReader::next() {
  if (given_ == ready_.size()) return std::nullopt;
  Part part = std::move(ready_[given_++]);
  if (given_ == ready_.size()) {
    ready_.clear();
    given_ = 0;
  }
  return part;
}

Result<void> MultipartReader::read_on(bool is_end) {
  while (state_ != State::epilogue) {
    const auto delimiter = find_delimiter(is_end);
    const std::size_t unsure = delimiter ? 0 : marker_.size() + 8;  // may be a boundary's line
    const std::size_t end = delimiter ? delimiter->begin : text_.size();
    if (state_ == State::part && end - begin_ > limits_.max_part + unsure)
      return error(fmt::format("larger than {} bytes", limits_.max_part));
    if (!delimiter) {
      // Nobody needs what was passed over, but for the byte that may be a line break.
      if (state_ == State::preamble && scanned_ > begin_) begin_ = scanned_ - 1;
      return {};
    }
    if (state_ == State::part)
      FLIT_TRY_VOID(take_part(std::string_view(text_).substr(begin_, delimiter->begin - begin_)));
    state_ = delimiter->is_last ? State::epilogue : State::part;
    begin_ = delimiter->end;
    scanned_ = begin_;
  }
  text_.clear();
  return {};
}

/// Looks for a whole line that is the boundary. Remembers how far it looked, so that every byte is
/// looked at once however small the pieces are.
std::optional<MultipartReader::Delimiter> MultipartReader::find_delimiter(bool is_end) {
  while (true) {
    const std::size_t at = text_.find(marker_, scanned_);
    if (at == std::string::npos) {
      const std::size_t tail = std::min(text_.size(), marker_.size());
      scanned_ = std::max(scanned_, text_.size() - tail);
      return std::nullopt;
    }
    scanned_ = at;
    bool needs_more = false;
    if (auto delimiter = delimiter_at(at, is_end, needs_more)) return delimiter;
    if (needs_more) return std::nullopt;
    scanned_ = at + 1;
  }
}

std::optional<MultipartReader::Delimiter> MultipartReader::delimiter_at(std::size_t at, bool is_end,
                                                                        bool& needs_more) const {
  const std::string_view text = text_;
  if (at > begin_ && text[at - 1] != '\n') return std::nullopt;
  std::size_t end = at + marker_.size();
  const std::string_view mark = text.substr(end, 2);
  const bool is_last = mark == "--";
  if (is_last) end += 2;
  end = behind_blanks(text, end);
  if (end < text.size() && text[end] == '\r') ++end;
  const std::size_t begin = before_line_break(text, at, begin_);
  if (end < text.size() && text[end] == '\n') return Delimiter{begin, end + 1, is_last};
  if (end < text.size() && mark != "-")  // a longer boundary that begins like ours
    return std::nullopt;
  if (is_end && is_last) return Delimiter{begin, end, true};
  needs_more = !is_end;
  return std::nullopt;
}

Result<void> MultipartReader::take_part(std::string_view text) {
  if (++taken_ > limits_.max_parts) return error(fmt::format("more than {}", limits_.max_parts));
  Part part;
  while (true) {
    const auto line = take_line(text);
    if (!line && text.empty()) break;  // an empty part may lack even its empty line
    if (!line) return error("its headers do not end");
    if (line->empty()) break;
    if (!part.headers.add_line(*line)) return error("one of its headers is none");
  }
  if (!is_multipart(part)) {
    part.body.assign(text);
    ready_.push_back(std::move(part));
    return {};
  }
  if (limits_.max_depth <= 1) return error("nested too deep");
  MultipartLimits inner = limits_;
  --inner.max_depth;
  auto parts = parse_multipart(part.headers.find("Content-Type").value_or(""), text, inner);
  if (!parts) return error(parts.error().message);
  part.parts = std::move(*parts);
  ready_.push_back(std::move(part));
  return {};
}

Error MultipartReader::error(std::string message) const {
  return {
      .fault = Fault::permanent,
      .message = fmt::format("multipart, part {}: {}", std::max<std::size_t>(taken_, 1), message)};
}

Result<std::vector<Part>> parse_multipart(std::string_view content_type, std::string_view body,
                                          MultipartLimits limits) {
  FLIT_TRY(boundary, boundary_of(content_type));
  MultipartReader reader(std::move(boundary), limits);
  FLIT_TRY_VOID(reader.feed(body));
  FLIT_TRY_VOID(reader.finish());
  std::vector<Part> parts;
  while (auto part = reader.next()) parts.push_back(std::move(*part));
  return parts;
}

}  // namespace flit::http
