#pragma once
/// @file Schemas of a size that can be asked for, woven of labelled scenarios and real metadata.
///
/// Names, types, choices and samples are those of customer systems; only their number is not. What
/// is repeated gets a number into its name, so that nothing is found by being equal.

#include <cstddef>
#include <filesystem>

#include "automap/schema.hpp"
#include "base/result.hpp"

namespace flit::bench {

/// The folder that holds dest/ and dev/.
struct Sources {
  automap::Schema destination{};           ///< as it is: 41 tables
  std::vector<automap::Object> objects{};  ///< of all scenarios that go there
};

Result<Sources> read_sources(const std::filesystem::path& mapping);

/// One object of `fields` fields that mean a person, and the standard tables.
automap::Schema one_object(const Sources& sources, std::size_t fields);

automap::Schema many_objects(const Sources& sources, std::size_t objects, std::size_t fields);
automap::Schema many_tables(const Sources& sources, std::size_t tables);

std::size_t fields_of(const automap::Schema& schema);

}  // namespace flit::bench
