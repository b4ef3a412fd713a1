#pragma once
/// @file Contacts as a source sends them, and maps that make rows of them: always the same ones.

#include <cstddef>
#include <string>
#include <vector>

#include "mapping/compiled_map.hpp"

namespace flit::bench {

/// Payloads of one kind of record, and the map that is applied to them.
struct People {
  model::Object source;
  model::Schema destination;
  model::ObjectMap map;
  std::vector<std::string> payloads;

  std::size_t bytes() const;
};

/// Sixteen columns: eight texts, three numbers, three dates and times, two choices.
People plain_people(std::size_t count);

/// Three telephone numbers each, as people write them.
People people_with_phones(std::size_t count);

/// One note in HTML each, some of it not safe.
People people_with_notes(std::size_t count);

/// A Bug when a map does not compile.
mapping::CompiledObject compiled(const People& people);

}  // namespace flit::bench
