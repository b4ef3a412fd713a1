#pragma once
/// @file A piece of metadata as the API shows it: its properties as JSON, its children by name.
///
/// $select, $filter and $expand work on this form alone, so that every kind of definition is
/// queried alike (fact sheet §11: no paging, filters on primitives and one-level complex values).

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/dataverse/errors/refusal.hpp"
#include "sim/dataverse/odata/query_options.hpp"

namespace flit::sim::dataverse {

struct MetaList;

struct MetaItem {
  std::string type{};  ///< "StringAttributeMetadata"
  std::string json{};  ///< an object with every property
  /// The parts behind a navigation property; none if there is no such property.
  std::function<std::optional<MetaList>(std::string_view)> children{};
};

struct MetaList {
  bool is_collection = true;
  std::vector<MetaItem> items{};
};

/// The item with the properties that the options choose, as one JSON object without its context.
Answer<std::string> show(const MetaItem& item, const odata::QueryOptions& options, bool with_type);

/// Keeps the items that $filter accepts.
Answer<MetaList> filtered(MetaList list, const odata::QueryOptions& options);

}  // namespace flit::sim::dataverse
