#pragma once
/// @file CustomField and CustomObject as Tooling queries see them: rows over the catalogue.

#include <memory>
#include <string_view>

#include "sim/salesforce/schema/catalogue.hpp"
#include "sim/salesforce/soql/row.hpp"

namespace flit::sim::salesforce {

class ToolingView : public soql::SchemaView {
 public:
  /// `catalogue` outlives it and does not change meanwhile.
  explicit ToolingView(const Catalogue& catalogue);
  ~ToolingView() override;

  const soql::ObjectView* object(std::string_view name) const override;

  static bool has(std::string_view object);

 private:
  class Definitions;
  std::unique_ptr<Definitions> fields_;
  std::unique_ptr<Definitions> objects_;
};

}  // namespace flit::sim::salesforce
