#include "sim/dataverse/api/reading.hpp"

namespace flit::sim::dataverse {
namespace {

/// The tables behind a navigation property; several for an owner. Unknown names are the query's.
std::vector<std::string> tables_behind(const Table& table, const std::string& name) {
  if (const LookupNavigation lookup = table.lookup_navigation(name); lookup.column != nullptr)
    return lookup.property->targets;
  const CollectionNavigation* collection = table.collection(name);
  if (collection == nullptr) return {};
  if (collection->one_to_many != nullptr) return {collection->one_to_many->child};
  const ManyToMany& many = *collection->many_to_many;
  return {collection->from_first ? many.second.table : many.first.table};
}

}  // namespace

Answer<void> check_readable(const Session& session, const Table& table,
                            const odata::QueryOptions& options) {
  const Caller& caller = session.call.caller;
  if (caller.rights == nullptr) return {};
  FLIT_TRY_VOID(require(session.org, caller, AccessRight::read, table));
  for (const odata::ExpandItem& item : options.expand)
    for (const std::string& name : tables_behind(table, item.navigation))
      if (const Table* target = session.org.catalogue->table(name))
        FLIT_TRY_VOID(check_readable(session, *target, item.options));
  return {};
}

}  // namespace flit::sim::dataverse
