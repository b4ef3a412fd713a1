#pragma once
/// @file The whole map, compiled: one CompiledObject for each source object that moves.
///
/// Objects that the map holds ("not yet supported") are known here too, so that every record of
/// every object gets a verdict. Const after compiling; shared by all lanes.

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "mapping/compiled_also.hpp"
#include "mapping/compiled_checks.hpp"
#include "mapping/compiled_map.hpp"
#include "mapping/compiled_states.hpp"
#include "model/map.hpp"
#include "model/schema.hpp"

namespace flit::engine {

class MigrationMap {
 public:
  /// Fault::setup with every line that cannot work.
  static Result<MigrationMap> compile(const model::MapDocument& document,
                                      const model::Schema& source, const model::Schema& destination,
                                      const mapping::Locale& locale);

  /// Null: this object is held, or the map does not know it. Rows that records speak of beside
  /// their own have a map of their own: mapping::also_name().
  const mapping::CompiledObject* find(std::string_view object) const;

  /// Null: records of this object on this table have no last state.
  const mapping::CompiledStates* states(std::string_view object, std::string_view table) const;

  /// Rows that records of this object speak of beside their own.
  std::span<const mapping::CompiledAlso> also(std::string_view object) const;

  /// What is looked for in every record of this object.
  std::span<const mapping::CompiledCheck> checks(std::string_view object) const;

  /// Why records of this object wait; empty: they move. An object that the map does not name is
  /// held too.
  std::string held(std::string_view object) const;

  const model::MapDocument& document() const { return *document_; }
  const model::ObjectMap* rules(std::string_view object) const;
  const model::Schema& source() const { return *source_; }
  const model::Schema& destination() const { return *destination_; }
  const mapping::Locale& locale() const { return *locale_; }

 private:
  using Settings = mapping::CompiledObject::Settings;
  using Problems = std::vector<mapping::MapProblem>;

  void add(const Settings& settings, Problems& problems);
  void add_also(const Settings& settings, const model::AlsoRule& rule, Problems& problems);
  void add_states(const Settings& settings, const std::string& table, Problems& problems);

  // On the heap: compiled objects point into them, and a map may be moved.
  std::unique_ptr<model::MapDocument> document_;
  std::unique_ptr<model::Schema> source_;
  std::unique_ptr<model::Schema> destination_;
  std::unique_ptr<mapping::Locale> locale_;
  std::map<std::string, mapping::CompiledObject, std::less<>> objects_;
  std::map<std::pair<std::string, std::string>, mapping::CompiledStates> states_;
  std::map<std::string, std::vector<mapping::CompiledCheck>, std::less<>> checks_;
  std::map<std::string, std::vector<mapping::CompiledAlso>, std::less<>> also_;
  std::map<std::string, model::ObjectMap, std::less<>> also_rules_;  // by also_name()
};

}  // namespace flit::engine
