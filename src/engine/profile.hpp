#pragma once
/// @file S-01, second half: what the staged data is like. One pass over each object's live records
/// measures every field and asks every question of quality; then the questions about all records at
/// once are asked of the database. Findings go to the ledger with the ids of their records.
///
/// Repeatable: it forgets what it found before it looks again. Memory: one chunk's findings, and a
/// bounded measure for each field of one object.

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "engine/environment.hpp"
#include "engine/observed.hpp"
#include "mapping/conversion.hpp"
#include "model/schema.hpp"
#include "packs/path_pack.hpp"

namespace flit::engine {

struct ProfileCounts {
  std::uint64_t records = 0;   ///< live ones that were looked at
  std::uint64_t findings = 0;  ///< (code, object, field) that were found
};

/// An object was looked at.
struct ObjectProfiled {
  std::string object;
  std::uint64_t records = 0;
};
Event to_event(const ObjectProfiled& event);

class Profile {
 public:
  struct Inputs {
    const packs::PathPack& path;
    const model::Schema& source;
    const mapping::Locale& locale;
  };

  Profile(Environment& environment, const Inputs& inputs)
      : environment_(environment), inputs_(inputs) {}

  Result<ProfileCounts> run(std::stop_token stop);

 private:
  class ObjectPass;

  Result<std::uint64_t> profile_object(const model::Object& object, Observed& observed,
                                       std::stop_token stop);
  Result<void> ask_about_all();

  Environment& environment_;
  Inputs inputs_;
};

/// What the last run measured, by "object.field"; empty before the first.
Result<Observed> observed_fields(const Environment& environment);

}  // namespace flit::engine
