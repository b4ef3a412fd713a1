#pragma once
/// @file S-02: the map that people start from, made of what the path knows and what this source
/// has.
///
/// The pack's lines are taken where source and destination have what they name. Every other field
/// of the source is offered to the proposer; what it will not place gets a column of its own, so
/// that nothing is dropped unless the record says so. Pure; the same inputs give the same map.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/map.hpp"
#include "model/schema.hpp"
#include "packs/path_pack.hpp"

namespace flit::engine {

/// What a proposer says of one source field.
struct FieldSuggestion {
  std::string column{};  ///< empty: no column that exists fits
  std::string convert{};
  std::optional<model::ValueMap> values{};
  model::Rationale why{};
};

/// Places fields that no pack knows. Pure, and offline.
class FieldProposer {
 public:
  virtual ~FieldProposer() = default;

  /// By field name. A field that is not answered for is as if it had no column.
  virtual std::map<std::string, FieldSuggestion> propose(
      const model::Object& object, const std::vector<std::string>& tables) const = 0;
};

struct MapDraftSettings {
  std::string prefix = "flit";   ///< of columns made for fields without a home
  double accept = 0.97;          ///< suggestions below are only named as alternatives
  std::size_t name_length = 50;  ///< of a column's name (facts/dataverse.md §11)
};

struct MapDraft {
  model::MapDocument map;
  std::vector<std::string> notes;  ///< what of the pack does not apply here, and why
};

class MapDrafter {
 public:
  struct Parts {
    const packs::PathPack& path;
    const model::Schema& source;
    const model::Schema& destination;
    const FieldProposer* proposer = nullptr;  ///< null: the pack alone
  };

  MapDrafter(const Parts& parts, MapDraftSettings settings);

  MapDraft draft() const;

 private:
  model::ObjectMap object_map(const model::Object& object, MapDraft& draft) const;
  void keep_usable(model::ObjectMap& map, const model::Object& object, MapDraft& draft) const;
  void place_the_rest(model::ObjectMap& map, const model::Object& object) const;
  model::FieldRule own_column(const model::Object& object, const model::Field& field,
                              std::vector<std::string>& taken) const;
  bool will_have(const std::string& table, const std::string& column) const;

  Parts parts_;
  MapDraftSettings settings_;
};

/// A column name for a field of any name: "flit_" and the letters and digits of it, none of
/// `taken` (compared without case), at most `length` characters.
std::string column_name(const std::string& prefix, const std::string& field,
                        const std::vector<std::string>& taken, std::size_t length);

}  // namespace flit::engine
