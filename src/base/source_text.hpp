#pragma once
/// @file A text that people wrote, and places in it.
///
/// A SourceText is a file's name and bytes; a Position is a stretch of it that knows its line and
/// column, so that an error found long after reading can still show the line it comes from. Lines
/// and columns count from 1; columns count code points, offsets and lengths bytes. Immutable and
/// hence thread-safe.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace flit {

struct Place {
  std::size_t line = 0;    ///< from 1; 0: not known
  std::size_t column = 0;  ///< from 1, in code points; 0: not known

  bool operator==(const Place&) const = default;
};

class SourceText {
 public:
  /// `text` should be UTF-8; bad bytes only make columns inexact. REQUIRES: less than 2 GiB.
  SourceText(std::string name, std::string text);

  const std::string& name() const { return name_; }
  const std::string& text() const { return text_; }

  /// Takes O(log lines) plus the length of the line. An offset behind the end means the end.
  Place place_of(std::size_t offset) const;

  /// Line `number` without its line end; empty when there is no such line.
  std::string_view line(std::size_t number) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<std::uint32_t> line_starts_;
};

/// A stretch of a SourceText. It shares the text, because positions are kept in plans and specs
/// that outlive the tree they were read from. A default-made Position is nowhere.
class Position {
 public:
  Position() = default;
  Position(std::shared_ptr<const SourceText> source, std::size_t offset, std::size_t length)
      : source_(std::move(source)),
        offset_(static_cast<std::uint32_t>(offset)),
        length_(static_cast<std::uint32_t>(length)) {}

  /// A file as a whole, for findings that no line can be blamed for.
  static Position in_file(std::shared_ptr<const SourceText> source) {
    Position position(std::move(source), 0, 0);
    position.whole_file_ = true;
    return position;
  }

  bool is_known() const { return source_ != nullptr; }
  bool has_line() const { return is_known() && !whole_file_; }

  std::size_t offset() const { return offset_; }
  std::size_t length() const { return length_; }

  /// The file's name, or nothing when the position is nowhere.
  std::string_view file() const { return is_known() ? source_->name() : std::string_view(); }
  Place place() const { return has_line() ? source_->place_of(offset_) : Place(); }
  std::string_view source_line() const {
    return has_line() ? source_->line(place().line) : std::string_view();
  }

  /// "file:line:column", only "file" when no line is known, empty when nowhere.
  std::string text() const;

 private:
  std::shared_ptr<const SourceText> source_;
  std::uint32_t offset_ = 0;
  std::uint32_t length_ = 0;
  bool whole_file_ = false;
};

}  // namespace flit
