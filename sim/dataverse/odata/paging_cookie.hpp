#pragma once
/// @file The opaque cookie of a page (§13): where the next one starts.
///
/// Its form is the platform's (samples in PD webapi/query/page-results and fetchxml/page-results):
/// <cookie page="1"><fullname last="Z" first="A" /><contactid last="{…}" first="{…}" /></cookie>,
/// wrapped with the next page's number. Clients hand it back verbatim; it names values, not places,
/// so rows that come and go between two pages do no harm.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace flit::sim::dataverse::odata {

struct PagingCookie {
  struct Edge {
    std::string column{};
    std::optional<std::string> last{};   ///< none: null
    std::optional<std::string> first{};  ///< none: null
  };
  int page = 1;               ///< the page that has been read
  std::vector<Edge> edges{};  ///< one for each column of the order, the primary id last
};

/// The inner form, as FetchXML's paging-cookie attribute carries it.
std::string to_string(const PagingCookie& cookie);

/// Code 0x8004112a when it cannot be read.
Result<PagingCookie> parse_paging_cookie(std::string_view text);

/// The decoded value of $skiptoken: the wrapper, its pagingcookie percent-encoded once.
std::string skip_token(const PagingCookie& cookie);
Result<PagingCookie> parse_skip_token(std::string_view decoded);

/// The annotation @Microsoft.Dynamics.CRM.fetchxmlpagingcookie: encoded twice.
std::string fetch_cookie_annotation(const PagingCookie& cookie);

}  // namespace flit::sim::dataverse::odata
