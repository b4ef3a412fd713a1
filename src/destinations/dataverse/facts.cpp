// The environment's own facts (facts/dataverse.md §1, §8, §12, §15): WhoAmI with its hint for
// parallelism, and the organization's row.

#include <charconv>

#include <fmt/format.h>

#include "base/text.hpp"
#include "destinations/dataverse/metadata.hpp"

namespace flit::destinations::dataverse {
namespace {

std::optional<int> hint_of(const http::Headers& headers) {
  const auto text = headers.find("x-ms-dop-hint");
  int hint = 0;
  if (!text || std::from_chars(text->data(), text->data() + text->size(), hint).ec != std::errc{})
    return {};
  return hint > 0 ? std::optional(hint) : std::nullopt;
}

Result<std::uint64_t> count_of(const WebApi& api, std::string_view target, std::stop_token stop) {
  FLIT_TRY(response, api.get(target, std::move(stop)));
  FLIT_TRY(document, json_of(response));
  FLIT_TRY(rows, rows_in(document, target.substr(0, target.find('?'))));
  return rows.size();
}

Result<std::string> currency_of(const WebApi& api, std::string_view id, std::stop_token stop) {
  if (id.empty()) return std::string();
  FLIT_TRY(response, api.get(fmt::format("transactioncurrencies({})?$select=isocurrencycode", id),
                             std::move(stop)));
  FLIT_TRY(document, json_of(response));
  return std::string(document.root()["isocurrencycode"].string_or(""));
}

struct Who {
  std::string organization;
  std::optional<int> recommended_lanes;
};

/// The first question that is ever asked: what does not answer it is no Web API.
Result<Who> who_am_i(const WebApi& api, std::stop_token stop) {
  FLIT_TRY(found, api.find("WhoAmI", std::move(stop)));
  const std::string where = api.root() + "/WhoAmI";
  if (!found)
    return Error{.fault = Fault::setup,
                 .message = "there is no Web API at this address",
                 .where = where,
                 .remedy = "Check destination.url: it is the environment's, without a path"};
  FLIT_TRY(document, json_of(*found));
  std::string organization(document.root()["OrganizationId"].string_or(""));
  if (organization.empty())
    return Error{.fault = Fault::setup,
                 .message = "the answer does not say whose environment it is",
                 .where = where,
                 .remedy =
                     "Check destination.url: something else than the Web API seems to "
                     "answer"};
  return Who{std::move(organization), hint_of(found->headers)};
}

}  // namespace

Result<model::DestinationFacts> Metadata::facts(std::stop_token stop) {
  FLIT_TRY(who, who_am_i(api_, stop));
  model::DestinationFacts facts{.organization_id = std::move(who.organization),
                                .recommended_lanes = who.recommended_lanes};
  FLIT_TRY(response, api_.get("organizations?$select=name,maxuploadfilesize,blockedattachments,"
                              "_basecurrencyid_value",
                              stop));
  FLIT_TRY(document, json_of(response));
  FLIT_TRY(rows, rows_in(document, "organizations"));
  for (const json::Value row : rows.elements()) {
    facts.organization = std::string(row["name"].string_or(""));
    const auto size = row["maxuploadfilesize"].as_integer().value_or(0);
    facts.max_file_bytes = static_cast<std::uint64_t>(size);
    for (const auto extension : text::split(row["blockedattachments"].string_or(""), ";"))
      if (!extension.empty()) facts.blocked_extensions.emplace_back(extension);
    const std::string currency(row["_basecurrencyid_value"].string_or(""));
    FLIT_TRY(code, currency_of(api_, currency, stop));
    facts.base_currency = std::move(code);
  }
  FLIT_TRY(custom, count_of(api_,
                            "EntityDefinitions?$select=LogicalName&$filter=IsCustomEntity%20eq%20"
                            "true",
                            stop));
  facts.custom_tables = custom;
  // At most a page of 5,000: enough to say how many people there are.
  FLIT_TRY(users, count_of(api_, "systemusers?$select=systemuserid&$filter=isdisabled%20eq%20false",
                           stop));
  facts.users = users;
  return facts;
}

}  // namespace flit::destinations::dataverse
