#pragma once
/// @file A path: what is known about moving from one source to one destination.
///
/// Data, read from packs/paths/<name>.yaml: the mission's rows, the map that a consultant would
/// start from, the columns and records that must be there first, the order of loading, the checks.
/// Nothing here is code for a platform; the engine interprets it, people can read it.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/spec.hpp"
#include "mapping/document_spec.hpp"
#include "model/map.hpp"
#include "model/schema.hpp"
#include "packs/quality.hpp"

namespace flit::packs {

/// How an object of the source maps, as the mission counts it.
enum class RowKind : std::uint8_t { one_to_one, one_to_many, lossy };

struct PathRow {
  std::string id;           ///< "ID-04"
  std::string source;       ///< "company"
  std::string destination;  ///< "account"
  RowKind kind = RowKind::one_to_one;
  std::string what;    ///< what must happen, one or two sentences
  std::string held{};  ///< why this version does not move it yet; empty: it does
};

/// What the path's description claims; computed figures stand beside it, never instead of it.
struct Stated {
  int one_to_one = 0;
  int objects = 0;
  std::string grade{};
  std::string timeline{};
};

/// A column that the path needs and the destination does not have.
struct CustomColumn {
  std::vector<std::string> tables;
  std::string name;  ///< with the prefix "flit_", which an operator may replace
  std::string label;
  model::FieldType type = model::FieldType::text;
  std::uint32_t length = 100;
  std::uint8_t scale = 2;
  std::string
      options_from{};  ///< "contacts.lifecycle_stage": its options and the values in its data
  std::string row{};
};

/// An alternate key over custom columns: whoever works over there later finds a record by its
/// source id, and the platform refuses a second one.
struct CustomKey {
  std::vector<std::string> tables;
  std::string name;
  std::vector<std::string> columns;
  std::string row{};
};

/// A record of our own that others need: the fallback account, a connection role.
struct OwnRecord {
  std::string name;  ///< how links refer to it: "unassigned account"
  std::string table;
  std::vector<std::pair<std::string, std::string>> values;
  bool only_if_used = true;
};

/// What stands in for a record that is archived at the source while others refer to it (ID-04).
struct Placeholder {
  std::string object;                                       ///< of the source
  std::vector<std::string> columns;                         ///< taken over from the archived record
  std::vector<std::pair<std::string, std::string>> values;  ///< what tags the row
};

/// A table whose rows link two others, and its columns.
struct LinkTable {
  std::string table;
  std::string from;   ///< reference to the one
  std::string to;     ///< reference to the other
  std::string role;   ///< reference to the role of the other
  std::string label;  ///< takes the source's own words
  /// What tells a row that was written from its mirror.
  std::vector<std::pair<std::string, std::string>> counted;
};

/// Two records that a third one names become linked: the spouses of a matter.
struct PairLink {
  std::string object;  ///< of the source, whose records name two others
  model::Condition when;
  std::vector<std::string> fields;  ///< the two fields that name them
  std::string of;                   ///< the object whose records they are
  std::string table;                ///< of links
  std::string role;                 ///< the pack's record of the role
  std::string broken;               ///< the finding when one of the two is archived or not there
  std::string row;
};

struct Phase {
  std::string name;  ///< "accounts"
  std::vector<std::string> tables;
};

struct PathPack {
  std::string path;
  std::string title;
  std::string source;
  std::string destination;
  Stated stated;
  std::vector<PathRow> rows;
  std::vector<std::string> checks;  ///< gotcha ids that are run, in this order
  QualityRules quality{};
  std::vector<CustomColumn> columns;
  std::vector<CustomKey> keys;
  std::vector<OwnRecord> records;
  std::vector<Placeholder> placeholders;
  std::vector<LinkTable> link_tables;
  std::vector<PairLink> pairs;
  std::string owner;  ///< the column that says who owns a row
  std::string stamp;  ///< a numeric column by which our rows can be counted; see stamp_of()
  std::vector<Phase> phases;
  std::vector<mapping::ObjectFile> objects;

  const PathRow* find_row(std::string_view id) const;
};

void describe(spec::Spec<PathPack>& spec);

}  // namespace flit::packs

namespace flit::model {
void describe(spec::Choices<FieldType>& choices);
}
