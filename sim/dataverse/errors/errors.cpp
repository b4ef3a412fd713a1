#include "sim/dataverse/errors/errors.hpp"

#include <fmt/format.h>

namespace flit::sim::dataverse::errors {

Refusal other(int status, std::uint32_t code, std::string message) {
  Refusal refusal;
  refusal.status = status;
  refusal.code = code;
  refusal.message = std::move(message);
  return refusal;
}

Refusal object_does_not_exist(std::string_view table, const Uuid& id) {
  return other(404, 0x80040217,
               fmt::format("Entity '{}' With Id = {} Does Not Exist", table, id.text()));
}

Refusal record_not_found_by_key(std::string_view table) {
  return other(
      404, 0x80060891,
      fmt::format("A record with the specified key values does not exist in {} entity", table));
}

Refusal entity_key_not_defined(std::string_view table) {
  return other(
      400, 0x80060890,
      fmt::format("The specified key attributes are not a defined key for the {} entity", table));
}

Refusal duplicate_record() {
  return other(412, 0x80040237, "A record with matching key values already exists.");
}

Refusal duplicate_key(std::string_view key_name, std::string_view column_names) {
  return other(412, 0x80060892,
               fmt::format("Entity Key {} violated. A record with the same value for {} already "
                           "exists. A duplicate record cannot be created. Select one or more "
                           "unique values and try again.",
                           key_name, column_names));
}

Refusal duplicate_records_found() {
  return other(412, 0x80040333,
               "A record was not created or updated because a duplicate of the current record "
               "already exists.");
}

Refusal version_mismatch() {
  return other(
      412, 0x80060882,
      "The version of the existing record doesn't match the RowVersion property provided.");
}

Refusal cannot_delete_due_to_association() {
  return other(405, 0x80040227,
               "The object you tried to delete is associated with another object and cannot be "
               "deleted.");
}

Refusal payload(std::string_view entity, std::string_view inner) {
  return other(400, 0x80048d19,
               fmt::format("Error identified in Payload provided by the user for Entity :'{}', For "
                           "more information on this error please follow this help link "
                           "https://go.microsoft.com/fwlink/?linkid=2195293  ---->  InnerException "
                           ": Microsoft.OData.ODataException: {}",
                           entity, inner));
}

Refusal undeclared_property(std::string_view table, std::string_view name) {
  return payload(table,
                 fmt::format("The property '{}' does not exist on type "
                             "'Microsoft.Dynamics.CRM.{}'. Make sure to only use property names "
                             "that are defined by the type.",
                             name, table));
}

Refusal only_annotations(std::string_view table, std::string_view name) {
  return payload(
      table, fmt::format("An undeclared property '{}' which only has property annotations in "
                         "the payload but no property value was found in the payload. In OData, "
                         "only declared navigation properties and declared named streams can "
                         "be represented as properties without values.",
                         name));
}

Refusal cannot_convert_literal(std::string_view table, std::string_view literal,
                               std::string_view edm_type) {
  return payload(table, fmt::format("Cannot convert the literal '{}' to the expected type '{}'.",
                                    literal, edm_type));
}

Refusal bad_uri(std::string message) {
  return other(400, 0x80060888, std::move(message));
}

Refusal no_such_segment(std::string_view segment) {
  return other(404, 0x80060888, fmt::format("Resource not found for the segment '{}'.", segment));
}

Refusal no_such_property(std::string_view name, std::string_view type) {
  return other(400, 0x80060888,
               fmt::format("Could not find a property named '{}' on type "
                           "'Microsoft.Dynamics.CRM.{}'.",
                           name, type));
}

Refusal method_not_allowed(std::string message) {
  return other(405, 0x80060888, std::move(message));
}

Refusal string_too_long(std::string_view table, std::string_view column, int max_length) {
  return other(400, 0x80044331,
               fmt::format("A validation error occurred. The length of the '{}' attribute of the "
                           "'{}' entity exceeded the maximum allowed length of '{}'.",
                           column, table, max_length));
}

Refusal option_out_of_range(std::string_view table, std::string_view column, std::string_view value,
                            std::string_view accepted) {
  return other(400, 0x8004431a,
               fmt::format("A validation error occurred. The value {} of '{}' on record of type "
                           "'{}' is outside the valid range. Accepted Values: {}",
                           value, column, table, accepted));
}

Refusal integer_out_of_range() {
  return other(400, 0x8004432f,
               "A validation error occurred. An integer provided is outside of the allowed values "
               "for this attribute.");
}

Refusal decimal_out_of_range() {
  return other(400, 0x80044330,
               "A validation error occurred. A decimal value provided is outside of the allowed "
               "values for this attribute.");
}

Refusal money_out_of_range() {
  return other(400, 0x80040317, "Supplied value exceeded the MIN/MAX value of Money Type field.");
}

Refusal invalid_date_time() {
  return other(400, 0x80040239,
               "The date-time format is invalid, or value is outside the supported range.");
}

Refusal required_field_missing(std::string_view table, std::string_view column) {
  return other(400, 0x80040200,
               fmt::format("Required field missing. The '{}' attribute of the '{}' entity must not "
                           "be null.",
                           column, table));
}

Refusal invalid_argument(std::string message) {
  return other(400, 0x80040203, std::move(message));
}

Refusal unexpected() {
  return other(400, 0x80040216, "An unexpected error occurred.");
}

Refusal file_too_big() {
  return other(400, 0x80044a02, "Attachment file size is too big.");
}

Refusal chunk_too_big(std::size_t bytes) {
  return other(400, 0x80090008,
               fmt::format("Invalid file chunk size: {} MB. Maximum chunk size supported: 4 MB.",
                           bytes / (1024UL * 1024)));
}

Refusal file_parameter(std::string message) {
  return other(400, 0x80090003, std::move(message));
}

Refusal message_not_supported(std::string_view message, std::string_view table) {
  return other(
      400, 0x80040800,
      fmt::format("The '{}' method does not support entities of type '{}'.", message, table));
}

Refusal not_implemented(std::string_view message) {
  return other(501, 0x80040800, fmt::format("{} has not yet been implemented.", message));
}

Refusal invalid_status(std::string_view status, std::string_view state, std::string_view table,
                       const Uuid& id) {
  return other(400, 0x80048408,
               fmt::format("{} is not a valid status code for state code {} on {} with Id {}.",
                           status, state, table, id.text()));
}

Refusal inactive() {
  return other(400, 0x80040230, "The object cannot be updated because it is inactive.");
}

Refusal privilege_denied(const Lacking& lacking) {
  std::string message = fmt::format(
      "Principal user (Id={}, type=8, roleCount={}, privilegeCount={}, accessMode={}) is missing "
      "{} privilege (Id={})",
      lacking.user.text(), lacking.roles, lacking.privileges, lacking.access_mode,
      lacking.privilege, lacking.privilege_id.text());
  if (!lacking.table.empty())
    message += fmt::format(" on OTC={} for entity '{}'", lacking.object_type_code, lacking.table);
  return other(403, 0x80040220, message + ".");
}

Refusal access_denied(const Uuid& user, std::string_view access, std::string_view table,
                      const Uuid& id) {
  return other(
      403, 0x80048306,
      fmt::format("Not enough privilege to access the Dynamics 365 for Customer Engagement "
                  "apps object or perform the requested operation. User {} lacks {} to "
                  "the '{}' with Id = {}.",
                  user.text(), access, table, id.text()));
}

Refusal no_roles(const Uuid& user) {
  return other(403, 0x80042f09,
               fmt::format("The user has not been assigned any roles. User Id = {}.", user.text()));
}

Refusal user_disabled(const Uuid& user) {
  return other(403, 0x80040225,
               fmt::format("The specified user(Id = {}) is disabled. Consider enabling this user. "
                           "Additional Details: ",
                           user.text()));
}

Refusal owner_disabled() {
  return other(400, 0x8004022b, "The specified owner has been disabled.");
}

Refusal invalid_owner() {
  return other(400, 0x80040229, "The owner ID is invalid or missing.");
}

}  // namespace flit::sim::dataverse::errors
