#include "engine/preflight.hpp"

#include <algorithm>

#include "engine/routing.hpp"
#include "store/notebook.hpp"

namespace flit::engine {

std::vector<std::string> Preflight::objects_of(const MigrationMap& map) {
  std::vector<std::string> objects;
  for (const model::ObjectMap& object : map.document().objects) objects.push_back(object.object);
  for (const model::Object& object : map.source().objects)
    if (std::find(objects.begin(), objects.end(), object.name) == objects.end())
      objects.push_back(object.name);
  return objects;
}

Result<Preflight::Counts> Preflight::run(std::stop_token stop) {
  FLIT_TRY_VOID(migration_.environment.ledger.commit([](store::sql::Connection& transaction) {
    return store::clear_findings(transaction, "S-05");
  }));
  const std::vector<std::string> objects = objects_of(migration_.map);
  FLIT_TRY(routed, Routing(migration_.environment, migration_.map).run(objects, stop));
  FLIT_TRY_VOID(migration_.environment.ledger.commit([&](store::sql::Connection& transaction) {
    return migration_.environment.books.assignments.take_over_placeholders(transaction);
  }));
  FLIT_TRY(matched, Matching(migration_).run(stop));
  FLIT_TRY(assessed, Assessment(migration_).run(objects, stop));
  return Counts{routed, matched, assessed};
}

}  // namespace flit::engine
