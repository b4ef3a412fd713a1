#include "sim/dataverse/api/api.hpp"

#include <mutex>
#include <shared_mutex>

#include "sim/dataverse/api/session.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/errors/from_error.hpp"
#include "sim/dataverse/metadata_api/csdl.hpp"
#include "sim/dataverse/metadata_api/key_jobs.hpp"
#include "sim/dataverse/metadata_api/metadata_api.hpp"
#include "sim/dataverse/metadata_api/names.hpp"

namespace flit::sim::dataverse {
namespace {

Answer<Target> parse_target(const ApiCall& call) {
  Target target;
  auto options = odata::parse_query(call.query);
  if (!options) return refuse(refusal_of(options.error()));
  target.options = std::move(*options);
  auto path = odata::parse_resource_path(call.path, target.options.aliases);
  if (!path) return refuse(refusal_of(path.error()));
  target.path = std::move(*path);
  return target;
}

Answer<ApiReply> service_document(const Session& session) {
  json::Writer out;
  out.begin_object().member("@odata.context", session.call.root + "$metadata");
  out.key("value").begin_array();
  for (const Table& table : session.org.catalogue->tables()) {
    if (table.is_deleted) continue;
    out.begin_object().member("name", table.entity_set).member("kind", "EntitySet");
    out.member("url", table.entity_set).end_object();
  }
  out.end_array().end_object();
  return ApiReply::json(200, out.take());
}

/// $metadata as XML whatever the client accepts: the platform has no other form of it.
Answer<ApiReply> model_document(const Session& session) {
  if (session.work != nullptr) return refuse(wrong_method(session));
  ApiReply reply{.status = 200, .body = csdl_of(session.org)};
  reply.content_type = "application/xml";
  return reply;
}

Answer<ApiReply> dispatch(Session& session) {
  if (session.segments() == 0) return service_document(session);
  const odata::Segment& first = session.segment(0);
  if (first.kind == odata::SegmentKind::metadata) return model_document(session);
  if (is_metadata_path(first)) return handle_metadata(session);
  const Table* table = session.org.catalogue->by_entity_set(first.name);
  if (table == nullptr || table->is_deleted) {
    if (auto answer = handle_operation(session)) return std::move(*answer);
    return refuse(errors::no_such_segment(first.name));
  }
  if (session.segments() == 1)
    return first.has_arguments ? handle_row(session, *table) : handle_collection(session, *table);
  const odata::Segment& second = session.segment(1);
  if (!first.has_arguments) {
    if (second.kind == odata::SegmentKind::count) return handle_query(session, *table);
    return handle_bound_action(session, *table);
  }
  if (second.is_qualified()) return handle_row_action(session, *table);
  return handle_below_row(session, *table);
}

/// Actions that change definitions, too.
bool changes_choices(const Target& target) {
  constexpr std::string_view names[] = {"InsertOptionValue",
                                        "UpdateOptionValue",
                                        "DeleteOptionValue",
                                        "OrderOption",
                                        "InsertStatusValue",
                                        "CreateCustomerRelationships",
                                        "CreatePolymorphicLookupAttribute"};
  if (target.path.empty()) return false;
  for (const std::string_view name : names)
    if (target.path.front().name == name) return true;
  return false;
}

/// Writes of metadata: one at a time (§11); held only while the request runs.
class HeldMetadataLock {
 public:
  explicit HeldMetadataLock(MetadataLock* lock) : lock_(lock) {}
  ~HeldMetadataLock() {
    if (lock_ != nullptr) lock_->unlock();
  }
  HeldMetadataLock(const HeldMetadataLock&) = delete;
  HeldMetadataLock& operator=(const HeldMetadataLock&) = delete;

 private:
  MetadataLock* lock_;
};

}  // namespace

void ApiReply::add(std::string_view name, std::string_view value) {
  headers.emplace_back(name, value);
}

Answer<json::Document> read_body(const ApiCall& call, std::string_view entity) {
  auto document = json::parse(call.body);
  if (!document)
    return refuse(
        errors::payload(entity, "The request body is not valid JSON: " + document.error().message));
  if (!document->root().is_object())
    return refuse(errors::payload(entity, "A JSON object was expected as the request body."));
  return std::move(*document);
}

Refusal wrong_method(const Session& session) {
  return errors::method_not_allowed("The requested resource does not support http method '" +
                                    session.call.method + "'.");
}

ApiReply reply_of(const Refusal& refusal, const ApiCall& call) {
  ApiReply reply =
      ApiReply::json(refusal.status, refusal.body(!call.preferences.annotations.empty()));
  if (refusal.retry_after_s) reply.add("Retry-After", std::to_string(*refusal.retry_after_s));
  return reply;
}

ApiReply Api::run(const ApiCall& call, Transaction* open) {
  const auto target = parse_target(call);
  if (!target) return reply_of(target.error(), call);
  const bool reads = call.method == "GET" || call.method == "HEAD";
  if (open == nullptr && org_.has_waiting_keys) {
    const std::unique_lock lock(org_.mutex);
    run_key_jobs(org_);
  }
  // A change set's owner holds the lock already; JSON of a body is read under it, see README.
  std::shared_lock<std::shared_mutex> shared(org_.mutex, std::defer_lock);
  std::unique_lock<std::shared_mutex> exclusive(org_.mutex, std::defer_lock);
  if (open == nullptr && reads) shared.lock();
  if (open == nullptr && !reads) exclusive.lock();
  Answer<ApiReply> answer = reads ? run_read(call, *target) : run_write(call, *target, open);
  return answer ? std::move(*answer) : reply_of(answer.error(), call);
}

Answer<ApiReply> Api::run_read(const ApiCall& call, const Target& target) {
  Session session{.org = org_, .call = call, .target = target};
  return dispatch(session);
}

Answer<ApiReply> Api::run_write(const ApiCall& call, const Target& target, Transaction* open) {
  const bool changes_metadata = !target.path.empty() && is_metadata_path(target.path.front());
  if (changes_metadata && !metadata_lock_.try_lock())
    return refuse(errors::other(400, 0x80071151,
                                "Cannot start another customization while one is running. Use the "
                                "solution history for details."));
  const HeldMetadataLock held(changes_metadata ? &metadata_lock_ : nullptr);
  std::optional<Transaction> own;
  if (open == nullptr) own.emplace(*org_.store);
  Transaction& tx = open != nullptr ? *open : *own;
  const std::size_t mark = tx.mark();
  Work work{.org = org_, .tx = tx, .caller = call.caller};
  work.detect_duplicates = call.header_or("MSCRM.SuppressDuplicateDetection", "true") == "false";
  Session session{.org = org_, .call = call, .target = target, .work = &work};
  Answer<ApiReply> answer = dispatch(session);
  if (!answer) {
    tx.roll_back_to(mark);
    return answer;
  }
  answer->rows += work.rows_written;
  answer->columns += work.columns_written;
  answer->rows_by_table = std::move(work.rows_by_table);
  if (changes_metadata || changes_choices(target))
    org_.metadata_requests.push_back(
        {call.method, call.path, std::string(solution_name(session)), std::string(call.body)});
  if (own) own->commit();
  return answer;
}

}  // namespace flit::sim::dataverse
