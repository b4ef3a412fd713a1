#include "apps/flitstack/field_proposer.hpp"

namespace flit::app {

std::unique_ptr<engine::FieldProposer> make_field_proposer(const model::Schema&,
                                                           const model::Schema&) {
  return nullptr;
}

}  // namespace flit::app
