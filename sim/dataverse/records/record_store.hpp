#pragma once
/// @file All rows and links of the environment, and the register of principals.
///
/// One RecordTable per table of the catalogue, made when first asked for. Not thread-safe by
/// itself: the organization's reader-writer lock protects it.

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "sim/dataverse/metadata/catalogue.hpp"
#include "sim/dataverse/records/link_table.hpp"
#include "sim/dataverse/records/record_table.hpp"

namespace flit::sim::dataverse {

struct Principal {
  Uuid id{};
  bool is_team = false;
};

class RecordStore {
 public:
  explicit RecordStore(const Catalogue& catalogue) : catalogue_(catalogue) {}

  /// Makes the table's store on first use. REQUIRES: exclusive access.
  RecordTable& open(const Table& table);

  /// Null until the first row was written.
  const RecordTable* find(const Table& table) const;
  RecordTable* find(const Table& table);
  const Row* row(const Table& table, const Uuid& id) const;

  LinkTable& links(const std::string& relationship) { return links_[relationship]; }
  const LinkTable* find_links(const std::string& relationship) const;
  const std::map<std::string, LinkTable>& all_links() const { return links_; }

  /// The register of users and teams; 0 is nobody.
  PrincipalRef ref_of(const Uuid& id, bool is_team);
  /// 0 when the id was never registered.
  PrincipalRef ref_if_known(const Uuid& id) const;
  const Principal& principal(PrincipalRef ref) const { return principals_[ref]; }
  std::size_t principal_count() const { return principals_.size(); }

  std::uint64_t next_version() { return ++version_; }
  std::uint64_t version() const { return version_; }
  void set_version(std::uint64_t version) { version_ = version; }

  void clear();
  const Catalogue& catalogue() const { return catalogue_; }
  std::size_t memory() const;

 private:
  const Catalogue& catalogue_;
  std::deque<std::unique_ptr<RecordTable>> tables_;  // by the table's index; null until used
  std::map<std::string, LinkTable> links_;
  std::vector<Principal> principals_{1};
  std::unordered_map<Uuid, PrincipalRef> principal_refs_;
  std::uint64_t version_ = 1000000;  // rowversions of a real environment are never small
};

}  // namespace flit::sim::dataverse
