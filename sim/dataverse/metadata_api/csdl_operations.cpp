// The operations that $metadata tells of: unbound functions and actions (fact sheet §1, §5,
// §11–14).

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "sim/dataverse/metadata_api/csdl.hpp"

namespace flit::sim::dataverse {
namespace {

/// "Name Type" pairs, separated by commas.
using Members = std::string_view;

struct Response {
  std::string_view name;
  Members properties;
};

constexpr std::array<Response, 12> responses{{
    {"WhoAmIResponse", "BusinessUnitId Edm.Guid,UserId Edm.Guid,OrganizationId Edm.Guid"},
    {"RetrieveVersionResponse", "Version Edm.String"},
    {"EntityRecordCountCollection",
     "Count Edm.Int32,IsReadOnly Edm.Boolean,Keys Collection(Edm.String),Values "
     "Collection(Edm.Int64)"},
    {"RetrieveTotalRecordCountResponse",
     "EntityRecordCountCollection mscrm.EntityRecordCountCollection"},
    {"FormatAddressResponse", "Address Edm.String"},
    {"BulkDeleteResponse", "JobId Edm.Guid"},
    {"ImportSolutionAsyncResponse", "ImportJobKey Edm.String,AsyncOperationId Edm.Guid"},
    {"InsertOptionValueResponse", "NewOptionValue Edm.Int32"},
    {"InsertStatusValueResponse", "NewOptionValue Edm.Int32"},
    {"CanBeReferencedResponse", "CanBeReferenced Edm.Boolean"},
    {"CanBeReferencingResponse", "CanBeReferencing Edm.Boolean"},
    {"CanManyToManyResponse", "CanManyToMany Edm.Boolean"},
}};

struct Operation {
  bool is_function;
  std::string_view name;
  Members parameters;
  std::string_view returns;  ///< empty: nothing
};

constexpr std::array<Operation, 17> operations{{
    {true, "WhoAmI", "", "WhoAmIResponse"},
    {true, "RetrieveVersion", "", "RetrieveVersionResponse"},
    {true, "RetrieveTotalRecordCount", "EntityNames Collection(Edm.String)",
     "RetrieveTotalRecordCountResponse"},
    {true, "FormatAddress",
     "Line1 Edm.String,City Edm.String,StateOrProvince Edm.String,PostalCode Edm.String,Country "
     "Edm.String",
     "FormatAddressResponse"},
    {false, "WinOpportunity", "Status Edm.Int32,OpportunityClose mscrm.opportunityclose", ""},
    {false, "LoseOpportunity", "Status Edm.Int32,OpportunityClose mscrm.opportunityclose", ""},
    {false, "BulkDelete",
     "JobName Edm.String,SendEmailNotification Edm.Boolean,RecurrencePattern "
     "Edm.String,StartDateTime Edm.DateTimeOffset",
     "BulkDeleteResponse"},
    {false, "PublishXml", "ParameterXml Edm.String", ""},
    {false, "PublishAllXml", "", ""},
    {false, "ImportSolution",
     "OverwriteUnmanagedCustomizations Edm.Boolean,PublishWorkflows Edm.Boolean,CustomizationFile "
     "Edm.Binary,ImportJobId Edm.Guid",
     ""},
    {false, "ImportSolutionAsync",
     "OverwriteUnmanagedCustomizations Edm.Boolean,PublishWorkflows Edm.Boolean,CustomizationFile "
     "Edm.Binary",
     "ImportSolutionAsyncResponse"},
    {false, "ReactivateEntityKey", "EntityLogicalName Edm.String,EntityKeyLogicalName Edm.String",
     ""},
    {false, "InsertOptionValue",
     "OptionSetName Edm.String,AttributeLogicalName Edm.String,EntityLogicalName Edm.String,Value "
     "Edm.Int32",
     "InsertOptionValueResponse"},
    {false, "InsertStatusValue",
     "AttributeLogicalName Edm.String,EntityLogicalName Edm.String,Value Edm.Int32,StateCode "
     "Edm.Int32",
     "InsertStatusValueResponse"},
    {false, "CanBeReferenced", "EntityName Edm.String", "CanBeReferencedResponse"},
    {false, "CanBeReferencing", "EntityName Edm.String", "CanBeReferencingResponse"},
    {false, "CanManyToMany", "EntityName Edm.String", "CanManyToManyResponse"},
}};

/// Calls `use` with every name and type of the list.
template <typename Use>
void each_member(Members members, const Use& use) {
  while (!members.empty()) {
    const std::string_view member = members.substr(0, members.find(','));
    const std::size_t blank = member.find(' ');
    use(member.substr(0, blank), member.substr(blank + 1));
    members.remove_prefix(std::min(member.size() + 1, members.size()));
  }
}

std::string_view element_of(const Operation& operation) {
  return operation.is_function ? "Function" : "Action";
}

}  // namespace

std::string csdl_operations() {
  std::string out;
  for (const Response& response : responses) {
    out += fmt::format("<ComplexType Name=\"{}\">\n", response.name);
    each_member(response.properties, [&](std::string_view name, std::string_view type) {
      out += fmt::format("<Property Name=\"{}\" Type=\"{}\" />\n", name, type);
    });
    out += "</ComplexType>\n";
  }
  for (const Operation& operation : operations) {
    out += fmt::format("<{} Name=\"{}\">\n", element_of(operation), operation.name);
    each_member(operation.parameters, [&](std::string_view name, std::string_view type) {
      out += fmt::format("<Parameter Name=\"{}\" Type=\"{}\" />\n", name, type);
    });
    if (!operation.returns.empty())
      out +=
          fmt::format("<ReturnType Type=\"mscrm.{}\" Nullable=\"false\" />\n", operation.returns);
    out += fmt::format("</{}>\n", element_of(operation));
  }
  return out;
}

std::string csdl_operation_imports() {
  std::string out;
  for (const Operation& operation : operations)
    out += fmt::format("<{0}Import Name=\"{1}\" {0}=\"Microsoft.Dynamics.CRM.{1}\" />\n",
                       element_of(operation), operation.name);
  return out;
}

}  // namespace flit::sim::dataverse
