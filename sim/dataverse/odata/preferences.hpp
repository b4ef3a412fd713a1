#pragma once
/// @file The Prefer header, and which annotations a client asked for.
///
/// Fact sheet §2. Unknown preferences are ignored (RFC 7240 §2).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flit::sim::dataverse::odata {

inline constexpr std::string_view formatted_value = "OData.Community.Display.V1.FormattedValue";
inline constexpr std::string_view lookup_logical_name = "Microsoft.Dynamics.CRM.lookuplogicalname";
inline constexpr std::string_view associated_navigation =
    "Microsoft.Dynamics.CRM.associatednavigationproperty";
inline constexpr std::string_view total_record_count = "Microsoft.Dynamics.CRM.totalrecordcount";
inline constexpr std::string_view total_limit_exceeded =
    "Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded";
inline constexpr std::string_view fetch_paging_cookie =
    "Microsoft.Dynamics.CRM.fetchxmlpagingcookie";
inline constexpr std::string_view more_records = "Microsoft.Dynamics.CRM.morerecords";

/// The patterns of odata.include-annotations: "*", "Microsoft.Dynamics.CRM.*", whole names, and
/// "-name" to leave one out. The longest pattern that fits a name decides (OData 4.0 §8.2.8.4).
class AnnotationPatterns {
 public:
  AnnotationPatterns() = default;
  explicit AnnotationPatterns(std::string_view list);

  bool includes(std::string_view annotation) const;
  bool empty() const { return patterns_.empty(); }

 private:
  struct Pattern {
    std::string prefix;
    bool is_prefix = false;
    bool excluded = false;
  };
  std::vector<Pattern> patterns_{};
};

struct Preferences {
  std::string include_annotations{};  ///< as sent, without quotes
  AnnotationPatterns annotations{};
  std::optional<std::int64_t> max_page_size{};
  bool return_representation = false;
  bool continue_on_error = false;
  bool track_changes = false;
  bool respond_async = false;
};

/// Several Prefer headers are joined with a comma by the caller.
Preferences parse_preferences(std::string_view header);

/// The value of Preference-Applied for those preferences that a read of rows honours; empty when
/// there is nothing to say.
std::string preference_applied(const Preferences& preferences);

}  // namespace flit::sim::dataverse::odata
