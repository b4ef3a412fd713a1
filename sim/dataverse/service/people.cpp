#include "sim/dataverse/service/people.hpp"

#include <mutex>

#include "base/json_writer.hpp"
#include "sim/dataverse/payload/payload_reader.hpp"
#include "sim/dataverse/write/work.hpp"

namespace flit::sim::dataverse {
namespace {

Error bad_edit(std::string message) {
  return Error{.fault = Fault::permanent, .message = std::move(message), .where = "/__sim/edit"};
}

Error error_of(const Refusal& refusal) {
  return Error{.fault = Fault::permanent,
               .message = refusal.message,
               .where = "/__sim/edit",
               .code = refusal.code_text()};
}

/// The user of that e-mail address, or the first person when none is named.
Result<Uuid> person(const Organization& org, std::string_view email) {
  for (const UserSeed& user : org.settings.users) {
    const bool fits = email.empty() ? !user.application && !user.disabled : user.email == email;
    if (!user.is_team && fits) return metadata_id_of("row", "user:" + user.email);
  }
  return bad_edit("there is no user '" + std::string(email) + "'");
}

Result<Uuid> apply(Organization& org, Transaction& tx, json::Value edit) {
  const Table* table = org.catalogue->table(edit["table"].string_or(""));
  if (table == nullptr) table = org.catalogue->by_entity_set(edit["table"].string_or(""));
  if (table == nullptr)
    return bad_edit("there is no table '" + std::string(edit["table"].string_or("")) + "'");
  FLIT_TRY(user, person(org, edit["as"].string_or("")));
  Work work{.org = org, .tx = tx, .caller = {.user = user, .ref = org.store->ref_of(user, false)}};
  const std::string_view op = edit["op"].string_or("");
  const auto id = Uuid::parse(edit["id"].string_or(""));
  if (op != "create" && !id) return bad_edit("'id' must be the row's id");
  RowDraft draft;
  if (op != "delete") {
    PayloadReader reader(org, *table, op == "create" ? Purpose::create : Purpose::update);
    const auto read = reader.read(edit["values"], draft);
    if (!read) return error_of(read.error());
  }
  if (op == "create") {
    if (id) draft.id = *id;
    const auto made = create_row(work, *table, draft);
    if (!made) return error_of(made.error());
    return *made;
  }
  if (op != "update" && op != "delete") return bad_edit("'op' must be create, update or delete");
  const auto done =
      op == "update" ? update_row(work, *table, *id, draft) : delete_row(work, *table, *id);
  if (!done) return error_of(done.error());
  return *id;
}

}  // namespace

Result<std::string> edit_as_person(Organization& org, json::Value edits) {
  const std::unique_lock lock(org.mutex);
  Transaction tx(*org.store);
  json::Writer out;
  out.begin_object().key("ids").begin_array();
  if (edits.is_array()) {
    for (const json::Value edit : edits.elements()) {
      FLIT_TRY(id, apply(org, tx, edit));
      out.string(id.text());
    }
  } else {
    FLIT_TRY(id, apply(org, tx, edits));
    out.string(id.text());
  }
  out.end_array().end_object();
  tx.commit();
  return out.take();
}

}  // namespace flit::sim::dataverse
