#pragma once
/// @file Values that stand in a pack, made into cells of a table's columns.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "mapping/conversion.hpp"
#include "model/arena.hpp"
#include "model/schema.hpp"
#include "model/value.hpp"

namespace flit::engine {

class Constants {
 public:
  using Values = std::vector<std::pair<std::string, std::string>>;

  /// Fault::setup with the column that does not exist or cannot take its value.
  static Result<Constants> compile(const model::Object& table, const Values& values,
                                   const mapping::Locale& locale);

  const std::vector<std::string>& columns() const { return columns_; }

  /// The cell of column `number`.
  Result<model::Value> cell(std::size_t number, const mapping::Context& context) const;

 private:
  std::string table_;
  std::vector<std::string> columns_;
  std::vector<std::string> texts_;  // JSON
  std::vector<std::unique_ptr<mapping::Converter>> converters_;
};

}  // namespace flit::engine
