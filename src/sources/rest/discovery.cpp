// What a REST source has and what of it these credentials reach: facts, schema, lists.

#include <algorithm>

#include "sources/rest/json_text.hpp"
#include "sources/rest/schema_reader.hpp"
#include "sources/rest/source.hpp"

namespace flit::sources::rest {
namespace {

using model::Reach;

Reach::Verdict verdict_of(AnswerRule::Reach reach) {
  switch (reach) {
    case AnswerRule::Reach::none:
      return Reach::Verdict::ok;
    case AnswerRule::Reach::partial:
      return Reach::Verdict::partial;
    case AnswerRule::Reach::forbidden:
      return Reach::Verdict::forbidden;
    case AnswerRule::Reach::absent:
      return Reach::Verdict::absent;
  }
  return Reach::Verdict::ok;
}

bool contains(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

Result<Reach> RestSource::probe(const Endpoint& endpoint, bool archived, std::stop_token stop) {
  Reach reach{.endpoint = endpoint.name + (archived ? " (archived)" : "")};
  if (!endpoint.path) {
    reach.verdict = Reach::Verdict::absent;
    reach.detail = "not configured";
    return reach;
  }
  const auto known = probed_.with([&](const auto& all) -> std::optional<Reach> {
    const auto found = all.find(reach.endpoint);
    return found == all.end() ? std::nullopt : std::optional(found->second);
  });
  if (known) return *known;

  Query query = endpoint.query;
  if (endpoint.paged) query.push_back({spec_.paging.limit_param, {"1"}});
  if (archived) query.push_back({spec_.keys.archived, {"true"}});
  const http::Request request =
      caller_.request(with_value(*endpoint.path, "object", endpoint.name), query);
  FLIT_TRY(heard, caller_.hear(request, stop));
  if (auto error = caller_.refusal(request, heard)) {
    const AnswerRule* rule = rule_for(spec_, heard);
    if (rule == nullptr && heard.response.status == 404) {
      error->fault = Fault::setup;
      error->remedy = "Check source.base_url: this is not the API, or not its path";
    }
    if (rule == nullptr || rule->reach == AnswerRule::Reach::none) return std::move(*error);
    reach.verdict = verdict_of(rule->reach);
    reach.detail = filled(rule->says, heard.body());
  }
  probed_.with([&](auto& all) { all.insert_or_assign(reach.endpoint, reach); });
  return reach;
}

Result<std::vector<model::Object>> RestSource::objects(std::stop_token stop) {
  std::vector<model::Object> all;
  if (spec_.schema.objects.empty()) return all;
  FLIT_TRY(document, caller_.ask_once(spec_.schema.objects, {}, stop));
  FLIT_TRY(rows, list_in(document.root(), spec_.keys.results, spec_.schema.objects));
  for (const json::Value row : rows.elements()) all.push_back(object_of(spec_, row));
  std::stable_sort(all.begin(), all.end(), [&](const model::Object& a, const model::Object& b) {
    return rank_of(spec_.schema, a.name) < rank_of(spec_.schema, b.name);
  });
  return all;
}

Result<model::SourceFacts> RestSource::facts(std::stop_token stop) {
  model::SourceFacts facts;
  for (const Endpoint& endpoint : spec_.endpoints) {
    if (spec_.is_object(endpoint.name)) continue;
    FLIT_TRY(reach, probe(endpoint, false, stop));
    facts.reach.push_back(std::move(reach));
  }
  const FactsSpec& keys = spec_.facts;
  const auto account = std::find_if(facts.reach.begin(), facts.reach.end(), [&](const Reach& one) {
    return one.endpoint == keys.endpoint && one.verdict == Reach::Verdict::ok;
  });
  if (account != facts.reach.end()) {
    FLIT_TRY(document, caller_.ask_once(*spec_.find_endpoint(keys.endpoint)->path, {}, stop));
    const auto text = [&](const std::string& key) { return text_of(document.root().at_path(key)); };
    facts.account = text(keys.account);
    if (!keys.account_id.empty()) facts.account_id = text(keys.account_id);
    facts.time_zone = text(keys.time_zone);
    facts.currency = text(keys.currency);
    facts.locale = text(keys.locale);
    facts.edition = text(keys.edition);
  }
  FLIT_TRY(objects, this->objects(stop));
  for (const model::Object& object : objects)
    for (const bool archived : {false, true}) {
      FLIT_TRY(reach, probe(spec_.object_endpoint(object.name), archived, stop));
      facts.reach.push_back(std::move(reach));
      if (!spec_.objects.archived) break;
    }
  forget();
  return facts;
}

void RestSource::forget() {
  caller_.forget();
  probed_.with([](auto& all) { all.clear(); });
}

Result<void> RestSource::add_fields(model::Object& object, std::stop_token stop) {
  const SchemaSpec& schema = spec_.schema;
  for (const std::string& path : {schema.fields, schema.archived_fields}) {
    if (path.empty()) continue;
    FLIT_TRY(document, caller_.ask_once(with_value(path, "object", object.name), {}, stop));
    FLIT_TRY(rows, list_in(document.root(), spec_.keys.results, path));
    for (const json::Value row : rows.elements()) {
      model::Field field = field_of(schema, row);
      if (object.find_field(field.name) == nullptr) object.fields.push_back(std::move(field));
    }
  }
  for (model::Field& field : record_fields_of(schema)) object.fields.push_back(std::move(field));
  for (const Join& join : spec_.joins) {
    const bool has_it = !join.objects.empty() || object.find_field(join.on) != nullptr;
    if (!join.applies_to(object.name) || !has_it) continue;
    FLIT_TRY(table, table_of(join, stop));
    for (model::Field& field : table->fields(object)) object.fields.push_back(std::move(field));
  }
  return {};
}

Result<model::Schema> RestSource::describe(std::stop_token stop) {
  FLIT_TRY(objects, this->objects(stop));
  model::Schema schema{.platform = spec_.platform};
  for (model::Object& object : objects) {
    const Endpoint endpoint = spec_.object_endpoint(object.name);
    if (!contains(spec_.required, object.name)) {
      FLIT_TRY(reach, probe(endpoint, false, stop));
      if (reach.verdict != Reach::Verdict::ok) continue;
    }
    FLIT_TRY_VOID(add_fields(object, stop));
    schema.objects.push_back(std::move(object));
  }
  if (!spec_.associations.schema.empty()) {
    FLIT_TRY(document, caller_.ask_once(spec_.associations.schema, {}, stop));
    FLIT_TRY(rows, list_in(document.root(), spec_.keys.results, spec_.associations.schema));
    schema.associations = associations_of(spec_, rows);
  }
  forget();
  return schema;
}

Result<bool> RestSource::is_listed(const Endpoint& endpoint, bool archived, std::stop_token stop) {
  if (!endpoint.listed || !endpoint.path || endpoint.holds == Endpoint::Holds::nothing)
    return false;
  if (archived && !endpoint.archived) return false;
  if (!archived && contains(spec_.required, endpoint.name)) return true;
  FLIT_TRY(reach, probe(endpoint, archived, stop));
  return reach.verdict == Reach::Verdict::ok || reach.verdict == Reach::Verdict::partial;
}

Result<std::vector<model::Listing>> RestSource::listings(std::stop_token stop) {
  std::vector<Endpoint> endpoints;
  for (const Endpoint& endpoint : spec_.endpoints)
    if (!spec_.is_object(endpoint.name)) endpoints.push_back(endpoint);
  FLIT_TRY(objects, this->objects(stop));
  for (const model::Object& object : objects)
    endpoints.push_back(spec_.object_endpoint(object.name));

  std::vector<model::Listing> all;
  std::vector<std::string> readable;
  for (const bool archived : {false, true})
    for (const Endpoint& endpoint : endpoints) {
      FLIT_TRY(listed, is_listed(endpoint, archived, stop));
      if (!listed) continue;
      all.push_back({.name = endpoint.name, .archived = archived});
      readable.push_back(endpoint.name);
    }
  if (!spec_.associations.schema.empty()) {
    FLIT_TRY(document, caller_.ask_once(spec_.associations.schema, {}, stop));
    FLIT_TRY(rows, list_in(document.root(), spec_.keys.results, spec_.associations.schema));
    for (const model::Association& association : associations_of(spec_, rows))
      if (contains(readable, association.from) && contains(readable, association.to))
        all.push_back({.name = association.name});
  }
  forget();
  tables_.with([](Tables& tables) { tables = {}; });
  return all;
}

}  // namespace flit::sources::rest
