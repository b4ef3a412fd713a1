#pragma once
/// @file Puts the rows that every environment has, by column names and without any rule: they are
/// what the rules start from.

#include <initializer_list>
#include <string_view>

#include "sim/dataverse/organization/organization.hpp"

namespace flit::sim::dataverse {

class Seeder {
 public:
  explicit Seeder(Organization& organization) : organization_(organization) {}

  struct Part {
    std::string_view column;
    Cell cell;
  };

  /// `state`: with its default status; ignored by tables without states.
  void put(std::string_view table, const Uuid& id, std::initializer_list<Part> parts,
           int state = 0);

  Cell lookup(std::string_view table, const Uuid& id) const {
    return Cell::lookup(organization_.table(table).index, id);
  }

 private:
  Organization& organization_;
};

/// The id of a row that every environment has: the same in every run.
Uuid known_id(std::string_view name);

/// The views that every client can name: "Active Accounts" … (§13).
void seed_views(Seeder& seeder);

/// The process flows that ship with Sales (fact sheet §12).
void seed_process_flows(Seeder& seeder);

}  // namespace flit::sim::dataverse
