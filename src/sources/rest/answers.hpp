#pragma once
/// @file The fault table: what an answer that is no success means for whoever asked.
///
/// The status counts first, because gateways answer 502 to 504 with pages of their own
/// (facts/sources.md §0.2): a body is looked at only where it is JSON, and only to tell apart
/// answers of one status by the pack's rules. Retry-After is taken in seconds and as a date. Pure.

#include <optional>

#include "base/instant.hpp"
#include "base/json_reader.hpp"
#include "base/result.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "sources/rest/spec.hpp"

namespace flit::sources::rest {

/// An answer with its body read, if that is JSON.
struct Heard {
  http::Response response;
  std::optional<json::Document> document{};

  json::Value body() const { return document ? document->root() : json::Value(); }
};

/// The pack's rule for this answer; null: it has none.
const AnswerRule* rule_for(const RestSpec& spec, const Heard& heard);

/// Nothing when the answer is a success. `request` is for the error's place; the error quotes the
/// platform's code, and what the pack's rule takes from the body, or without a rule its message.
std::optional<Error> refusal_of(const RestSpec& spec, const http::Request& request,
                                const Heard& heard, Instant now);

/// The list at `path` of a success; what has none is not the API's answer: Fault::transient.
Result<json::Value> list_in(json::Value body, std::string_view path, std::string_view where);

}  // namespace flit::sources::rest
