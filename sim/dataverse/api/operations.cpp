// Unbound functions and actions, by name (fact sheet §1, §5, §11, §12, §13, §14).

#include "sim/dataverse/api/operations.hpp"

#include <algorithm>

#include "sim/dataverse/api/session.hpp"
#include "sim/dataverse/errors/errors.hpp"

namespace flit::sim::dataverse {
namespace {

struct Operation {
  std::string_view name;
  bool is_action;
  Answer<ApiReply> (*run)(Session&);
  std::string_view parameters{};  ///< of a function: what may stand in its parentheses, by commas
};

constexpr Operation operations[] = {
    {"WhoAmI", false, who_am_i},
    {"RetrieveCurrentOrganization", false, current_organization, "AccessType"},
    {"RetrieveVersion", false, retrieve_version},
    {"RetrieveTotalRecordCount", false, total_record_count, "EntityNames"},
    {"sdkmessagefilters", false, message_filters},
    {"WinOpportunity", true, win_opportunity},
    {"LoseOpportunity", true, lose_opportunity},
    {"PublishXml", true, publish},
    {"PublishAllXml", true, publish},
    {"Restore", true, restore},
    {"BulkDelete", true, bulk_delete},
    {"Merge", true, merge},
    {"GrantAccess", true, grant_access},
    {"ModifyAccess", true, modify_access},
    {"RevokeAccess", true, revoke_access},
    {"RetrieveSharedPrincipalsAndAccess", false, shared_principals, "Target"},
    {"RetrieveRolePrivilegesRole", false, role_privileges_of, "RoleId"},
    {"InitializeAnnotationBlocksUpload", true, begin_annotation_upload},
    {"InitializeAttachmentBlocksUpload", true, begin_attachment_upload},
    {"InitializeFileBlocksUpload", true, begin_file_upload},
    {"UploadBlock", true, upload_block},
    {"CommitAnnotationBlocksUpload", true, commit_annotation_upload},
    {"CommitAttachmentBlocksUpload", true, commit_attachment_upload},
    {"CommitFileBlocksUpload", true, commit_file_upload},
    {"InitializeAnnotationBlocksDownload", true, begin_annotation_download},
    {"InitializeAttachmentBlocksDownload", true, begin_attachment_download},
    {"InitializeFileBlocksDownload", true, begin_file_download},
    {"DownloadBlock", true, download_block},
    {"DeleteFile", true, delete_file},
    {"InsertOptionValue", true, insert_option_value},
    {"UpdateOptionValue", true, update_option_value},
    {"DeleteOptionValue", true, delete_option_value},
    {"OrderOption", true, order_option},
    {"InsertStatusValue", true, insert_status_value},
    {"CreateCustomerRelationships", true, create_customer_relationships},
    {"CreatePolymorphicLookupAttribute", true, create_polymorphic_lookup},
    {"ReactivateEntityKey", true, reactivate_key},
    {"CanBeReferenced", true, can_be_referenced},
    {"CanBeReferencing", true, can_be_referencing},
    {"CanManyToMany", true, can_many_to_many},
    {"GetValidReferencedEntities", false, valid_referenced, "ReferencingEntityName"},
    {"GetValidReferencingEntities", false, valid_referencing, "ReferencedEntityName"},
    {"GetValidManyToMany", false, valid_many_to_many},
    {"RetrieveMetadataChanges", false, retrieve_metadata_changes,
     "Query,ClientVersionStamp,DeletedMetadataFilters,AppModuleId,RetrieveAllSettings"},
    {"ImportSolution", true, import_solution},
    {"ImportSolutionAsync", true, import_solution_async},
    {"FormatAddress", false, format_address, "Line1,City,StateOrProvince,PostalCode,Country"},
    {"InitializeFrom", false, initialize_from,
     "EntityMoniker,TargetEntityName,TargetFieldType,SkipParentalRelationshipMapping"},
};

/// A parameter that the function does not have makes it another function, which there is not.
Answer<void> check_parameters(const Operation& operation, const odata::Segment& segment) {
  for (const odata::Argument& argument : segment.arguments) {
    std::string_view rest = operation.parameters;
    bool known = operation.name == "sdkmessagefilters";  // a set of rows
    while (!rest.empty() && !known) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      known = rest.substr(0, comma) == argument.name;
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    if (!known) return refuse(errors::no_such_segment(operation.name));
  }
  return {};
}

}  // namespace

std::optional<Answer<ApiReply>> handle_operation(Session& session) {
  std::string_view name = session.segment(0).name;
  constexpr std::string_view prefix = "Microsoft.Dynamics.CRM.";
  if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  for (const Operation& operation : operations) {
    if (operation.name != name) continue;
    const bool fits = operation.is_action == (session.work != nullptr);
    if (!fits || (operation.is_action && session.call.method != "POST"))
      return refuse(wrong_method(session));
    if (auto fits_too = check_parameters(operation, session.segment(0)); !fits_too)
      return refuse(std::move(fits_too).error());
    return operation.run(session);
  }
  return std::nullopt;
}

}  // namespace flit::sim::dataverse
