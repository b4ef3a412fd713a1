#pragma once
/// @file Every refusal that the simulator gives, by the platform's own name for it.
///
/// Codes, statuses and texts from fact sheet §9 and the error code list; where the sheet gives no
/// HTTP status ("4xx") 400 is used. Pure functions.

#include <string>
#include <string_view>

#include "base/uuid.hpp"
#include "sim/dataverse/errors/refusal.hpp"

namespace flit::sim::dataverse::errors {

// Rows and keys
Refusal object_does_not_exist(std::string_view table, const Uuid& id);
Refusal record_not_found_by_key(std::string_view table);
Refusal entity_key_not_defined(std::string_view table);
Refusal duplicate_record();
Refusal duplicate_key(std::string_view key_name, std::string_view column_names);
Refusal duplicate_records_found();
Refusal version_mismatch();
Refusal cannot_delete_due_to_association();

// Payload and URL (the OData layer)
Refusal payload(std::string_view entity, std::string_view inner);
Refusal undeclared_property(std::string_view table, std::string_view name);
Refusal only_annotations(std::string_view table, std::string_view name);
Refusal cannot_convert_literal(std::string_view table, std::string_view literal,
                               std::string_view edm_type);
Refusal bad_uri(std::string message);               ///< 0x80060888, 400
Refusal no_such_segment(std::string_view segment);  ///< 0x80060888, 404
Refusal no_such_property(std::string_view name, std::string_view type);
Refusal method_not_allowed(std::string message);  ///< 0x80060888, 405

// Values
Refusal string_too_long(std::string_view table, std::string_view column, int max_length);
Refusal option_out_of_range(std::string_view table, std::string_view column, std::string_view value,
                            std::string_view accepted);
Refusal integer_out_of_range();
Refusal decimal_out_of_range();
Refusal money_out_of_range();
Refusal invalid_date_time();
Refusal required_field_missing(std::string_view table, std::string_view column);
Refusal invalid_argument(std::string message);
Refusal unexpected();

// Files (§12): 0x80044a02, 0x80090008, 0x80090003
Refusal file_too_big();
Refusal chunk_too_big(std::size_t bytes);
Refusal file_parameter(std::string message);

// Messages, state, privileges
Refusal message_not_supported(std::string_view message, std::string_view table);
Refusal not_implemented(std::string_view message);
Refusal invalid_status(std::string_view status, std::string_view state, std::string_view table,
                       const Uuid& id);
Refusal inactive();
/// Who lacks which privilege; a privilege that belongs to no table leaves the table empty.
struct Lacking {
  Uuid user{};
  int roles = 0;
  int privileges = 0;
  int access_mode = 0;
  std::string privilege{};
  Uuid privilege_id{};
  int object_type_code = 0;
  std::string table{};
};
Refusal privilege_denied(const Lacking& lacking);  ///< 0x80040220
Refusal access_denied(const Uuid& user, std::string_view access, std::string_view table,
                      const Uuid& id);  ///< 0x80048306
Refusal no_roles(const Uuid& user);     ///< 0x80042f09
Refusal user_disabled(const Uuid& user);
Refusal owner_disabled();
Refusal invalid_owner();

/// Anything else of the table in §9: the code decides nothing else, so status and text are given.
Refusal other(int status, std::uint32_t code, std::string message);

}  // namespace flit::sim::dataverse::errors
