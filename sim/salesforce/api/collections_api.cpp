// Up to 200 records in one call (fact sheet §2.6): composite/sobjects/**.

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/salesforce/api/blob_parts.hpp"
#include "sim/salesforce/api/collection_reads.hpp"
#include "sim/salesforce/api/session.hpp"
#include "sim/salesforce/api/upsert.hpp"
#include "sim/salesforce/schema/cell_text.hpp"
#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/values/read_value.hpp"
#include "sim/salesforce/write/record_reader.hpp"

namespace flit::sim::salesforce {
namespace {

using Reply = Answer<ApiReply>;

constexpr std::size_t most_records = 200;
constexpr int most_chunks = 10;

/// What an injected partial failure answers for the rows it fails.
Refusal injected_lock() {
  return {
      .code = "UNABLE_TO_LOCK_ROW",
      .message =
          "unable to obtain exclusive access to this record or 200 records: 001000000000001AAA"};
}

/// One record's outcome: its id and whether it is new, or why not.
struct Outcome {
  RecordId id{};
  std::optional<bool> created{};
  std::optional<Refusal> refusal{};
};

/// Runs one write for each record, each for itself or all or none.
class Batch {
 public:
  Batch(Session& session, bool all_or_none, std::size_t size)
      : size_(size),
        session_(session),
        work_(session.work()),
        all_or_none_(all_or_none),
        mark_(session.transaction.mark()) {}

  template <typename Write>
  void run(const Object* object, const Write& write) {
    Outcome outcome;
    const bool refused = session_.call.partial && 2 * outcomes_.size() >= size_;
    Answer<Outcome> done = refused ? refuse(injected_lock()) : write(work_);
    if (done) {
      outcome = *done;
      if (object != nullptr) ++written_[object->name];
    } else {
      failed_ = true;
      outcome.refusal = std::move(done).error();
    }
    outcomes_.push_back(std::move(outcome));
  }

  ApiReply reply() {
    ApiReply reply;
    if (failed_ && all_or_none_) {
      session_.transaction.roll_back_to(mark_);
      written_.clear();
      for (Outcome& outcome : outcomes_)
        if (!outcome.refusal) outcome = {.refusal = errors::rolled_back()};
    }
    reply.body = "[";
    for (const Outcome& outcome : outcomes_) {
      if (reply.body.size() > 1) reply.body += ',';
      reply.body += outcome.refusal ? failed_result(*outcome.refusal)
                                    : save_result(outcome.id, outcome.created);
    }
    reply.body += ']';
    reply.rows_written = std::move(written_);
    reply.rows = outcomes_.size();
    return reply;
  }

 private:
  std::size_t size_;
  Session& session_;
  Work work_;
  bool all_or_none_;
  std::size_t mark_;
  bool failed_ = false;
  std::vector<Outcome> outcomes_;
  std::map<std::string, std::uint64_t> written_;
};

bool is_setup(const Object& object) {
  static constexpr std::string_view names[] = {"User",
                                               "PermissionSet",
                                               "PermissionSetAssignment",
                                               "FieldPermissions",
                                               "ObjectPermissions",
                                               "Group",
                                               "GroupMember",
                                               "UserRole",
                                               "Profile"};
  return std::find(std::begin(names), std::end(names), object.name) != std::end(names);
}

/// The object of each record, within the limits of one call.
Answer<std::vector<const Object*>> objects_of(const Session& session, json::Value records) {
  if (records.size() > most_records) return refuse(too_many_records(most_records));
  std::vector<const Object*> objects;
  int chunks = 0;
  bool setup = false, data = false;
  for (const json::Value record : records.elements()) {
    const std::string_view type = record["attributes"]["type"].string_or("");
    const Object* object = session.org.catalogue->find(type);
    if (object == nullptr) return refuse(errors::unknown_object(type));
    if (objects.empty() || objects.back() != object) ++chunks;
    (is_setup(*object) ? setup : data) = true;
    objects.push_back(object);
  }
  if (chunks > most_chunks)
    return refuse("INVALID_INPUT",
                  fmt::format("The request contains more than {} chunks of objects", most_chunks));
  if (setup && data)
    return refuse("MIXED_DML_OPERATION",
                  "Setup objects and other objects cannot be saved in one request");
  return objects;
}

/// A refusal that is about the request as a whole, however many records it has.
bool is_of_request(const Refusal& refusal) {
  return refusal.code == "JSON_PARSER_ERROR";
}

Reply create_all(Session& session, json::Value body, const BlobParts& parts) {
  const json::Value records = body["records"];
  FLIT_TRY(objects, objects_of(session, records));
  Batch batch(session, body["allOrNone"].as_boolean().value_or(false), records.size());
  std::size_t i = 0;
  for (const json::Value record : records.elements()) {
    const Object& object = *objects[i++];
    Draft draft(object);
    auto read = read_record(session.org, record, draft);
    if (!read && is_of_request(read.error())) return refuse(std::move(read).error());
    batch.run(&object, [&](Work& work) -> Answer<Outcome> {
      if (!read) return refuse(read.error());
      FLIT_TRY_VOID(parts.set_referenced(record, draft));
      if (!object.flags.createable) return refuse(does_not_support(object, "create"));
      FLIT_TRY(id, create_record(work, draft));
      return Outcome{.id = id};
    });
  }
  return batch.reply();
}

Reply update_all(Session& session, json::Value body, const BlobParts& parts) {
  const json::Value records = body["records"];
  FLIT_TRY(objects, objects_of(session, records));
  Batch batch(session, body["allOrNone"].as_boolean().value_or(false), records.size());
  std::size_t i = 0;
  for (const json::Value record : records.elements()) {
    const Object& object = *objects[i++];
    const json::Value id = record["id"].exists() ? record["id"] : record["Id"];
    Draft draft(object);
    auto read = read_record(session.org, record, draft, {.skip = "Id"});
    if (!read && is_of_request(read.error())) return refuse(std::move(read).error());
    batch.run(&object, [&](Work& work) -> Answer<Outcome> {
      if (!id.is_string()) return refuse("MISSING_ARGUMENT", "Id not specified in an update call");
      if (!read) return refuse(read.error());
      FLIT_TRY_VOID(parts.set_referenced(record, draft));
      FLIT_TRY(row, live_record(session.org, object, *id.as_string()));
      const RecordId known = row->head.id;
      FLIT_TRY_VOID(update_record(work, known, draft));
      return Outcome{.id = known};
    });
  }
  return batch.reply();
}

/// Keys that stand in the call more than once, as text: every row that has one is an error.
std::set<std::string> repeated_keys(const Field& key, json::Value records) {
  std::set<std::string> seen, repeated;
  for (const json::Value record : records.elements())
    for (const auto& [name, value] : record.members()) {
      if (!text::equals_ascii_fold(name, key.name) || value.is_null()) continue;
      std::string text = value.is_string() ? std::string(*value.as_string()) : value.dump();
      if (!key.case_sensitive && key.unique) text = text::fold_case(text);
      if (!seen.insert(text).second) repeated.insert(text);
    }
  return repeated;
}

/// A record's value of the key, and as what it was written.
struct KeyValue {
  Cell value{};
  std::string shown{};
};

Answer<KeyValue> key_of(json::Value record, const Field& key, Scratch& scratch) {
  KeyValue found;
  for (const auto& [name, member] : record.members()) {
    if (!text::equals_ascii_fold(name, key.name)) continue;
    FLIT_TRY(cell, read_json(key, member, scratch));
    found = {cell, text_of(cell)};
  }
  return found;
}

Reply upsert_all(Session& session, json::Value body) {
  FLIT_TRY(object, session.object(session.call.segment(2)));
  FLIT_TRY(key, key_field(*object, session.call.segment(3)));
  const json::Value records = body["records"];
  if (records.size() > most_records) return refuse(too_many_records(most_records));
  const std::set<std::string> repeated = repeated_keys(*key, records);
  Batch batch(session, body["allOrNone"].as_boolean().value_or(false), records.size());
  for (const json::Value record : records.elements()) {
    Draft draft(*object);
    auto read = read_record(session.org, record, draft, {.skip = key->name});
    if (!read && is_of_request(read.error())) return refuse(std::move(read).error());
    FLIT_TRY(keyed, key_of(record, *key, draft.scratch));
    const std::string folded =
        !key->case_sensitive && key->unique ? text::fold_case(keyed.shown) : keyed.shown;
    batch.run(object, [&](Work& work) -> Answer<Outcome> {
      if (!read) return refuse(read.error());
      if (repeated.contains(folded)) return refuse(errors::duplicate_in_request(keyed.shown));
      if (keyed.value.is_null() && key->home != Home::id)
        return refuse("MISSING_ARGUMENT", fmt::format("{} not specified", key->name));
      FLIT_TRY(done, upsert_record(work, *key, keyed.value, draft));
      return Outcome{.id = done.id, .created = done.created};
    });
  }
  return batch.reply();
}

Reply delete_all(Session& session) {
  const std::string_view list = session.call.parameter("ids").value_or("");
  if (list.empty()) return refuse("MISSING_ARGUMENT", "The ids parameter is required");
  const std::vector<std::string_view> ids = text::split(list, ",");
  if (ids.size() > most_records) return refuse(too_many_records(most_records));
  Batch batch(session, session.call.parameter("allOrNone").value_or("false") == "true", ids.size());
  for (const std::string_view text : ids) {
    const auto id = RecordId::parse(text::trim(text));
    const Object* object = nullptr;
    if (id) session.org.store->find(*id, &object);
    batch.run(object, [&](Work& work) -> Answer<Outcome> {
      if (!id) return refuse(errors::malformed_id(text));
      if (object == nullptr)
        return refuse("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
      if (!object->flags.deletable) return refuse(does_not_support(*object, "delete"));
      FLIT_TRY_VOID(delete_record(work, *id));
      return Outcome{.id = *id};
    });
  }
  return batch.reply();
}

Reply route(Session& session) {
  const std::string& method = session.call.method;
  const std::size_t size = session.call.path.size();
  if (method == "DELETE" && size == 2) return delete_all(session);
  if (method == "GET" && size == 3)
    return read_collection(session, text::split(session.call.parameter("ids").value_or(""), ","),
                           text::split(session.call.parameter("fields").value_or(""), ","));
  FLIT_TRY(parts, BlobParts::of(session.call));
  FLIT_TRY(document, read_body(parts.json()));
  const json::Value body = document.root();
  if (method == "POST" && size == 3)
    return read_collection(session, texts_of(body["ids"]), texts_of(body["fields"]));
  if (!body["records"].is_array())
    return refuse(errors::parse_error("A list of records was expected"));
  if (method == "POST" && size == 2) return create_all(session, body, parts);
  if (method == "PATCH" && size == 2) return update_all(session, body, parts);
  if (method == "PATCH" && size == 4) return upsert_all(session, body);
  return refuse(errors::method_not_allowed(method));
}

}  // namespace

ApiReply collections_api(Session& session) {
  auto reply = route(session);
  ApiReply answer = reply ? std::move(*reply) : ApiReply::refused(reply.error());
  answer.endpoint = "/composite/sobjects";
  return answer;
}

}  // namespace flit::sim::salesforce
