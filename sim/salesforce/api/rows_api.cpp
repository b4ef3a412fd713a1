// One record at a time (fact sheet §2.5): sobjects/**.

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "sim/salesforce/api/blob_parts.hpp"
#include "sim/salesforce/api/conditions.hpp"
#include "sim/salesforce/api/session.hpp"
#include "sim/salesforce/api/upsert.hpp"
#include "sim/salesforce/describe/describe.hpp"
#include "sim/salesforce/query/record_json.hpp"
#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/values/read_value.hpp"
#include "sim/salesforce/write/record_reader.hpp"

namespace flit::sim::salesforce {
namespace {

using Reply = Answer<ApiReply>;

void count_write(ApiReply& reply, const Object& object) {
  reply.rows_written[object.name] = reply.rows = 1;
}

/// The record of the request: its JSON body, or the JSON and binary parts of a form (§7).
Answer<void> read_request(const Session& session, Draft& draft, std::string_view skip) {
  FLIT_TRY(parts, BlobParts::of(session.call));
  if (!parts.json().empty() || !bulk::is_multipart(session.call.header("Content-Type"))) {
    FLIT_TRY(document, read_body(parts.json()));
    if (!document.root().is_object()) return refuse(errors::parse_error("A record was expected"));
    FLIT_TRY_VOID(read_record(session.org, document.root(), draft, {.skip = skip}));
    draft.keep_texts();  // the document ends before the draft does
  }
  parts.set_named(draft);
  return {};
}

Reply create(Session& session, const Object& object, std::string_view skip = {}) {
  if (!object.flags.createable) return refuse(does_not_support(object, "create"));
  Draft draft(object);
  FLIT_TRY_VOID(read_request(session, draft, skip));
  Work work = session.work();
  FLIT_TRY(id, create_record(work, draft));
  ApiReply reply = ApiReply::json(201, save_result(id));
  reply.headers.emplace_back(
      "Location", fmt::format("{}/sobjects/{}/{}", session.call.base(), object.name, id.text()));
  count_write(reply, object);
  return reply;
}

/// The fields that ?fields= names, or all that can be read.
Answer<std::vector<const Field*>> wanted_fields(const Session& session, const Object& object) {
  std::vector<const Field*> fields;
  if (const auto list = session.call.parameter("fields")) {
    for (const std::string_view name : text::split(*list, ",")) {
      const Field* field = object.find_visible(text::trim(name));
      if (field == nullptr) return refuse(errors::no_such_column(object, name));
      fields.push_back(field);
    }
    return fields;
  }
  for (const Field& field : object.fields())
    if (field.is_visible()) fields.push_back(&field);
  return fields;
}

Reply read(Session& session, const Object& object, const Row& row) {
  FLIT_TRY(fields, wanted_fields(session, object));
  ApiReply reply;
  append_record(reply.body, object, row, fields, session.call.base());
  reply.rows = 1;
  add_validators(reply, row);
  return reply;
}

Reply update(Session& session, const Object& object, RecordId id) {
  if (!object.flags.updateable) return refuse(does_not_support(object, "update"));
  Draft draft(object);
  FLIT_TRY_VOID(read_request(session, draft, {}));
  Work work = session.work();
  FLIT_TRY_VOID(update_record(work, id, draft));
  ApiReply reply = ApiReply::none();
  count_write(reply, object);
  return reply;
}

Reply remove(Session& session, const Object& object, RecordId id) {
  if (!object.flags.deletable) return refuse(does_not_support(object, "delete"));
  Work work = session.work();
  FLIT_TRY_VOID(delete_record(work, id));
  ApiReply reply = ApiReply::none();
  count_write(reply, object);
  return reply;
}

Reply by_id(Session& session, const Object& object, std::string_view text) {
  auto row = live_record(session.org, object, text);
  if (!row) {
    if (row.error().code == "MALFORMED_ID") return refuse(errors::not_found());
    return refuse(std::move(row).error());
  }
  if (auto unmet = unmet_condition(session.org, session.call, **row)) return std::move(*unmet);
  const std::string& method = session.call.method;
  if (method == "GET" || method == "HEAD") return read(session, object, **row);
  if (method == "PATCH") return update(session, object, (*row)->head.id);
  if (method == "DELETE") return remove(session, object, (*row)->head.id);
  return refuse(errors::method_not_allowed(method));
}

/// 300: the addresses of all that match.
Reply several(const Session& session, const Object& object, const std::vector<RecordId>& found) {
  json::Writer out;
  out.begin_array();
  for (const RecordId id : found)
    out.string(fmt::format("{}/sobjects/{}/{}", session.call.base(), object.name, id.text()));
  out.end_array();
  return ApiReply::json(300, out.take());
}

Reply upsert(Session& session, const Object& object, const Field& key, const Cell& value) {
  Draft draft(object);
  FLIT_TRY_VOID(read_request(session, draft, {}));
  if (draft.is_set(key))
    return refuse(
        "INVALID_FIELD",
        fmt::format("The {} field should not be specified in the sobject data.", key.name),
        {key.name});
  Work work = session.work();
  const bool update_only = session.call.parameter("updateOnly").value_or("") == "true";
  FLIT_TRY(done, upsert_record(work, key, value, draft, update_only));
  ApiReply reply = ApiReply::none();
  if (done.created || session.call.major() >= 46)
    reply = ApiReply::json(done.created ? 201 : 200, save_result(done.id, done.created));
  count_write(reply, object);
  return reply;
}

Reply by_key(Session& session, const Object& object, const Field& key, std::string_view text) {
  Scratch scratch;
  FLIT_TRY(value, read_text(key, text, scratch));
  const std::vector<RecordId> found = matching(session.org, object, key, value);
  if (found.size() > 1) return several(session, object, found);
  const std::string& method = session.call.method;
  if (method == "PATCH" && !found.empty())
    if (auto unmet = unmet_condition(session.org, session.call,
                                     *session.org.store->find(object, found.front())))
      return std::move(*unmet);
  if (method == "PATCH") return upsert(session, object, key, value);
  if (found.empty()) return refuse(errors::not_found());
  return by_id(session, object, found.front().text());
}

/// The bytes of a file: sobjects/ContentVersion/{id}/VersionData.
Reply blob(Session& session, const Object& object, std::string_view id, const Field& field) {
  FLIT_TRY(row, live_record(session.org, object, id));
  const Cell cell = row->cell(field);
  ApiReply reply;
  reply.content_type = "application/octetstream";
  if (cell.kind == CellKind::blob) reply.body = session.org.store->file(cell.number);
  return reply;
}

Reply below_object(Session& session, const Object& object) {
  const std::string_view third = session.call.segment(2);
  const std::string& method = session.call.method;
  if (third == "describe") return describe_reply(session.org, object, session.call);
  if (third == "updated" || third == "deleted") return replication_api(session, object);
  if (session.call.path.size() == 3) {
    if (method == "POST" && text::equals_ascii_fold(third, "Id"))
      return create(session, object, "Id");
    return by_id(session, object, third);
  }
  if (session.call.path.size() != 4) return refuse(errors::not_found());
  const Field* field = object.find_visible(session.call.segment(3));
  if (field != nullptr && field->type == FieldType::base64 && RecordId::parse(third))
    return blob(session, object, third, *field);
  FLIT_TRY(key, key_field(object, third));
  return by_key(session, object, *key, session.call.segment(3));
}

Reply route(Session& session) {
  const std::size_t size = session.call.path.size();
  const std::string& method = session.call.method;
  if (size == 1) {
    if (method != "GET" && method != "HEAD") return refuse(errors::method_not_allowed(method));
    return describe_global_reply(session.org, session.call);
  }
  FLIT_TRY(object, session.object(session.call.segment(1)));
  if (size > 2) return below_object(session, *object);
  if (method == "POST") return create(session, *object);
  if (method != "GET" && method != "HEAD") return refuse(errors::method_not_allowed(method));
  return ApiReply::json(200, basic_information(*object, session.call));
}

std::string template_of(const ApiCall& call) {
  static constexpr std::string_view known[] = {"/sobjects", "/sobjects/{object}",
                                               "/sobjects/{object}/{id}",
                                               "/sobjects/{object}/{key}/{value}"};
  if (call.segment(2) == "describe") return "/sobjects/{object}/describe";
  return std::string(known[std::min<std::size_t>(call.path.size(), 4) - 1]);
}

}  // namespace

ApiReply rows_api(Session& session) {
  auto reply = route(session);
  ApiReply answer = reply ? std::move(*reply) : ApiReply::refused(reply.error());
  answer.endpoint = template_of(session.call);
  return answer;
}

}  // namespace flit::sim::salesforce
