#include "destinations/dataverse/fault_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace flit::destinations::dataverse {
namespace {

constexpr std::string_view give_role = "give the application user a security role that allows it";
constexpr std::string_view choose_owner = "map the owner to an enabled user or an owner team";

// clang-format off: a table reads best as one
constexpr std::array rows{
    FaultRow{0x80040200, "RequiredFieldMissing", Fault::permanent, Meaning::none, "§9",
             "map the column that the platform requires"},
    FaultRow{0x80040203, "InvalidArgument", Fault::permanent, Meaning::none, "§9", ""},
    FaultRow{0x80040216, "UnExpected", Fault::transient, Meaning::unexpected, "§9", ""},
    FaultRow{0x80040217, "ObjectDoesNotExist", Fault::permanent, Meaning::row_missing, "§3 §4", ""},
    FaultRow{0x80040220, "PrivilegeDenied", Fault::setup, Meaning::none, "§9", give_role},
    FaultRow{0x80040225, "unManagedidsusernotenabled", Fault::setup, Meaning::none, "§9",
             "enable the application user"},
    FaultRow{0x80040227, "CannotDeleteDueToAssociation", Fault::permanent, Meaning::none, "§14",
             "delete the rows that hang on it first"},
    FaultRow{0x80040229, "InvalidOwnerID", Fault::permanent, Meaning::none, "§9", choose_owner},
    FaultRow{0x8004022b, "unManagedidsownernotenabled", Fault::permanent, Meaning::none, "§12",
             choose_owner},
    FaultRow{0x80040230, "CannotUpdateObjectBecauseItIsInactive", Fault::permanent,
             Meaning::row_closed, "§12", "write the state last, or reopen the row"},
    FaultRow{0x80040231, "PrincipalPrivilegeDenied", Fault::permanent, Meaning::none, "§9",
             "give the owner a role that can read the table"},
    FaultRow{0x80040237, "DuplicateRecord", Fault::permanent, Meaning::row_exists, "§3", ""},
    FaultRow{0x80040239, "InvalidDateTime", Fault::permanent, Meaning::none, "§10",
             "dates begin on 1753-01-01"},
    FaultRow{0x80040265, "IsvAborted", Fault::permanent, Meaning::none, "§9",
             "a plug-in of the environment refused the row"},
    FaultRow{0x80040333, "DuplicateRecordsFound", Fault::permanent, Meaning::none, "§9",
             "a duplicate detection rule matched"},
    FaultRow{0x80040387, "HierarchyLoop", Fault::permanent, Meaning::none, "§4",
             "cut the cycle of parents"},
    FaultRow{0x80040507, "AccountLoop", Fault::permanent, Meaning::none, "§4",
             "cut the cycle of parent accounts"},
    FaultRow{0x8004050a, "ContactLoop", Fault::permanent, Meaning::none, "§4",
             "cut the cycle of parent contacts"},
    FaultRow{0x80040515, "OpportunityIsAlreadyClosed", Fault::permanent, Meaning::row_closed, "§9",
             ""},
    FaultRow{0x80040516, "OpportunityCannotBeClosed", Fault::permanent, Meaning::none, "§9", ""},
    FaultRow{0x80040519, "LeadAlreadyInClosedState", Fault::permanent, Meaning::row_closed, "§9",
             ""},
    FaultRow{0x8004051a, "OpportunityAlreadyInOpenState", Fault::permanent, Meaning::row_closed,
             "§9", ""},
    FaultRow{0x80040800, "SdkEntityDoesNotSupportMessage", Fault::permanent,
             Meaning::no_such_method, "§6", "the table is written row by row"},
    FaultRow{0x80041102, "QueryBuilderNoEntity", Fault::permanent, Meaning::none, "§9", ""},
    FaultRow{0x80041103, "QueryBuilderNoAttribute", Fault::permanent, Meaning::none, "§9", ""},
    FaultRow{0x80042f09, "UserNotAssignedRoles", Fault::setup, Meaning::none, "§9", give_role},
    FaultRow{0x80043504, "ActivityPartyObjectTypeNotAllowed", Fault::permanent, Meaning::none,
             "§12", "the activity does not take such a party"},
    FaultRow{0x80043505, "InvalidParty", Fault::permanent, Meaning::none, "§12",
             "the party's table is missing or wrong"},
    FaultRow{0x80043506, "InvalidPartyTarget", Fault::permanent, Meaning::none, "§12",
             "rows of that table cannot be a party"},
    FaultRow{0x80043518, "InvalidPartyAddress", Fault::permanent, Meaning::none, "§12",
             "the party's e-mail address is no address"},
    FaultRow{0x80043e09, "AttachmentBlocked", Fault::permanent, Meaning::none, "§12",
             "the environment blocks this kind of file, or it is too large"},
    FaultRow{0x80044150, "GenericSqlError", Fault::transient, Meaning::none, "§9", ""},
    FaultRow{0x80044151, "SqlTimeout", Fault::transient, Meaning::none, "§9",
             "smaller batches help"},
    FaultRow{0x80044172, "SandboxHostPluginTimeout", Fault::transient, Meaning::none, "§9",
             "a plug-in of the environment takes too long"},
    FaultRow{0x8004431a, "PicklistValueOutOfRange", Fault::permanent, Meaning::none, "§9",
             "map the value to an option that exists"},
    FaultRow{0x8004432f, "IntegerValueOutOfRange", Fault::permanent, Meaning::none, "§10", ""},
    FaultRow{0x80044330, "DecimalValueOutOfRange", Fault::permanent, Meaning::none, "§10", ""},
    FaultRow{0x80044331, "StringLengthTooLong", Fault::permanent, Meaning::none, "§9",
             "shorten the text or widen the column"},
    FaultRow{0x80044339, "CouldNotObtainLockOnResource", Fault::transient, Meaning::none, "§9", ""},
    FaultRow{0x80044345, "OptionSetNameNotUnique", Fault::permanent, Meaning::schema_exists, "§9",
             ""},
    FaultRow{0x80044a02, "AttachmentTooLarge", Fault::permanent, Meaning::none, "§12",
             "raise the environment's file limit or leave the file out"},
    FaultRow{0x80047013, "AttributeNameNotUnique", Fault::permanent, Meaning::schema_exists, "§9",
             ""},
    FaultRow{0x80048105, "CascadeOperationConcurrentRequested", Fault::transient, Meaning::none,
             "§9 §14", ""},
    FaultRow{0x80048208, "ConnectionExists", Fault::permanent, Meaning::row_exists, "§12", ""},
    FaultRow{0x80048215, "ConnectionRoleNotValid", Fault::permanent, Meaning::none, "§12",
             "allow the role for the table"},
    FaultRow{0x80048216, "UnrelatedConnectionRoles", Fault::permanent, Meaning::none, "§12",
             "the two roles must be reciprocal"},
    FaultRow{0x80048218, "ConnectionSidesMissing", Fault::permanent, Meaning::none, "§12",
             "both ends of a connection are needed"},
    FaultRow{0x80048306, "unManagedIdsAccessDenied", Fault::setup, Meaning::none, "§9", give_role},
    FaultRow{0x80048340, "CannotAssignToAccessTeam", Fault::permanent, Meaning::none, "§12",
             choose_owner},
    FaultRow{0x80048402, "OptionValuePrefixOutOfRange", Fault::permanent, Meaning::none, "§11",
             "the publisher's option prefix lies in 10000–99999"},
    FaultRow{0x80048408, "InvalidStateCodeStatusCode", Fault::permanent, Meaning::none, "§12",
             "the status belongs to another state"},
    FaultRow{0x80048501, "ActivityAsParty", Fault::permanent, Meaning::none, "§12",
             "an activity cannot be a party"},
    FaultRow{0x80048549, "AsyncDeleteOperationOngoing", Fault::transient, Meaning::none, "§14", ""},
    FaultRow{0x80048555, "AsyncAssignOperationOngoing", Fault::transient, Meaning::none, "§14", ""},
    FaultRow{0x80048834, "NavigationPropertyNameNotUnique", Fault::permanent,
             Meaning::schema_exists, "§9", ""},
    FaultRow{0x80048ceb, "BaseCurrencyUnderflow", Fault::permanent, Meaning::none, "§9", ""},
    FaultRow{0x80048cec, "BaseCurrencyOverflow", Fault::permanent, Meaning::none, "§9", ""},
    FaultRow{0x80048cfb, "CurrencyMissing", Fault::permanent, Meaning::none, "§9",
             "money needs a currency"},
    FaultRow{0x80048d19, "InvalidPayload", Fault::permanent, Meaning::none, "§4 §9", ""},
    FaultRow{0x80060882, "ConcurrencyVersionMismatch", Fault::permanent, Meaning::row_changed, "§3",
             ""},
    FaultRow{0x80060888, "InvalidRequestUri", Fault::permanent, Meaning::none, "§9", ""},
    FaultRow{0x8006088d, "OptimisticConcurrencyNotEnabled", Fault::permanent, Meaning::none, "§9",
             "rows of this table have no version"},
    FaultRow{0x80060890, "EntityKeyNotDefined", Fault::transient, Meaning::none, "§5",
             "the key's index is not active yet"},
    FaultRow{0x80060891, "RecordNotFoundByEntityKey", Fault::permanent, Meaning::row_missing, "§5",
             ""},
    FaultRow{0x80060892, "DuplicateRecordEntityKey", Fault::permanent, Meaning::none, "§5",
             "another row holds the same key value"},
    FaultRow{0x80060893, "EntityKeyNameExists", Fault::permanent, Meaning::schema_exists, "§9", ""},
    FaultRow{0x80060894, "EntityKeyWithSelectedAttributesExists", Fault::permanent,
             Meaning::schema_exists, "§9", ""},
    FaultRow{0x8006089c, "IncorrectEntitySetName", Fault::permanent, Meaning::none, "§9", ""},
    FaultRow{0x80071151, "SolutionConcurrencyFailure", Fault::transient, Meaning::none, "§11",
             "another customization is running"},
    FaultRow{0x80072321, "CombinedExecutionTimeExceeded", Fault::limit, Meaning::none, "§8", ""},
    FaultRow{0x80072322, "NumberOfRequestsExceeded", Fault::limit, Meaning::none, "§8", ""},
    FaultRow{0x80072323, "SqlRequestLimit", Fault::limit, Meaning::none, "§8", ""},
    FaultRow{0x80072324, "SqlWorkerLimit", Fault::limit, Meaning::none, "§8", ""},
    FaultRow{0x80072325, "SqlSessionLimit", Fault::limit, Meaning::none, "§8", ""},
    FaultRow{0x80072326, "ConcurrentRequestsExceeded", Fault::limit, Meaning::none, "§8", ""},
    FaultRow{0x80073002, "UniqueIndexViolation", Fault::permanent, Meaning::none, "§9",
             "a unique index holds the same value"},
    FaultRow{0x80090008, "ChunkSizeExceeded", Fault::permanent, Meaning::none, "§12", ""},
    FaultRow{0x80100005, "CannotUseOpportunitySetStateMessage", Fault::permanent, Meaning::none,
             "§12", "close it with the action"},
};
// clang-format on

constexpr bool in_order() {
  for (std::size_t i = 1; i < rows.size(); ++i)
    if (rows[i - 1].code >= rows[i].code) return false;
  return true;
}
static_assert(in_order(), "fault_row() searches by halves");

}  // namespace

std::span<const FaultRow> fault_table() {
  return rows;
}

const FaultRow* fault_row(std::uint32_t code) {
  const auto* found =
      std::lower_bound(rows.begin(), rows.end(), code,
                       [](const FaultRow& row, std::uint32_t wanted) { return row.code < wanted; });
  return found != rows.end() && found->code == code ? &*found : nullptr;
}

std::uint32_t code_of(std::string_view text) {
  if (text.starts_with("0x") || text.starts_with("0X")) {
    std::uint32_t code = 0;
    const auto read = std::from_chars(text.data() + 2, text.data() + text.size(), code, 16);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? code : 0;
  }
  std::int32_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  return is_whole ? static_cast<std::uint32_t>(number) : 0;
}

}  // namespace flit::destinations::dataverse
