#pragma once
/// @file The map of one object, compiled against both schemas: what turns a record into a row.
///
/// Compiling finds every name that does not exist and every line that cannot work, all at once,
/// before a single record is touched. What is compiled is const and may be used by many lanes; what
/// changes from record to record (RecordView, the batch) is handed in. No names are looked up per
/// record.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/result.hpp"
#include "mapping/condition.hpp"
#include "mapping/conversion.hpp"
#include "mapping/record_view.hpp"
#include "model/map.hpp"
#include "model/schema.hpp"

namespace flit::mapping {

/// What happened to one field of one record, where it was not plain.
struct FieldNote {
  std::string_view field;  ///< source field, empty for a constant
  std::string_view column;
  bool refused = false;  ///< the record cannot be written like this
  std::string_view code;
  std::string detail;
};

/// One item of an object's file: the third of its `fields`.
struct MapItem {
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::string object{};
  std::string_view section{};
  std::size_t index = none;
};

/// A line of the map that cannot work, and why.
struct MapProblem {
  std::string where;  ///< "contacts › fields › telephone9"
  std::string message;
  std::string remedy;
  MapItem item{};  ///< where it stands; no index: nowhere
};

class CompiledObject {
 public:
  struct Settings {
    const model::ObjectMap& map;
    const model::Object& source;
    const model::Schema& destination;
    const Locale& locale;
  };

  /// None when any line cannot work: `problems` then says which and why.
  static std::optional<CompiledObject> compile(const Settings& settings,
                                               std::vector<MapProblem>& problems);

  const std::string& object() const { return object_; }
  const FieldNumbers& numbers() const { return *numbers_; }
  std::size_t routes() const { return routes_.size(); }
  const std::string& table(std::size_t route) const { return routes_[route].table; }
  const std::string& row(std::size_t route) const { return routes_[route].row; }
  /// The finding of a record that takes this route while is_named() is false; empty: none.
  const std::string& unrouted(std::size_t route) const { return routes_[route].unrouted; }

  /// Whether a record has a known value in any of the fields that routes ask about.
  bool is_named(const RecordView& record) const;

  /// Which route a record takes; none when no condition holds.
  std::optional<std::size_t> route_of(const RecordView& record, std::string_view payload) const;

  /// The columns that a route writes, in the order of the cells of transform().
  const std::vector<std::string>& columns(std::size_t route) const {
    return routes_[route].columns;
  }

  /// Fills `cells` (absent before) and notes what was not plain. A row whose notes hold a refusal
  /// would be refused over there: it is not sent.
  void transform(const RecordView& record, std::size_t route, const Context& context,
                 std::span<model::Value> cells, std::vector<FieldNote>& notes) const;

 private:
  /// One source field into one column.
  struct Operation {
    std::size_t from;  ///< field number, or `constant`
    std::size_t to;    ///< place of the column
    std::string field;
    std::unique_ptr<Converter> converter;
    std::optional<json::Document> fallback;  ///< what the converter gets when the source is empty
  };
  struct Route {
    std::string table;
    std::string row;
    std::string unrouted;
    std::unique_ptr<CompiledCondition> when;
    std::vector<std::string> columns;
    std::vector<Operation> operations;
    std::vector<std::size_t> required;  ///< places of columns that the platform insists on
  };
  static constexpr std::size_t constant = static_cast<std::size_t>(-1);

  class Compiler;

  /// What transform() fills.
  struct Row {
    std::span<model::Value> cells;
    std::vector<FieldNote>& notes;
  };
  void run(const Operation& operation, const RecordView& record, const Route& route,
           const Context& context, const Row& row) const;

  std::string object_;
  std::unique_ptr<FieldNumbers> numbers_;
  /// A field that a route asks about, and its options that are still offered.
  struct RoutingField {
    std::size_t number;
    std::vector<std::string> known;
  };
  std::vector<Route> routes_;
  std::vector<RoutingField> routing_fields_;
};

}  // namespace flit::mapping
