#include "engine/dangling_edges.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "store/notebook.hpp"

namespace flit::engine {
namespace {

constexpr std::int64_t chunk_size = 2000;

using IdsByObject = std::map<std::string, std::vector<std::string>, std::less<>>;

/// A chunk of them; returns where to go on, or 0.
Result<std::int64_t> read_chunk(const Environment& environment, const std::string& association,
                                std::int64_t after, IdsByObject& found) {
  std::int64_t last = 0;
  FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(reached,
             environment.books.edges.dangling(reader, association, after, chunk_size,
                                              [&](std::string_view object, std::string_view id) {
                                                found[std::string(object)].emplace_back(id);
                                                return Result<void>();
                                              }));
    last = reached;
    return {};
  }));
  return last;
}

Result<void> write(Environment& environment, std::string_view stage, const std::string& association,
                   const IdsByObject& found) {
  return environment.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
    for (const auto& [object, ids] : found)
      FLIT_TRY_VOID(store::add_finding(
          transaction,
          {.stage = std::string(stage),
           .code = "broken_reference",
           .object = object,
           .field = association,
           .message = "associated with a record that is archived or does not exist",
           .remedy = "Nothing: the association is left out",
           .count = ids.size()},
          ids));
    return {};
  });
}

}  // namespace

Result<void> find_dangling_edges(Environment& environment, const model::Schema& source,
                                 std::string_view stage) {
  for (const model::Association& association : source.associations) {
    std::int64_t after = 0;
    do {
      IdsByObject found;
      FLIT_TRY(last, read_chunk(environment, association.name, after, found));
      FLIT_TRY_VOID(write(environment, stage, association.name, found));
      after = last;
    } while (after != 0);
  }
  return {};
}

}  // namespace flit::engine
