#include "destinations/dataverse/schema_writer.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "destinations/dataverse/answer.hpp"
#include "destinations/dataverse/definitions.hpp"
#include "destinations/dataverse/metadata_json.hpp"
#include "destinations/dataverse/schema_check.hpp"

namespace flit::destinations::dataverse {
namespace {

const http::Headers strong{{"Consistency", "Strong"}};

std::string entity(const std::string& table) {
  return fmt::format("EntityDefinitions(LogicalName='{}')",
                     percent::encode(text::ascii_lower(table)));
}

std::string attribute(const std::string& table, const std::string& column) {
  return fmt::format("{}/Attributes(LogicalName='{}')", entity(table),
                     percent::encode(text::ascii_lower(column)));
}

std::string choice(const std::string& name) {
  return fmt::format("GlobalOptionSetDefinitions(Name='{}')", percent::encode(name));
}

const model::Field* find(const std::shared_ptr<const model::Object>& object,
                         const std::string& column) {
  return object ? object->find_field(text::ascii_lower(column)) : nullptr;
}

Error no_table(const std::string& table) {
  return {
      .fault = Fault::setup, .message = fmt::format("there is no table {}", table), .where = table};
}

/// A refusal that says "exists" is a question, not an end.
bool says_exists(const Result<void>& done) {
  return !done && meaning_of(done.error()) == Meaning::schema_exists;
}

Error still_building(const model::CreateKey& change, std::string_view status,
                     std::chrono::milliseconds again) {
  return {.fault = Fault::transient,
          .message = fmt::format("the index of key {} is {}", change.key.name, status),
          .where = change.table,
          .retry_after = again};
}

}  // namespace

Result<void> SchemaWriter::apply(const model::SchemaChange& change, std::stop_token stop) {
  FLIT_TRY_VOID(prepare_solution(stop));
  auto done = std::visit([&](const auto& step) { return make(step, stop); }, change);
  if (!done) return std::move(done).error().during(describe(change));
  return {};
}

Result<void> SchemaWriter::post(std::string target, std::string body, std::stop_token stop) {
  const Operation operation{
      .method = http::Method::post,
      .target = std::move(target),
      .headers = {{"MSCRM.SolutionUniqueName", api_.settings().publisher.solution},
                  {"Consistency", "Strong"}},
      .body = std::move(body)};
  FLIT_TRY_VOID(api_.write(operation, std::move(stop)));
  return {};
}

Result<std::shared_ptr<const model::Object>> SchemaWriter::object(const std::string& table,
                                                                  Look look, std::stop_token stop) {
  const std::string name = text::ascii_lower(table);
  if (look == Look::kept) {
    auto kept = objects_.with([&](const Objects& objects) {
      const auto found = objects.find(name);
      return found == objects.end() ? nullptr : found->second;
    });
    if (kept) return kept;
  }
  FLIT_TRY(there, api_.find(entity(name) + "?$select=LogicalName", stop, strong));
  if (!there) return std::shared_ptr<const model::Object>();
  metadata_.forget(name);
  FLIT_TRY(sets, metadata_.set_names(stop));
  if (!sets->contains(name)) metadata_.forget();  // the table is younger than the list of tables
  const std::vector<std::string> names{name};
  FLIT_TRY(schema, metadata_.describe(names, stop));
  const model::Object* found = schema.find_object(name);
  if (found == nullptr) return std::shared_ptr<const model::Object>();
  std::shared_ptr<const model::Object> made = std::make_shared<const model::Object>(*found);
  objects_.with([&](Objects& objects) { objects[name] = made; });
  return made;
}

Result<void> SchemaWriter::make(const model::CreateTable& change, std::stop_token stop) {
  FLIT_TRY(there, object(change.table.name, Look::fresh, stop));
  if (there) return serves_as(*there, change);
  const std::uint32_t language = api_.settings().publisher.language;
  FLIT_TRY_VOID(post("EntityDefinitions", table_definition(change, language), stop));
  metadata_.forget();
  return {};
}

Result<void> SchemaWriter::make(const model::CreateColumn& change, std::stop_token stop) {
  FLIT_TRY(kept, object(change.table, Look::kept, stop));
  if (!kept) return no_table(change.table);
  if (const model::Field* found = find(kept, change.column.name)) return serves_as(*found, change);
  std::optional<std::string> global;
  if (!change.choice.empty()) {
    FLIT_TRY(id, choice_id(change.choice, stop));
    global = std::move(id);
  }
  FLIT_TRY(body, column_definition(change, global, api_.settings().publisher.language));
  const auto done = post(entity(change.table) + "/Attributes", body, stop);
  metadata_.forget(text::ascii_lower(change.table));
  if (!says_exists(done)) return done;
  FLIT_TRY(now, object(change.table, Look::fresh, stop));
  const model::Field* found = find(now, change.column.name);
  return found == nullptr ? done : serves_as(*found, change);
}

Result<std::optional<std::vector<model::Option>>> SchemaWriter::choice_options(
    const std::string& name, std::stop_token stop) {
  FLIT_TRY(response, api_.find(choice(name), std::move(stop), strong));
  if (!response) return std::optional<std::vector<model::Option>>();
  FLIT_TRY(document, json_of(*response));
  return std::optional(options_of(document.root()));
}

Result<std::optional<std::string>> SchemaWriter::choice_id(const std::string& name,
                                                           std::stop_token stop) {
  FLIT_TRY(response, api_.get(choice(name), std::move(stop), strong));
  FLIT_TRY(document, json_of(response));
  return std::optional(std::string(document.root()["MetadataId"].string_or("")));
}

Result<void> SchemaWriter::make(const model::CreateChoice& change, std::stop_token stop) {
  FLIT_TRY(there, choice_options(change.name, stop));
  if (there) return serves_as(*there, change.options, change.name);
  return post("GlobalOptionSetDefinitions",
              choice_definition(change, api_.settings().publisher.language), std::move(stop));
}

Result<void> SchemaWriter::make(const model::AddOption& change, std::stop_token stop) {
  std::vector<model::Option> there;
  if (change.table.empty()) {
    FLIT_TRY(found, choice_options(change.column, stop));
    there = found.value_or(std::vector<model::Option>());
  } else {
    FLIT_TRY(now, object(change.table, Look::fresh, stop));
    if (const model::Field* found = find(now, change.column)) there = found->options;
  }
  for (const model::Option& known : there)
    if (known.value == change.option.value) return serves_as(there, {change.option}, change.column);
  const PublisherSettings& publisher = api_.settings().publisher;
  auto done = post(change.option.state ? "InsertStatusValue" : "InsertOptionValue",
                   option_definition(change, publisher.solution, publisher.language), stop);
  if (change.table.empty())
    metadata_.forget();  // whichever columns use the choice
  else
    metadata_.forget(change.table);
  return done;
}

Result<void> SchemaWriter::make(const model::CreateRelationship& change, std::stop_token stop) {
  FLIT_TRY(kept, object(change.relationship.child, Look::kept, stop));
  if (!kept) return no_table(change.relationship.child);
  if (const model::Field* found = find(kept, change.lookup.name)) return serves_as(*found, change);
  const PublisherSettings& publisher = api_.settings().publisher;
  Result<void> done;
  if (change.lookup.targets.size() > 1) {
    done = post("CreatePolymorphicLookupAttribute",
                polymorphic_definition(change, publisher.solution, publisher.language), stop);
  } else {
    FLIT_TRY(sets, metadata_.set_names(stop));
    const auto parent = sets->find(change.relationship.parent);
    if (parent == sets->end()) return no_table(change.relationship.parent);
    done =
        post("RelationshipDefinitions",
             relationship_definition(change, parent->second.primary_id, publisher.language), stop);
  }
  metadata_.forget(change.relationship.child);
  metadata_.forget(change.relationship.parent);
  for (const std::string& target : change.lookup.targets) metadata_.forget(target);
  if (!says_exists(done)) return done;
  FLIT_TRY(now, object(change.relationship.child, Look::fresh, stop));
  const model::Field* found = find(now, change.lookup.name);
  return found == nullptr ? done : serves_as(*found, change);
}

Result<void> SchemaWriter::make(const model::CreateKey& change, std::stop_token stop) {
  const std::chrono::milliseconds again = api_.settings().key_check;
  // Also when the answer to the request that made it was lost, and when its index is built.
  metadata_.forget(change.table);
  FLIT_TRY(response, api_.get(entity(change.table) + "/Keys?$select=LogicalName,SchemaName,"
                                                     "KeyAttributes,EntityKeyIndexStatus",
                              stop, strong));
  FLIT_TRY(document, json_of(response));
  for (const json::Value row : document.root()["value"].elements()) {
    if (!text::equals_ascii_fold(row["SchemaName"].string_or(""), change.key.name)) continue;
    if (key_of(row).fields != change.key.fields)
      return Error{.message = fmt::format("key {} is there over other columns", change.key.name),
                   .where = change.table,
                   .remedy = "choose another name for the key"};
    const auto status = row["EntityKeyIndexStatus"].string_or("");
    if (status == "Active") return {};
    if (status != "Failed") return still_building(change, status, again);
    // Built again once people have seen to the cause, which is nearly always duplicates (§5).
    FLIT_TRY_VOID(post("ReactivateEntityKey",
                       fmt::format(R"({{"EntityLogicalName":"{}","EntityKeyLogicalName":"{}"}})",
                                   change.table, text::ascii_lower(change.key.name)),
                       stop));
    return Error{.message = fmt::format("the index of key {} could not be built", change.key.name),
                 .where = change.table,
                 .remedy = "remove rows with equal values, then apply the plan again"};
  }
  FLIT_TRY_VOID(post(entity(change.table) + "/Keys",
                     key_definition(change, api_.settings().publisher.language), stop));
  return still_building(change, "Pending", again);
}

Result<void> SchemaWriter::publish(std::span<const std::string> tables, std::stop_token stop) {
  if (tables.empty()) return {};
  std::string entities;
  for (const std::string& table : tables) entities += fmt::format("<entity>{}</entity>", table);
  json::Writer out;
  out.begin_object().member(
      "ParameterXml", "<importexportxml><entities>" + entities + "</entities></importexportxml>");
  out.end_object();
  const Operation operation{
      .method = http::Method::post, .target = "PublishXml", .body = out.take()};
  FLIT_TRY_VOID(api_.write(operation, std::move(stop)));
  return {};
}

namespace {

Operation removal(std::string target) {
  return {.method = http::Method::del, .target = std::move(target), .headers = strong};
}

struct Removal {
  Operation operator()(const model::CreateTable& change) const {
    return removal(entity(change.table.name));
  }
  Operation operator()(const model::CreateColumn& change) const {
    return removal(attribute(change.table, change.column.name));
  }
  Operation operator()(const model::CreateChoice& change) const {
    return removal(choice(change.name));
  }
  Operation operator()(const model::AddOption& change) const {
    json::Writer out;
    out.begin_object();
    if (change.table.empty()) {
      out.member("OptionSetName", change.column);
    } else {
      out.member("EntityLogicalName", change.table);
      out.member("AttributeLogicalName", change.column);
    }
    out.key("Value").number(change.option.value).end_object();
    return {.method = http::Method::post, .target = "DeleteOptionValue", .body = out.take()};
  }
  /// The lookup takes its relationships with it.
  Operation operator()(const model::CreateRelationship& change) const {
    return removal(attribute(change.relationship.child, change.lookup.name));
  }
  Operation operator()(const model::CreateKey& change) const {
    return removal(fmt::format("{}/Keys(LogicalName='{}')", entity(change.table),
                               percent::encode(text::ascii_lower(change.key.name))));
  }
};

}  // namespace

Result<void> SchemaWriter::revert(const model::SchemaChange& change, std::stop_token stop) {
  auto done = api_.remove(std::visit(Removal{}, change), std::move(stop));
  metadata_.forget();
  objects_.with([](Objects& objects) { objects.clear(); });
  if (!done) return std::move(done).error().during("taking back: " + describe(change));
  return {};
}

}  // namespace flit::destinations::dataverse
