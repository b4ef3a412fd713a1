#include "sim/dataverse/query/bin_view.hpp"

namespace flit::sim::dataverse {

void BinView::scan(const std::optional<Uuid>& after, const odata::RowVisitor& visit) const {
  const std::uint16_t table = definition().index;
  auto at = bin_.rows().lower_bound({table, after.value_or(Uuid{})});
  for (; at != bin_.rows().end() && at->first.first == table; ++at) {
    if (after && at->first.second == *after) continue;
    const Row& row = *at->second.row;
    if (context().shows(definition(), row) && !visit(StoreRow(*this, row))) return;
  }
}

void BinView::find(const Uuid& id, const odata::RowVisitor& visit) const {
  const BinnedRow* found = bin_.find(definition().index, id);
  if (found != nullptr && context().shows(definition(), *found->row))
    visit(StoreRow(*this, *found->row));
}

}  // namespace flit::sim::dataverse
