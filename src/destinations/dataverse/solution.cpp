// The publisher and the solution that everything new belongs to (facts/dataverse.md §11): found by
// their unique names, made once where they are missing.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/json_writer.hpp"
#include "destinations/dataverse/answer.hpp"
#include "destinations/dataverse/schema_writer.hpp"

namespace flit::destinations::dataverse {
namespace {

std::string by_name(std::string_view set, std::string_view columns, std::string_view name) {
  return fmt::format("{}?$select={}&$filter=uniquename%20eq%20'{}'", set, columns,
                     percent::encode(name));
}

std::string publisher_body(const PublisherSettings& settings) {
  json::Writer out;
  out.begin_object().member("uniquename", settings.name).member("friendlyname", settings.title);
  out.member("customizationprefix", settings.prefix);
  out.member("customizationoptionvalueprefix", settings.option_prefix).end_object();
  return out.take();
}

std::string solution_body(const PublisherSettings& settings, const std::string& publisher) {
  json::Writer out;
  out.begin_object().member("uniquename", settings.solution);
  out.member("friendlyname", settings.solution_title).member("version", "1.0.0.0");
  out.member("publisherid@odata.bind", "/publishers(" + publisher + ")").end_object();
  return out.take();
}

/// A part of the scaffolding, in the order in which it can be taken away.
struct Part {
  std::string name;  ///< "solution flitstack_migration"
  std::string_view set;
  std::string_view key;
  std::string unique_name;
};

std::array<Part, 2> parts_of(const PublisherSettings& settings) {
  return {{{"solution " + settings.solution, "solutions", "solutionid", settings.solution},
           {"publisher " + settings.name, "publishers", "publisherid", settings.name}}};
}

/// Made by an earlier try whose answer was lost, or by a request that arrived twice.
bool is_there(const Error& error) {
  return meaning_of(error) == Meaning::row_exists;
}

}  // namespace

Result<std::string> SchemaWriter::row_named(std::string_view set, std::string_view key,
                                            std::string_view name, std::stop_token stop) const {
  FLIT_TRY(response, api_.get(by_name(set, key, name), std::move(stop)));
  FLIT_TRY(document, json_of(response));
  for (const json::Value row : document.root()["value"].elements())
    return std::string(row[key].string_or(""));
  return std::string();
}

Result<std::vector<std::string>> SchemaWriter::scaffolding(std::stop_token stop) {
  std::vector<std::string> there;
  for (const Part& part : parts_of(api_.settings().publisher)) {
    FLIT_TRY(id, row_named(part.set, part.key, part.unique_name, stop));
    if (!id.empty()) there.push_back(part.name);
  }
  return there;
}

/// An unmanaged solution is a list: taking it away leaves what it lists (§11).
Result<void> SchemaWriter::remove_scaffolding(std::span<const std::string> kept,
                                              std::stop_token stop) {
  for (const Part& part : parts_of(api_.settings().publisher)) {
    if (std::find(kept.begin(), kept.end(), part.name) != kept.end()) continue;
    FLIT_TRY(id, row_named(part.set, part.key, part.unique_name, stop));
    if (id.empty()) continue;
    const Operation remove{.method = http::Method::del,
                           .target = fmt::format("{}({})", part.set, id)};
    FLIT_TRY_VOID(api_.remove(remove, stop));
  }
  has_solution_.with([](bool& has) { has = false; });
  return {};
}

Result<std::string> SchemaWriter::publisher_named(std::stop_token stop) const {
  const PublisherSettings& settings = api_.settings().publisher;
  FLIT_TRY(response,
           api_.get(by_name("publishers", "publisherid,customizationprefix", settings.name), stop));
  FLIT_TRY(document, json_of(response));
  for (const json::Value row : document.root()["value"].elements()) {
    const auto prefix = row["customizationprefix"].string_or("");
    if (prefix != settings.prefix)
      return Error{.fault = Fault::setup,
                   .message = fmt::format("publisher {} has the prefix {}, expected {}",
                                          settings.name, prefix, settings.prefix),
                   .where = "publisher",
                   .remedy = "name another publisher, or use its prefix in the map"};
    return std::string(row["publisherid"].string_or(""));
  }
  return std::string();
}

Result<std::string> SchemaWriter::publisher_id(std::stop_token stop) {
  FLIT_TRY(known, publisher_named(stop));
  if (!known.empty()) return known;
  const Operation create{.method = http::Method::post,
                         .target = "publishers",
                         .body = publisher_body(api_.settings().publisher)};
  const auto made = api_.write(create, stop);
  if (made) return id_in(made->headers.find("OData-EntityId").value_or(""));
  if (is_there(made.error())) return publisher_named(std::move(stop));
  return Error(made.error());
}

Result<void> SchemaWriter::prepare_solution(std::stop_token stop) {
  if (has_solution_.with([](const bool& has) { return has; })) return {};
  const PublisherSettings& settings = api_.settings().publisher;
  FLIT_TRY(publisher, publisher_id(stop));
  FLIT_TRY(known, row_named("solutions", "solutionid", settings.solution, stop));
  if (known.empty()) {
    const Operation create{.method = http::Method::post,
                           .target = "solutions",
                           .body = solution_body(settings, publisher)};
    const auto made = api_.write(create, std::move(stop));
    if (!made && !is_there(made.error())) return Error(made.error());
  }
  has_solution_.with([](bool& has) { has = true; });
  return {};
}

}  // namespace flit::destinations::dataverse
