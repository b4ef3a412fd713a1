#pragma once
/// @file Records as the platform writes them in JSON (fact sheet §2.4).
///
/// Appends to a string, no tree: this is what makes a query's answer quick. Attributes come first,
/// then the selected fields in their order; an empty lookup and a sub-query without rows are null.

#include <string>
#include <string_view>
#include <vector>

#include "sim/salesforce/soql/plan.hpp"

namespace flit::sim::salesforce::soql {

class RecordWriter {
 public:
  /// `version` as it stands in addresses: "66.0".
  explicit RecordWriter(std::string_view version);

  void append(std::string& out, const Projection& projection, const Record& record);

  /// {"attributes":{"type":"AggregateResult"},"expr0":5}
  void append(std::string& out, const std::vector<ResultColumn>& columns,
              const std::vector<Constant>& values);

  /// A value as JSON. `record` and `name` give a blob its address.
  void append_value(std::string& out, const Value& value, FieldType type, const Record& record,
                    std::string_view name);

 private:
  void append_attributes(std::string& out, const Record& record);
  void append_node(std::string& out, const Node& node, const Record& record);
  void append_above(std::string& out, const Node& node, const Record& record);
  void append_children(std::string& out, const Node& node, const Record& record);
  void append_url(std::string& out, const Record& record);

  struct IdField {
    const ObjectView* object = nullptr;
    std::uint32_t handle = 0;
  };
  std::uint32_t id_handle(const ObjectView* object);

  std::string prefix_;  // "/services/data/v66.0/sobjects/"
  std::string scratch_;
  std::vector<IdField> id_fields_;  // of the objects met so far, a handful
};

}  // namespace flit::sim::salesforce::soql
