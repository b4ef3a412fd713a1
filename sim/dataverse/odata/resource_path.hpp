#pragma once
/// @file The path of a URL below /api/data/v9.x/, cut into segments.
///
/// accounts(guid)/contact_customer_accounts/$ref, accounts(name='O''Hara',code=2),
/// EntityDefinitions(LogicalName='account')/Attributes/Microsoft.Dynamics.CRM.StringAttributeMetadata,
/// RetrieveTotalRecordCount(EntityNames=@p1), $metadata, $batch, $1/tasks. What a name means is for
/// the metadata to say; here only its form is checked. Fact sheet §3, §5, §11.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/dataverse/odata/argument_reader.hpp"

namespace flit::sim::dataverse::odata {

enum class SegmentKind : std::uint8_t {
  name,      ///< a set, a row's navigation or property, a function, an action, a type cast
  ref,       ///< $ref
  value,     ///< $value
  count,     ///< $count
  metadata,  ///< $metadata
  batch,     ///< $batch
  content,   ///< $1: the row that an earlier part of a change set made
};

struct Segment {
  SegmentKind kind = SegmentKind::name;
  std::string name{};          ///< as written, percent-decoded; "Microsoft.Dynamics.CRM.X" whole
  bool has_arguments = false;  ///< parentheses stood there, if only empty ones
  std::vector<Argument> arguments{};  ///< key parts or function parameters

  bool is_qualified() const { return name.find('.') != std::string::npos; }

  bool operator==(const Segment&) const = default;
};

using ResourcePath = std::vector<Segment>;

/// `encoded`: without query and without the service root ("accounts(…)", a leading slash allowed).
Result<ResourcePath> parse_resource_path(std::string_view encoded, const Aliases& aliases);

/// Decoded, without a leading slash; parse_resource_path reads it back equal where no name or value
/// holds a percent sign.
std::string to_string(const ResourcePath& path);

/// Fact sheet §5: a key value that holds one of these cannot be addressed in a URL.
bool has_forbidden_key_character(std::string_view value);

}  // namespace flit::sim::dataverse::odata
