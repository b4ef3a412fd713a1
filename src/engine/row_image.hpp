#pragma once
/// @file Some cells of a row as compact JSON, and back without loss: what a before-image is.
///
/// An object of columns; null is an empty cell, every other value is a list of its kind and its
/// text:
/// {"name":["text","A"],"revenue":["decimal","12.50"],"parentaccountid":["reference","account","…"],
/// "description":null}. Absent cells are left out. Pure.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/arena.hpp"
#include "model/value.hpp"

namespace flit::engine {

struct RowImage {
  std::vector<std::string> columns{};
  std::vector<model::Value> cells{};  ///< in the arena that read_image() was given

  /// Adds or replaces one cell.
  void set(std::string_view column, const model::Value& cell);
};

/// REQUIRES: as many cells as columns; references by primary id.
std::string image_of(std::span<const std::string> columns, std::span<const model::Value> cells);

/// Fault::setup when the text is no image: a ledger that was edited.
Result<RowImage> read_image(std::string_view image, model::Arena& arena);

}  // namespace flit::engine
