#pragma once
/// @file What reading a cell back showed, and why it is as it is.
///
/// A cell is compared with what its column keeps of the value that the map made
/// (RowReader::stored), so an equal verdict means equal to the last character. Where the map itself
/// changed the source's value, the verdict says how; where the destination differs from what we
/// wrote, it says whose doing that was. Pure.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "model/value.hpp"

namespace flit::engine {

enum class CellVerdict : std::uint8_t {
  equal,      ///< as the source has it
  converted,  ///< as the map says: a label's number, a reference's id, another spelling
  defaulted,  ///< the source had nothing usable; a constant or a fallback stands there
  cleaned,    ///< as the map says, without what does not belong there (scripts, stray characters)
  truncated,  ///< as the map says, cut to the column's length
  rounded,    ///< as the map says or the column keeps, to fewer digits
  dropped,    ///< as the map says, left empty: the source's value cannot stand there
  edited,     ///< not what we wrote, and somebody else wrote the row since
  missing,    ///< the row, or the cell's value, is not there
  different,  ///< there, not what we wrote, and nobody else wrote the row
};

inline constexpr std::size_t cell_verdicts = 10;

std::string_view to_string(CellVerdict verdict);

/// Missing or different: the migration did not do what it promised. An edit is a person's right.
bool is_mismatch(CellVerdict verdict);

/// A cell, as far as it is known on both sides.
struct ComparedCell {
  std::string_view source;        ///< the source's own spelling; empty: it has nothing
  model::Value expected{};        ///< what the column keeps of what the map makes; null: empty
  model::Value read{};            ///< absent: the row is not there
  std::string_view code{};        ///< of the conversion's note: "truncated", "markup_removed" …
  std::string_view detail{};      ///< and its words
  bool constant = false;          ///< the map's own constant or fallback, not the source's value
  bool edited_by_others = false;  ///< somebody else wrote the row last
};

struct Judgement {
  CellVerdict verdict = CellVerdict::equal;
  std::string explanation{};  ///< a sentence; empty where there is nothing to say
};

Judgement judge(const ComparedCell& cell);

}  // namespace flit::engine
