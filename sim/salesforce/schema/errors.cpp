#include "sim/salesforce/schema/errors.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace flit::sim::salesforce::errors {
namespace {

Refusal make(std::string code, std::string message, std::vector<std::string> fields = {}) {
  return {.code = std::move(code), .message = std::move(message), .fields = std::move(fields)};
}

Refusal with_status(int status, std::string code, std::string message) {
  return {.status = status, .code = std::move(code), .message = std::move(message)};
}

}  // namespace

Refusal not_found() {
  return with_status(404, "NOT_FOUND", "The requested resource does not exist");
}

Refusal method_not_allowed(std::string_view method) {
  return with_status(
      405, "METHOD_NOT_ALLOWED",
      fmt::format("HTTP Method '{}' not allowed. Allowed are GET,POST,PATCH,DELETE", method));
}

Refusal session_expired() {
  return with_status(401, "INVALID_SESSION_ID", "Session expired or invalid");
}

Refusal parse_error(std::string message) {
  return make("JSON_PARSER_ERROR", std::move(message));
}

Refusal request_limit(std::string_view which) {
  return with_status(403, "REQUEST_LIMIT_EXCEEDED", fmt::format("{} Limit exceeded.", which));
}

Refusal entity_is_deleted() {
  return with_status(404, "ENTITY_IS_DELETED", "entity is deleted");
}

Refusal storage_limit() {
  return make("STORAGE_LIMIT_EXCEEDED", "storage limit exceeded");
}

Refusal no_such_column(const Object& object, std::string_view field) {
  return make("INVALID_FIELD",
              fmt::format("No such column '{}' on sobject of type {}", field, object.name));
}

Refusal unknown_object(std::string_view name) {
  return make("INVALID_TYPE", fmt::format("sObject type '{}' is not supported.", name));
}

Refusal required_missing(const std::vector<std::string>& fields) {
  return make("REQUIRED_FIELD_MISSING",
              fmt::format("Required fields are missing: [{}]", text::join(fields, ", ")), fields);
}

Refusal too_long(const Field& field, std::string_view text) {
  return make(
      "STRING_TOO_LONG",
      fmt::format("{}: data value too large: {} (max length={})", field.label, text, field.length),
      {field.name});
}

Refusal bad_email(const Field& field, std::string_view text) {
  return make("INVALID_EMAIL_ADDRESS",
              fmt::format("{}: invalid email address: {}", field.label, text), {field.name});
}

Refusal bad_choice(const Field& field, std::string_view text) {
  return make("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
              fmt::format("{}: bad value for restricted picklist field: {}", field.label, text),
              {field.name});
}

Refusal wrong_type(const Field& field, std::string_view text) {
  return make("INVALID_TYPE_ON_FIELD_IN_RECORD",
              fmt::format("{}: value not of required type: {}", field.name, text), {field.name});
}

Refusal cannot_deserialize(const Field& field, std::string_view token, std::string_view text) {
  return make("JSON_PARSER_ERROR", fmt::format("Cannot deserialize instance of {} from {} value {}",
                                               to_string(field.type), token, text));
}

Refusal out_of_range(const Field& field, std::string_view text) {
  return make(
      "NUMBER_OUTSIDE_VALID_RANGE",
      fmt::format("{}: value outside of valid range on numeric field: {}", field.label, text),
      {field.name});
}

Refusal bad_id(const Field& field, std::string_view text) {
  return make("MALFORMED_ID", fmt::format("{}: id value of incorrect type: {}", field.label, text),
              {field.name});
}

Refusal malformed_id(std::string_view text) {
  return make("MALFORMED_ID", fmt::format("malformed id {}", text), {"Id"});
}

Refusal read_only(const std::vector<std::string>& fields) {
  return make(
      "INVALID_FIELD_FOR_INSERT_UPDATE",
      fmt::format("Unable to create/update fields: {}. Please check the security settings of "
                  "this field and verify that it is read/write for your profile or "
                  "permission set.",
                  text::join(fields, ", ")),
      fields);
}

Refusal bad_reference(const Field& field) {
  return make("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", {field.name});
}

Refusal foreign_key_not_found(const Object& parent, const Field& key, std::string_view value) {
  return make("INVALID_FIELD",
              fmt::format("Foreign key external ID: {} not found for field {} in entity {}", value,
                          key.name, parent.name));
}

Refusal inactive_owner(RecordId user, const Object& object) {
  return make("INACTIVE_OWNER_OR_USER",
              fmt::format("operation performed with inactive user [{}] as owner of {}",
                          user.text15(), text::ascii_lower(object.label)),
              {"OwnerId"});
}

Refusal duplicate_value(std::string_view field, RecordId other) {
  return make("DUPLICATE_VALUE",
              fmt::format("duplicate value found: {} duplicates value on record with id: {}", field,
                          other.text15()));
}

Refusal duplicate_in_request(std::string_view value) {
  return make("DUPLICATE_VALUE", fmt::format("Duplicate external id specified: {}", value));
}

Refusal several_found(const Field& field, const std::vector<RecordId>& found) {
  std::vector<std::string> ids;
  for (const RecordId id : found) ids.push_back(id.text());
  return make("DUPLICATE_EXTERNAL_ID",
              fmt::format("{}: more than one record found for external id field: [{}]", field.label,
                          text::join(ids, ", ")));
}

Refusal integrity(std::string message, std::vector<std::string> fields) {
  return make("FIELD_INTEGRITY_EXCEPTION", std::move(message), std::move(fields));
}

Refusal rolled_back() {
  return make("ALL_OR_NONE_OPERATION_ROLLED_BACK",
              "Record rolled back because not all records were valid and the request was using "
              "AllOrNone header");
}

}  // namespace flit::sim::salesforce::errors
