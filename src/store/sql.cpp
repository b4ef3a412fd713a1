#include "store/sql.hpp"

namespace flit::store::sql {

Result<void> Statement::run() {
  while (true) {
    FLIT_TRY(row, step());
    if (!row) return {};
  }
}

std::optional<std::int64_t> Statement::optional_integer(int column) const {
  if (is_null(column)) return {};
  return integer(column);
}

std::optional<std::string> Statement::optional_text(int column) const {
  if (is_null(column)) return {};
  return std::string(text(column));
}

}  // namespace flit::store::sql
