#pragma once
/// @file The org's records as queries see them: soql's faces over schema and store.
///
/// A row's number is RecordId::bits(), a handle is a field's index; both keep their meaning, so a
/// cursor may hold them. A view lives as long as its org's schema (until a reset). Reading happens
/// under the org's lock; views of objects are made when first asked for, under a lock of their own.

#include <memory>
#include <mutex>
#include <vector>

#include "sim/salesforce/organization/organization.hpp"
#include "sim/salesforce/soql/row.hpp"

namespace flit::sim::salesforce {

class StoreView : public soql::SchemaView {
 public:
  /// `org` outlives the view.
  explicit StoreView(const Organization& org);
  ~StoreView() override;

  const soql::ObjectView* object(std::string_view name) const override;

  /// The view of an object that exists.
  const soql::ObjectView* view_of(const Object& object) const;
  const Organization& org() const { return org_; }

 private:
  const Organization& org_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<soql::ObjectView>> views_;  // by Object::index
};

/// The view of EntityDefinition or FieldDefinition, whose rows are the schema itself; null for
/// other objects.
std::unique_ptr<soql::ObjectView> definition_view(const StoreView& schema, const Object& object);

/// A field as queries see it.
soql::Field soql_field(const Field& field);

}  // namespace flit::sim::salesforce
