#pragma once
/// @file A CustomObject of the Metadata API as what is said of the object it makes (§6.1).

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sim/salesforce/xml/xml.hpp"

namespace flit::sim::salesforce::metadata {

struct ObjectDefinition {
  std::string label{};
  std::string label_plural{};
  std::string name_label{};   ///< of the field Name
  std::string auto_number{};  ///< its display format; empty: text
};

/// `name` with "__c". Error::message is the platform's "problem".
Result<ObjectDefinition> read_object(std::string_view name, const xml::Node& node);

}  // namespace flit::sim::salesforce::metadata
