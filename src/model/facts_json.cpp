#include "model/facts_json.hpp"

#include <algorithm>
#include <array>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"

namespace flit::model {
namespace {

using json::Writer;

constexpr std::array verdicts{Reach::Verdict::ok, Reach::Verdict::partial,
                              Reach::Verdict::forbidden, Reach::Verdict::absent};

Reach::Verdict verdict_named(std::string_view name) {
  for (const Reach::Verdict verdict : verdicts)
    if (to_string(verdict) == name) return verdict;
  return Reach::Verdict::partial;
}

std::string text(json::Value value) {
  return std::string(value.string_or(""));
}

std::uint64_t count(json::Value value) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(0, value.as_integer().value_or(0)));
}

}  // namespace

std::string_view to_string(Reach::Verdict verdict) {
  switch (verdict) {
    case Reach::Verdict::ok:
      return "ok";
    case Reach::Verdict::partial:
      return "partial";
    case Reach::Verdict::forbidden:
      return "forbidden";
    case Reach::Verdict::absent:
      return "absent";
  }
  return "";
}

std::string to_json(const SourceFacts& facts) {
  Writer out;
  out.begin_object().member("account", facts.account).member("account_id", facts.account_id);
  out.member("time_zone", facts.time_zone);
  out.member("currency", facts.currency).member("locale", facts.locale);
  out.member("edition", facts.edition).key("reach").begin_array();
  for (const Reach& reach : facts.reach) {
    out.begin_object().member("endpoint", reach.endpoint);
    out.member("verdict", to_string(reach.verdict)).member("detail", reach.detail).end_object();
  }
  out.end_array().end_object();
  return out.take();
}

Result<SourceFacts> source_facts_of_json(std::string_view json) {
  FLIT_TRY(document, json::parse(json));
  const json::Value root = document.root();
  SourceFacts facts{.account = text(root["account"]),
                    .account_id = text(root["account_id"]),
                    .time_zone = text(root["time_zone"]),
                    .currency = text(root["currency"]),
                    .locale = text(root["locale"]),
                    .edition = text(root["edition"])};
  for (const json::Value reach : root["reach"].elements())
    facts.reach.push_back({.endpoint = text(reach["endpoint"]),
                           .verdict = verdict_named(reach["verdict"].string_or("")),
                           .detail = text(reach["detail"])});
  return facts;
}

std::string to_json(const DestinationFacts& facts) {
  Writer out;
  out.begin_object().member("organization", facts.organization);
  out.member("organization_id", facts.organization_id);
  out.member("edition", facts.edition).member("base_currency", facts.base_currency);
  out.member("max_file_bytes", facts.max_file_bytes).key("blocked_extensions").begin_array();
  for (const std::string& extension : facts.blocked_extensions) out.string(extension);
  out.end_array().member("custom_tables", facts.custom_tables).member("users", facts.users);
  if (facts.recommended_lanes) out.member("recommended_lanes", *facts.recommended_lanes);
  out.end_object();
  return out.take();
}

Result<DestinationFacts> destination_facts_of_json(std::string_view json) {
  FLIT_TRY(document, json::parse(json));
  const json::Value root = document.root();
  DestinationFacts facts{.organization = text(root["organization"]),
                         .organization_id = text(root["organization_id"]),
                         .edition = text(root["edition"]),
                         .base_currency = text(root["base_currency"]),
                         .max_file_bytes = count(root["max_file_bytes"]),
                         .custom_tables = count(root["custom_tables"]),
                         .users = count(root["users"])};
  for (const json::Value extension : root["blocked_extensions"].elements())
    facts.blocked_extensions.push_back(text(extension));
  if (const auto lanes = root["recommended_lanes"].as_integer())
    facts.recommended_lanes = static_cast<int>(*lanes);
  return facts;
}

}  // namespace flit::model
