#include "destinations/dataverse/answer.hpp"

#include <fmt/format.h>

#include "base/json_reader.hpp"
#include "base/text.hpp"
#include "base/uuid.hpp"
#include "http/fault.hpp"

namespace flit::destinations::dataverse {
namespace {

using model::RowOutcome;
using model::Verb;

constexpr std::size_t longest_message = 400;

struct Said {
  std::string code;
  std::string message;
};

Said said_by(const std::string& body) {
  const auto document = json::parse(body);
  if (!document) return {};
  const json::Value error = document->root()["error"];
  return {std::string(error["code"].string_or("")), std::string(error["message"].string_or(""))};
}

std::string shortened(std::string text) {
  if (text.size() <= longest_message) return text;
  std::size_t end = longest_message;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text + "…";
}

Fault fault_for(const FaultRow& row, int status) {
  if (row.meaning == Meaning::unexpected)
    return status >= 500 ? Fault::transient : Fault::permanent;
  return row.fault;
}

/// A missing row and a missing target of one of its lookups are told apart only by the id in the
/// sentence (§9: "Entity 'contact' With Id = … Does Not Exist").
bool speaks_of(const std::string& message, const std::string& id) {
  return message.find(" Id = ") == std::string::npos ||
         text::ascii_lower(message).find(text::ascii_lower(id)) != std::string::npos;
}

RowOutcome::Kind kind_of(const Refusal& refusal, const RowRequest& row) {
  const Verb verb = row.verb;
  switch (refusal.meaning) {
    case Meaning::row_exists:
      if (verb == Verb::create || verb == Verb::link) return RowOutcome::Kind::exists;
      break;
    case Meaning::row_closed:
      if (verb == Verb::close) return RowOutcome::Kind::exists;
      break;
    case Meaning::row_changed:
      return RowOutcome::Kind::changed;
    case Meaning::row_missing:
      if (verb == Verb::create || verb == Verb::link) break;
      if (speaks_of(refusal.error.message, row.id)) return RowOutcome::Kind::missing;
      break;
    default:
      break;
  }
  return RowOutcome::Kind::failed;
}

}  // namespace

std::optional<Refusal> refusal_of(const http::Response& response, http::Effect effect,
                                  const std::string& where, Instant now) {
  if (response.is_success()) return std::nullopt;
  const Said said = said_by(response.body);
  Refusal refusal{.error = {.fault = http::fault_of_status(response.status, effect),
                            .message = fmt::format("answered {}", response.status),
                            .where = where,
                            .code = said.code,
                            .retry_after = http::retry_after(response.headers, now)},
                  .status = response.status};
  if (!said.message.empty()) refusal.error.message += ": " + shortened(said.message);
  if (const FaultRow* row = fault_row(code_of(said.code))) {
    refusal.error.fault = fault_for(*row, response.status);
    refusal.error.remedy = std::string(row->remedy);
    refusal.meaning = row->meaning;
  } else {
    refusal.error.remedy = std::string(http::remedy_of_status(response.status));
  }
  if (response.status == 429) refusal.error.fault = Fault::limit;
  return refusal;
}

RowOutcome outcome_of(const http::Response& response, const RowRequest& row, Instant now) {
  RowOutcome outcome;
  auto refusal = refusal_of(response, http::Effect::write, row.where, now);
  if (!refusal) {
    if (const auto url = response.headers.find("OData-EntityId")) outcome.id = id_in(*url);
    if (const auto version = response.headers.find("ETag")) outcome.version = *version;
    return outcome;
  }
  outcome.kind = kind_of(*refusal, row);
  outcome.error = std::move(refusal->error);
  return outcome;
}

Meaning meaning_of(const Error& error) {
  const FaultRow* row = fault_row(code_of(error.code));
  return row == nullptr ? Meaning::none : row->meaning;
}

std::string id_in(std::string_view entity_url) {
  const auto open = entity_url.rfind('(');
  const auto close = entity_url.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return {};
  const auto id = Uuid::parse(entity_url.substr(open + 1, close - open - 1));
  return id ? id->text() : std::string();
}

}  // namespace flit::destinations::dataverse
