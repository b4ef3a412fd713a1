// Global choices and the options of choices (fact sheet §11, "Option maintenance").

#include <algorithm>

#include "sim/dataverse/api/operations.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/metadata_api/column_payload.hpp"
#include "sim/dataverse/metadata_api/write_metadata.hpp"

namespace flit::sim::dataverse {
namespace {

/// The choice that OptionSetName, or EntityLogicalName and AttributeLogicalName, name.
Answer<OptionSet*> named_options(Session& session, json::Value body) {
  if (const auto name = body["OptionSetName"].as_string(); name && !name->empty()) {
    const auto choice = session.org.catalogue->global_choice(*name);
    if (choice == nullptr) return refuse(errors::other(400, 0x80048403, "Invalid OptionSet"));
    return choice.get();
  }
  Table* table = session.org.catalogue->table(body["EntityLogicalName"].string_or(""));
  Column* column =
      table == nullptr ? nullptr : table->column(body["AttributeLogicalName"].string_or(""));
  if (column == nullptr || column->options == nullptr)
    return refuse(errors::other(400, 0x80048403, "Invalid OptionSet"));
  if (column->type == ColumnType::state || column->type == ColumnType::boolean)
    return refuse(errors::other(
        400, 0x80044320, "You can add option values only to picklist and status attributes."));
  return column->options.get();
}

Answer<ApiReply> new_value(const Session& session, const char* response, int value) {
  json::Writer out = response_of(session, response);
  out.member("NewOptionValue", value).end_object();
  return ApiReply::json(200, out.take());
}

Answer<int> insert(Session& session, json::Value body, OptionSet& options,
                   std::optional<int> state) {
  const auto wanted = body["Value"].as_integer();
  Option option;
  option.value = wanted ? static_cast<int>(*wanted) : next_option_value(session, options);
  option.label = label_of(body["Label"]);
  option.description = label_of(body["Description"]);
  option.state = state;
  if (options.find(option.value) != nullptr)
    return refuse(errors::other(400, 0x80048403, "An option with this value already exists."));
  options.options.push_back(option);
  return option.value;
}

}  // namespace

Answer<ApiReply> publish(Session& session) {
  if (!session.call.body.empty()) {
    const auto document = read_body(session.call, "PublishXml");
    if (!document) return refuse(document.error());
  }
  return ApiReply::no_content();
}

Answer<ApiReply> insert_option_value(Session& session) {
  FLIT_TRY(document, read_body(session.call, "InsertOptionValue"));
  FLIT_TRY(options, named_options(session, document.root()));
  FLIT_TRY(value, insert(session, document.root(), *options, std::nullopt));
  return new_value(session, "InsertOptionValueResponse", value);
}

Answer<ApiReply> insert_status_value(Session& session) {
  FLIT_TRY(document, read_body(session.call, "InsertStatusValue"));
  FLIT_TRY(options, named_options(session, document.root()));
  const auto state = document.root()["StateCode"].as_integer();
  if (!state) return refuse(errors::invalid_argument("StateCode is required."));
  FLIT_TRY(value, insert(session, document.root(), *options, static_cast<int>(*state)));
  return new_value(session, "InsertStatusValueResponse", value);
}

Answer<ApiReply> update_option_value(Session& session) {
  FLIT_TRY(document, read_body(session.call, "UpdateOptionValue"));
  FLIT_TRY(options, named_options(session, document.root()));
  Option* option =
      options->find(static_cast<int>(document.root()["Value"].as_integer().value_or(-1)));
  if (option == nullptr)
    return refuse(errors::other(400, 0x80048403, "The option does not exist."));
  if (const std::string label = label_of(document.root()["Label"]); !label.empty())
    option->label = label;
  return ApiReply::no_content();
}

Answer<ApiReply> delete_option_value(Session& session) {
  FLIT_TRY(document, read_body(session.call, "DeleteOptionValue"));
  FLIT_TRY(options, named_options(session, document.root()));
  const int value = static_cast<int>(document.root()["Value"].as_integer().value_or(-1));
  if (options->find(value) == nullptr)
    return refuse(errors::other(400, 0x80048403, "The option does not exist."));
  std::erase_if(options->options, [&](const Option& option) { return option.value == value; });
  return ApiReply::no_content();
}

Answer<ApiReply> order_option(Session& session) {
  FLIT_TRY(document, read_body(session.call, "OrderOption"));
  FLIT_TRY(options, named_options(session, document.root()));
  std::vector<Option> ordered;
  for (const json::Value value : document.root()["Values"].elements())
    if (const Option* option = options->find(static_cast<int>(value.as_integer().value_or(-1))))
      ordered.push_back(*option);
  if (ordered.size() != options->options.size())
    return refuse(errors::invalid_argument("Values must name every option once."));
  options->options = std::move(ordered);
  return ApiReply::no_content();
}

Answer<ApiReply> create_choice(Session& session) {
  FLIT_TRY(document, read_body(session.call, "OptionSetMetadata"));
  const std::string name(document.root()["Name"].string_or(""));
  FLIT_TRY_VOID(check_schema_name(session, name, 100));
  if (session.org.catalogue->global_choice(name) != nullptr)
    return refuse(errors::other(
        400, 0x80044345,
        "An OptionSet with the specified name already exists. Please specify a unique name."));
  FLIT_TRY(options, read_option_set(session, document.root()));
  session.org.catalogue->add_global_choice(options);
  return made(session, "GlobalOptionSetDefinitions(" + options->metadata_id.text() + ")");
}

/// Labels only: options have actions of their own.
Answer<ApiReply> update_choice(Session& session, OptionSet& choice) {
  FLIT_TRY(document, read_body(session.call, "OptionSetMetadata"));
  if (const auto name = document.root()["Name"].as_string(); name && *name != choice.name)
    return refuse(errors::invalid_argument("The name of an option set cannot be changed."));
  if (const std::string label = label_of(document.root()["DisplayName"]); !label.empty())
    choice.display_name = label;
  return ApiReply::no_content();
}

Answer<ApiReply> delete_choice(Session& session, const std::string& name) {
  const auto choice = session.org.catalogue->global_choice(name);
  for (const Table& table : session.org.catalogue->tables())
    for (const Column& column : table.columns())
      if (!table.is_deleted && !column.is_deleted && column.options == choice)
        return refuse(errors::other(
            400, 0x8004f01f,
            "The OptionSet(" + name +
                ") component cannot be deleted because it is referenced by other components."));
  session.org.catalogue->drop_global_choice(name);
  return ApiReply::no_content();
}

}  // namespace flit::sim::dataverse
