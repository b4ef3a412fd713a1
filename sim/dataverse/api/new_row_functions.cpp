// FormatAddress and InitializeFrom (§1 calls functions like these), as Microsoft's samples call
// them [S: PS FunctionsAndActions.js]: a postal address as text, and the start of a row like
// another one.

#include <array>

#include "sim/dataverse/api/operations.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/query/column_reader.hpp"
#include "sim/dataverse/query/shape_writer.hpp"

namespace flit::sim::dataverse {
namespace {

std::string_view text_argument(const Session& session, std::string_view name) {
  for (const odata::Argument& argument : session.segment(0).arguments)
    if (argument.name == name && !argument.values.empty()) return argument.values[0].text;
  return {};
}

/// Columns that two rows of one kind share by default when one is made from the other: where the
/// customer is and how it is dealt with, nothing that names it [I: the maps of an environment are
/// editable].
constexpr std::array<std::string_view, 12> mapped_columns{
    "address1_line1",      "address1_line2",   "address1_city",    "address1_stateorprovince",
    "address1_postalcode", "address1_country", "telephone1",       "websiteurl",
    "accountcategorycode", "industrycode",     "paymenttermscode", "customertypecode"};

/// {'@odata.id':'accounts(guid)'}: single quotes, as the function's callers write it.
Answer<Reference> moniker(const Session& session) {
  std::string text(text_argument(session, "EntityMoniker"));
  for (char& c : text)
    if (c == '\'') c = '"';
  const auto document = json::parse(text);
  const auto uri = document ? document->root()["@odata.id"].as_string() : std::nullopt;
  if (!uri) return refuse(errors::bad_uri("The parameter 'EntityMoniker' names no row."));
  return read_reference(session.org, *uri);
}

}  // namespace

Answer<ApiReply> format_address(Session& session) {
  const auto part = [&](std::string_view name) {
    return std::string(text_argument(session, name));
  };
  std::string address = part("Line1");
  const auto add = [&](const std::string& text, std::string_view separator) {
    if (text.empty()) return;
    if (!address.empty()) address += separator;
    address += text;
  };
  add(part("City"), "\r\n");
  add(part("StateOrProvince"), ", ");
  add(part("PostalCode"), " ");
  add(part("Country"), "\r\n");
  json::Writer out = response_of(session, "FormatAddressResponse");
  out.member("Address", address).end_object();
  return ApiReply::json(200, out.take());
}

Answer<ApiReply> initialize_from(Session& session) {
  FLIT_TRY(source, moniker(session));
  const Row* row = session.org.store->row(*source.table, source.id);
  if (row == nullptr)
    return refuse(errors::object_does_not_exist(source.table->logical_name, source.id));
  const std::string target_name(text_argument(session, "TargetEntityName"));
  const Table* target = session.org.catalogue->table(target_name);
  if (target == nullptr)
    return refuse(errors::other(400, 0x80041102, "The specified entity was not found."));
  json::Writer out;
  out.begin_object().member("@odata.context",
                            session.call.root + "$metadata#" + target->entity_set + "/$entity");
  out.member("@odata.type", "#Microsoft.Dynamics.CRM." + target_name);
  const ReadContext context{*session.org.catalogue, *session.org.store,
                            session.org.known.business_unit};
  for (const std::string_view name : mapped_columns) {
    const Column* from = source.table->column(name);
    const Column* to = target->column(name);
    if (from == nullptr || to == nullptr || !to->valid_for_create) continue;
    std::string scratch;
    const Cell cell = read_cell(context, *source.table, *row, *from, scratch);
    if (!cell.has_value()) continue;
    out.key(name);
    if (cell.kind == CellKind::text)
      out.string(cell.text);
    else
      out.integer(cell.number);
  }
  // A row made from another row of its own table hangs below it.
  if (target == source.table && target->lookup_navigation("parentaccountid").column != nullptr)
    out.member("parentaccountid@odata.bind",
               source.table->entity_set + "(" + source.id.text() + ")");
  out.end_object();
  return ApiReply::json(200, out.take());
}

}  // namespace flit::sim::dataverse
