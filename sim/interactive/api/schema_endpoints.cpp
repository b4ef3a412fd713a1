// Who am I, what is this account, what objects and properties are there (facts/sources.md §1.1,
// §1.4, §1.5).

#include "sim/interactive/api/call.hpp"
#include "sim/interactive/api/catalogue_writer.hpp"

namespace flit::sim::interactive {

Checked<Response> get_me(const Call& call) {
  json::Writer out;
  out.begin_object().member("user_id", call.data.account.user_id);
  out.member("email", call.data.account.user_email);
  out.key("token").begin_object().member("name", call.token->name).key("scopes").begin_array();
  for (const std::string& scope : all_scopes())
    if (call.token->scopes.contains(scope)) out.string(scope);
  out.end_array().key("expires_at").null().end_object();
  out.member("account_id", call.data.account.id).end_object();
  return Response::json(200, out.take());
}

Checked<Response> get_account(const Call& call) {
  json::Writer out;
  write(out, call.data.account);
  return Response::json(200, out.take());
}

Checked<Response> get_modules(const Call& call) {
  json::Writer out;
  out.begin_object().key("results").begin_array();
  for (const Module& module : call.data.modules) write(out, module);
  out.end_array().end_object();
  return Response::json(200, out.take());
}

Checked<Response> get_objects(const Call& call) {
  json::Writer out;
  out.begin_object().key("results").begin_array();
  for (const auto& table : call.data.tables)
    if (call.data.has_module(table->schema().module))
      write_object(out, table->schema(), table->live());
  out.end_array().end_object();
  return Response::json(200, out.take());
}

Checked<Response> get_properties(const Call& call) {
  const auto archived = read_flag(call.target(), "archived");
  if (!archived) return tl::make_unexpected(archived.error());
  const auto table = table_of(call, call.captures[0]);
  if (!table) return tl::make_unexpected(table.error());
  json::Writer out;
  out.begin_object().key("results").begin_array();
  for (const Property& property : (*table)->schema().properties())
    if (property.archived == *archived) write(out, property);
  out.end_array().end_object();
  return Response::json(200, out.take());
}

Checked<Response> get_association_types(const Call& call) {
  json::Writer out;
  out.begin_object().key("results").begin_array();
  for (const auto& table : call.data.edges) {
    const AssociationType& type = table->type();
    const auto is_there = [&](const std::string& object) {
      const RecordTable* found = call.data.table(object);
      return found != nullptr && call.data.has_module(found->schema().module);
    };
    if (is_there(type.from) && is_there(type.to)) write(out, type);
  }
  out.end_array().end_object();
  return Response::json(200, out.take());
}

}  // namespace flit::sim::interactive
