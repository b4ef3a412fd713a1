#pragma once
/// @file The identity of every record that we create: decided by us, once.
///
/// A pure function of migration, generation, destination table, source object, source id and role,
/// so that any retry, by any process, at any time, means the same row: a repeated create answers
/// "duplicate" and nothing is doubled. The generation grows with each rollback, because a deleted
/// id may still lie in the recycle bin and block it (facts/dataverse.md §14).

#include <cstdint>
#include <string>
#include <string_view>

#include "base/uuid.hpp"
#include "model/record.hpp"

namespace flit::engine {

class Identities {
 public:
  Identities(std::string_view migration, std::int64_t generation);

  Uuid of(std::string_view table, const model::RecordKey& key) const;

 private:
  Uuid name_space_;
};

}  // namespace flit::engine
