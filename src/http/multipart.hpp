#pragma once
/// @file Bodies made of parts: multipart/mixed for $batch, multipart/form-data for uploads.
///
/// RFC 2046, section 5.1, and RFC 7578. Written strictly (CRLF, quoted boundary), read leniently
/// where platforms differ: LF for CRLF, blanks behind a boundary, text before the first and behind
/// the last. What is not lenient: a body without its closing boundary was cut and is an error, as
/// is a part that holds the boundary. Parts that are multipart themselves are taken apart too.
/// Errors are Fault::permanent and name the part; the connector, which knows whether the request
/// wrote, decides what they mean. Parts are held in memory, bounded by MultipartLimits.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "http/headers.hpp"

namespace flit::http {

class MultipartWriter {
 public:
  /// REQUIRES: 1 to 70 characters of A–Z a–z 0–9 ' ( ) + _ , - . / : = ? (no space at the end).
  explicit MultipartWriter(std::string boundary);

  /// An error if headers or body hold the boundary at the start of a line, and nothing is written.
  Result<void> part(const Headers& headers, std::string_view body);

  /// A field of a form. The names are quoted; quotes and line breaks in them are percent-encoded.
  Result<void> form_field(std::string_view name, std::string_view value);
  struct File {
    std::string_view field;
    std::string_view name;
    std::string_view media_type = "application/octet-stream";
  };
  Result<void> form_file(const File& file, std::string_view content);

  /// multipart/mixed; boundary="…", for the header of the whole; subtype "form-data" for forms.
  std::string content_type(std::string_view subtype = "mixed") const;

  /// The whole body; the writer is used up.
  std::string finish();

 private:
  std::string boundary_;
  std::string out_;
};

struct Part {
  Headers headers{};
  std::string body{};         ///< empty when `parts` is what it was made of
  std::vector<Part> parts{};  ///< of a part that is multipart itself

  std::optional<std::string_view> content_id() const { return headers.find("Content-ID"); }
};

struct MultipartLimits {
  std::size_t max_part = std::size_t{64} << 20U;  ///< bytes of one part, headers included
  std::size_t max_parts = 10'000;                 ///< in one level
  int max_depth = 3;                              ///< a change set in a batch is 2
};

/// Fed with pieces as they come; gives parts as they are complete. One thread at a time.
class MultipartReader {
 public:
  explicit MultipartReader(std::string boundary, MultipartLimits limits = {});

  Result<void> feed(std::string_view bytes);

  /// The next complete part, in order; none: feed more, or all were given.
  std::optional<Part> next();

  /// An error unless the closing boundary has come.
  Result<void> finish();

 private:
  enum class State { preamble, part, epilogue };
  struct Delimiter {
    std::size_t begin;  // the text before it ends here, its line break excluded
    std::size_t end;    // behind its line
    bool is_last;
  };

  Result<void> read_on(bool is_end);
  std::optional<Delimiter> find_delimiter(bool is_end);
  std::optional<Delimiter> delimiter_at(std::size_t at, bool is_end, bool& needs_more) const;
  Result<void> take_part(std::string_view text);
  Error error(std::string message) const;

  std::string marker_;  // "--boundary"
  MultipartLimits limits_;
  State state_ = State::preamble;
  std::string text_;
  std::size_t begin_ = 0;    // of what has not been taken yet
  std::size_t scanned_ = 0;  // no delimiter begins before
  std::size_t taken_ = 0;    // number of parts
  std::vector<Part> ready_;
  std::size_t given_ = 0;  // of ready_
};

/// The boundary that a Content-Type names. Error: it is not multipart/… or names none.
Result<std::string> boundary_of(std::string_view content_type);

/// A whole body at once.
Result<std::vector<Part>> parse_multipart(std::string_view content_type, std::string_view body,
                                          MultipartLimits limits = {});

}  // namespace flit::http
