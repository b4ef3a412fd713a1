#pragma once
/// @file The map: what people confirm. Per source object, where its records go and what becomes of
/// every one of its fields.
///
/// These are the plain types; the room `mapping` reads and writes them as YAML and compiles them.
/// Every source field appears in exactly one of: mapped, preserved, ignored. Every line can say how
/// sure the proposer was, why, and what else it considered; a person's confirmation is a gate of
/// its own and never stored here.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace flit::model {

/// A test of one source record. Structured, so that a page can draw it and a check can read it.
struct Condition {
  enum class Kind : std::uint8_t {
    always,
    all,        ///< every part
    any,        ///< at least one part
    negation,   ///< not the only part
    equals,     ///< field has values[0]
    in,         ///< field has one of values
    missing,    ///< field is null, empty or not there
    before,     ///< both fields are moments, and this one is the earlier
    differs,    ///< both fields have values, and not the same
    expression  ///< a jq expression over the source payload; the last resort
  };
  Kind kind = Kind::always;
  std::string field{};
  std::string other{};  ///< the second field of before and differs
  std::vector<std::string> values{};
  std::vector<Condition> parts{};
  std::string expression{};

  bool operator==(const Condition&) const = default;
};

/// Why a line of the map says what it says.
struct Rationale {
  std::optional<double> confidence{};  ///< in [0, 1], calibrated
  std::string reason{};
  std::vector<std::pair<std::string, double>> alternatives{};  ///< destination column, confidence

  bool operator==(const Rationale&) const = default;
};

/// Which table a record lands on. The first route whose condition holds wins, so one source record
/// lands on exactly one table.
struct Route {
  std::string table;
  Condition when{};
  std::string row{};  ///< the mission row it fulfils ("ID-02")
  std::string
      unrouted{};  ///< finding when a record gets here without any value that routes ask for
  std::string because{};

  bool operator==(const Route&) const = default;
};

/// What to do with a choice value that the value map does not name.
enum class OtherValues : std::uint8_t { fail, null, keep_text, use_default };

struct ValueMap {
  std::vector<std::pair<std::string, std::string>> pairs{};  ///< source value → destination value
  OtherValues other = OtherValues::fail;

  bool operator==(const ValueMap&) const = default;
};

/// What to do with a text that is longer than its column.
enum class TooLong : std::uint8_t { fail, truncate, attach };

/// One source field into one destination column of one or more routes' tables.
struct FieldRule {
  std::string from{};                 ///< source field; empty: a constant
  std::string to;                     ///< destination column
  std::vector<std::string> tables{};  ///< only for these tables; empty: for every route that has it
  std::string convert{};              ///< a named conversion, "" for the obvious one
  std::vector<std::pair<std::string, std::string>> arguments{};  ///< of the conversion
  std::optional<ValueMap> values{};
  std::optional<std::string> fallback{};  ///< when the source is empty
  TooLong too_long = TooLong::fail;
  bool preserved = false;  ///< a column made only to keep this field
  std::string row{};
  Rationale why{};

  bool operator==(const FieldRule&) const = default;
};

/// A field that does not move, on record.
struct IgnoredField {
  std::string from;
  std::string reason;

  bool operator==(const IgnoredField&) const = default;
};

/// What becomes of associations or of a reference field: a lookup, rows of a link table, or both.
struct LinkRule {
  /// The source's associations ("contacts→companies") in order of preference; the first that has a
  /// record gives the lookup, everything else is further.
  std::vector<std::string> associations;
  std::vector<std::string> tables{};  ///< only for these tables; empty: for every route
  std::string lookup{};               ///< destination column that takes the preferred one
  std::string fallback{};             ///< the pack's name of the record used when there is none
  std::string
      further{};  ///< what the others become: "connection", a link table; empty: listed only
  std::vector<std::pair<std::string, std::string>> roles{};  ///< source label → role over there
  std::string row{};
  Rationale why{};

  bool operator==(const LinkRule&) const = default;
};

/// A state that is not the first one: won, completed, inactive. Written last, when everything that
/// hangs on the row is there, because closed rows refuse further writes.
struct StateRule {
  std::string table;
  Condition when{};
  std::string state;                ///< label or value of the platform's state
  std::string status{};             ///< of its status; empty: the state's own default
  std::vector<FieldRule> fields{};  ///< written together with it
  std::string row{};
  std::string because{};

  bool operator==(const StateRule&) const = default;
};

/// What is looked for in every record before anything moves.
struct CheckRule {
  std::string code;  ///< of the finding: "stage_pipeline_mismatch"
  Condition when{};
  bool holds = false;  ///< the record waits for a person
  std::string row{};
  std::string because{};

  bool operator==(const CheckRule&) const = default;
};

/// Another row that records of one object speak of as well: the company in a contact's row. Records
/// that agree in its key share one such row.
struct AlsoRule {
  std::string name;                   ///< what it is, unique within the object: "company"
  std::string table;                  ///< where it lands
  std::vector<std::string> key;       ///< the source fields that tell one such row from another
  std::vector<std::string> tables{};  ///< only of records that land on these; empty: of all
  Condition when{};                   ///< only of records for which this holds
  std::vector<FieldRule> fields{};    ///< its columns, from the same source record
  std::string lookup{};               ///< column of the record's own row that leads to it
  std::string fallback{};  ///< the pack's name of the record that the look-up takes without one
  std::string row{};
  Rationale why{};

  bool operator==(const AlsoRule&) const = default;
};

struct ObjectMap {
  std::string object;
  std::vector<Route> routes{};
  std::vector<FieldRule> fields{};
  std::vector<IgnoredField> ignored{};
  std::vector<LinkRule> links{};
  std::vector<StateRule> states{};
  std::vector<CheckRule> checks{};
  std::vector<AlsoRule> also{};
  std::string
      held{};  ///< why all records of this object wait ("not yet supported"); empty: they move

  bool operator==(const ObjectMap&) const = default;
};

struct MapDocument {
  std::string path;  ///< "interactive-to-dynamics365"
  std::vector<ObjectMap> objects{};

  bool operator==(const MapDocument&) const = default;
};

}  // namespace flit::model
