#pragma once
/// @file Reading an answer of the Web API: success, or an Error with the platform's own code.
///
/// The body's {"error": {"code", "message"}} (facts/dataverse.md §9) refines what the HTTP status
/// says. What a write answered with a gateway's 502, 503 or 504 stays ambiguous: the row may be
/// there (§16.6). Messages keep the platform's sentence, cut at 400 bytes. Pure.

#include <optional>
#include <string>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "destinations/dataverse/fault_table.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "model/batch.hpp"

namespace flit::destinations::dataverse {

/// An answer that is no success, taken apart.
struct Refusal {
  Error error;
  Meaning meaning = Meaning::none;
  int status = 0;
};

/// None for 2xx. `where` names what was asked, without a query.
std::optional<Refusal> refusal_of(const http::Response& response, http::Effect effect,
                                  const std::string& where, Instant now);

/// What was asked for one row.
struct RowRequest {
  model::Verb verb = model::Verb::create;
  std::string id{};     ///< of the row itself, to tell it from the rows that it refers to
  std::string where{};  ///< "account 7eb6…", for errors
};

/// What one row's answer says about the row. A limit or an ambiguous end is the row's error.
model::RowOutcome outcome_of(const http::Response& response, const RowRequest& row, Instant now);

/// What a classified error reveals, by its code.
Meaning meaning_of(const Error& error);

/// "…/accounts(7eb6…)" → the id within; empty where there is none.
std::string id_in(std::string_view entity_url);

}  // namespace flit::destinations::dataverse
