#include "sim/salesforce/service/people.hpp"

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "sim/salesforce/write/record_reader.hpp"

namespace flit::sim::salesforce {
namespace {

Error bad_edit(std::string message, std::string code = {}) {
  return Error{.fault = Fault::permanent,
               .message = std::move(message),
               .where = "/__sim/edit",
               .code = std::move(code)};
}

Error error_of(const Refusal& refusal) {
  return bad_edit(refusal.message, refusal.code);
}

/// The user of that name, or the API's own when none is named.
Result<RecordId> person(const Organization& org, std::string_view username) {
  if (username.empty()) return org.known.user;
  const Object& users = org.object("User");
  RecordId found{};
  org.store->table(users).each_with(*users.find("Username"), Cell::of_text(username),
                                    [&](const Row& row) {
                                      found = row.head.id;
                                      return false;
                                    });
  if (!found) return bad_edit("there is no user '" + std::string(username) + "'");
  return found;
}

Result<RecordId> apply(Organization& org, Transaction& transaction, json::Value edit) {
  const Object* object = org.catalogue->find(edit["table"].string_or(""));
  if (object == nullptr)
    return bad_edit("there is no object '" + std::string(edit["table"].string_or("")) + "'");
  FLIT_TRY(user, person(org, edit["as"].string_or("")));
  Work work{org, transaction, {.user = user}};
  const std::string_view op = edit["op"].string_or("");
  const auto id = RecordId::parse(edit["id"].string_or(""));
  if (op != "create" && (!id || org.store->find(*object, *id) == nullptr))
    return bad_edit("'id' must name a record of the object");
  Draft draft(*object);
  if (op == "create" || op == "update") {
    const auto read = read_record(org, edit["values"], draft);
    if (!read) return error_of(read.error());
  }
  if (op == "create") {
    const auto made = create_record(work, draft);
    if (!made) return error_of(made.error());
    return *made;
  }
  Answer<void> done;
  if (op == "update")
    done = update_record(work, *id, draft);
  else if (op == "delete")
    done = delete_record(work, *id);
  else if (op == "undelete")
    done = undelete_record(work, *id);
  else
    return bad_edit("'op' must be create, update, delete or undelete");
  if (!done) return error_of(done.error());
  return *id;
}

}  // namespace

Result<std::string> edit_as_person(Organization& org, json::Value edits) {
  const std::unique_lock lock(org.mutex);
  Transaction transaction(*org.store);
  json::Writer out;
  out.begin_object().key("ids").begin_array();
  if (edits.is_array()) {
    for (const json::Value edit : edits.elements()) {
      FLIT_TRY(id, apply(org, transaction, edit));
      out.string(id.text());
    }
  } else {
    FLIT_TRY(id, apply(org, transaction, edits));
    out.string(id.text());
  }
  out.end_array().end_object();
  transaction.commit();
  return out.take();
}

}  // namespace flit::sim::salesforce
