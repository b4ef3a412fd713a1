#pragma once
/// @file The refusals of fact sheet §2.9, each made in one place, its words as seen.

#include <string>
#include <string_view>
#include <vector>

#include "sim/salesforce/schema/object.hpp"
#include "sim/salesforce/schema/refusal.hpp"

namespace flit::sim::salesforce::errors {

// Of a request.
Refusal not_found();  ///< "The requested resource does not exist"
Refusal method_not_allowed(std::string_view method);
Refusal session_expired();
Refusal parse_error(std::string message);
Refusal request_limit(std::string_view which);  ///< "TotalRequests Limit exceeded."
Refusal entity_is_deleted();
Refusal storage_limit();

// Of a name.
Refusal no_such_column(const Object& object, std::string_view field);
Refusal unknown_object(std::string_view name);

// Of a value.
Refusal required_missing(const std::vector<std::string>& fields);
Refusal too_long(const Field& field, std::string_view text);
Refusal bad_email(const Field& field, std::string_view text);
Refusal bad_choice(const Field& field, std::string_view text);
Refusal wrong_type(const Field& field, std::string_view text);
Refusal cannot_deserialize(const Field& field, std::string_view token, std::string_view text);
Refusal out_of_range(const Field& field, std::string_view text);
Refusal bad_id(const Field& field, std::string_view text);
Refusal malformed_id(std::string_view text);
Refusal read_only(const std::vector<std::string>& fields);  ///< INVALID_FIELD_FOR_INSERT_UPDATE

// Of a reference.
Refusal bad_reference(const Field& field);
Refusal foreign_key_not_found(const Object& parent, const Field& key, std::string_view value);
Refusal inactive_owner(RecordId user, const Object& object);

// Of keys.
Refusal duplicate_value(std::string_view field, RecordId other);
Refusal duplicate_in_request(std::string_view value);
Refusal several_found(const Field& field, const std::vector<RecordId>& found);

// Of a rule.
Refusal integrity(std::string message, std::vector<std::string> fields = {});
Refusal rolled_back();

}  // namespace flit::sim::salesforce::errors
