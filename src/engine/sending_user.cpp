#include "engine/sending_user.hpp"

#include <algorithm>
#include <cstddef>

namespace flit::engine {

bool any_user_may_send(const model::RecordBatch& batch, std::string_view owner) {
  if (batch.verb() == model::Verb::update) return true;
  if (batch.verb() == model::Verb::close) return false;
  const auto& columns = batch.columns();
  const auto named = std::find(columns.begin(), columns.end(), owner);
  if (named == columns.end()) return false;
  const auto place = static_cast<std::size_t>(named - columns.begin());
  for (std::size_t row = 0; row < batch.size(); ++row) {
    const model::Value& value = batch.row(row)[place];
    if (value.is_absent() || value.is_null()) return false;
  }
  return true;
}

}  // namespace flit::engine
