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
#include "store/ledger.hpp"

namespace flit::engine {

class Identities {
 public:
  Identities(std::string_view migration, std::int64_t generation);

  Uuid of(std::string_view table, const model::RecordKey& key) const;

 private:
  Uuid name_space_;
};

/// What every row of one generation carries in the stamp column (PathPack::stamp), so that an
/// outsider can count them without our ledger: a positive number of 31 bits.
std::int64_t stamp_of(const store::MigrationInfo& info);

}  // namespace flit::engine
