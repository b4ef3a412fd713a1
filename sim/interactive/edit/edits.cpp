#include "sim/interactive/edit/edits.hpp"

#include <functional>

#include "sim/interactive/edit/record_edits.hpp"

namespace flit::sim::interactive {

namespace {

Error wrong(std::string message) {
  return Error{.fault = Fault::permanent, .message = std::move(message), .where = "edit"};
}

std::string text(json::Value edit, std::string_view key) {
  return std::string(edit[key].string_or(""));
}

Result<std::uint64_t> id_of(json::Value edit, std::string_view key) {
  const auto id = parse_id(edit[key].string_or(""));
  if (!id) return wrong("'" + std::string(key) + "' must be an id, a string of digits");
  return *id;
}

/// Associations in the direction in which their table keeps them.
struct EdgeEdit {
  EdgeTable* table = nullptr;
  EdgeTable::NewEdge edge{};
};

Result<EdgeEdit> read_edge(const Editing& editing, json::Value edit) {
  FLIT_TRY(from, id_of(edit, "from_id"));
  FLIT_TRY(to, id_of(edit, "to_id"));
  const auto view = editing.data.edge_view(edit["from"].string_or(""), edit["to"].string_or(""));
  if (!view)
    return wrong(text(edit, "from") + " and " + text(edit, "to") + " cannot be associated");
  const bool forward = view->direction == Direction::forward;
  EdgeEdit read{.table = view->table};
  read.edge.from = forward ? from : to;
  read.edge.to = forward ? to : from;
  read.edge.label = edit["label"].string_or("");
  read.edge.primary = edit["primary"].as_boolean().value_or(false);
  return read;
}

Result<void> associate(const Editing& editing, json::Value edit, Undo& undo) {
  FLIT_TRY(read, read_edge(editing, edit));
  const std::string attributes = edit["attributes"] ? edit["attributes"].dump() : std::string();
  read.edge.attributes = attributes;
  undo.keep(*read.table);
  read.table->put(read.edge, editing.now_ms);
  refresh_activity(editing.data, *read.table, read.edge.from, read.edge.to);
  return {};
}

Result<void> dissociate(const Editing& editing, json::Value edit, Undo& undo) {
  FLIT_TRY(read, read_edge(editing, edit));
  undo.keep(*read.table);
  if (!read.table->remove(read.edge.from, read.edge.to, read.edge.label, editing.now_ms))
    return wrong("there is no such association");
  refresh_activity(editing.data, *read.table, read.edge.from, read.edge.to);
  return {};
}

Result<void> set_option(const Editing& editing, json::Value edit, Undo& undo) {
  RecordTable* const table = editing.data.table(text(edit, "table"));
  const auto index =
      table == nullptr ? std::nullopt : table->schema().index_of(text(edit, "property"));
  if (!index) return wrong("there is no such property");
  Property& property = table->schema().property(*index);
  undo.add([table, index = *index, old = property] { table->schema().property(index) = old; });
  const std::string value = text(edit, "value");
  for (Option& option : property.options) {
    if (option.value != value) continue;
    if (edit["label"].is_string()) option.label = text(edit, "label");
    option.archived = edit["archived"].as_boolean().value_or(option.archived);
    return {};
  }
  property.options.push_back({value, edit["label"].is_string() ? text(edit, "label") : value,
                              static_cast<int>(property.options.size()) + 1, false});
  return {};
}

Result<void> change_owner(const Editing& editing, json::Value edit, Undo& undo, bool remove) {
  FLIT_TRY(id, id_of(edit, "id"));
  auto& owners = editing.data.owners;
  const Owner* const owner = editing.data.owner(id);
  if (owner == nullptr) return wrong("there is no such owner");
  undo.add([&owners, old = owners] { owners = old; });
  const auto at = owners.begin() + (owner - owners.data());
  if (remove) {
    owners.erase(at);
  } else {
    at->active = false;
    at->updated_ms = editing.now_ms;
  }
  return {};
}

Result<void> change_token(const Editing& editing, json::Value edit, Undo& undo) {
  undo.add([&tokens = editing.tokens, old = editing.tokens] { tokens = old; });
  const std::string token = text(edit, "token");
  const bool done = text(edit, "op") == "expire_token"
                        ? editing.tokens.expire(token)
                        : editing.tokens.revoke(token, text(edit, "scope"));
  if (!done) return wrong("there is no such token, or it does not have that scope");
  return {};
}

/// The id of the record concerned, or empty text.
Result<std::string> apply(const Editing& editing, json::Value edit, Undo& undo) {
  const std::string op = text(edit, "op");
  const auto silent = [](Result<void> done) -> Result<std::string> {
    FLIT_TRY_VOID(std::move(done));
    return std::string();
  };
  if (op == "associate") return silent(associate(editing, edit, undo));
  if (op == "dissociate") return silent(dissociate(editing, edit, undo));
  if (op == "set_option") return silent(set_option(editing, edit, undo));
  if (op == "deactivate_owner") return silent(change_owner(editing, edit, undo, false));
  if (op == "delete_owner") return silent(change_owner(editing, edit, undo, true));
  if (op == "revoke_scope" || op == "expire_token")
    return silent(change_token(editing, edit, undo));
  return edit_record(editing, edit, undo);
}

}  // namespace

void Undo::keep(EdgeTable& table) {
  add([&table, edges = table.edges()] { table.restore(edges); });
}

void Undo::run() {
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) (*step)();
  steps_.clear();
}

Result<std::string> apply_edits(Editing editing, json::Value edits) {
  std::vector<json::Value> list;
  if (edits.is_array())
    for (const json::Value edit : edits.elements()) list.push_back(edit);
  else
    list.push_back(edits);
  Undo undo;
  json::Writer out;
  out.begin_object().key("results").begin_array();
  for (const json::Value edit : list) {
    auto id = apply(editing, edit, undo);
    if (!id) {
      undo.run();
      return std::move(id).error();
    }
    out.begin_object().member("op", edit["op"].string_or(""));
    if (!id->empty()) out.member("table", edit["table"].string_or("")).member("id", *id);
    out.end_object();
  }
  out.end_array().end_object();
  return out.take();
}

}  // namespace flit::sim::interactive
