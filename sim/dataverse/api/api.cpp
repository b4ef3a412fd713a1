#include "sim/dataverse/api/api.hpp"

#include <algorithm>
#include <cctype>
#include <mutex>
#include <shared_mutex>

#include "sim/dataverse/api/session.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/errors/from_error.hpp"
#include "sim/dataverse/metadata_api/csdl.hpp"
#include "sim/dataverse/metadata_api/key_jobs.hpp"
#include "sim/dataverse/metadata_api/metadata_api.hpp"
#include "sim/dataverse/metadata_api/names.hpp"
#include "sim/dataverse/security/guard.hpp"

namespace flit::sim::dataverse {
namespace {

/// Options without a dollar sign that the platform knows (§2, §6, §12, §13); the others are refused
/// like unknown system options.
bool is_known_option(std::string_view name) {
  constexpr std::string_view known[] = {
      "fetchXml",    "savedQuery",     "userQuery",         "sql",  "tag",
      "partitionId", "x-ms-file-name", "sessiontoken",      "size", "$id",
      "annotations", "LabelLanguages", "SolutionUniqueName"};
  return std::any_of(std::begin(known), std::end(known), [&](std::string_view option) {
    return std::equal(name.begin(), name.end(), option.begin(), option.end(), [](char a, char b) {
      return std::tolower(static_cast<unsigned char>(a)) ==
             std::tolower(static_cast<unsigned char>(b));
    });
  });
}

Answer<void> check_options(const odata::QueryOptions& options) {
  for (const form::Field& option : options.others)
    if (!is_known_option(option.name))
      return refuse(errors::bad_uri("The query parameter " + option.name + " is not supported"));
  return {};
}

/// A body is JSON (§2), unless it is a file (§12). Bodies without a type are read as JSON.
Answer<void> check_content_type(const ApiCall& call) {
  if (call.body.empty() || call.method == "GET") return {};
  const std::string_view type = call.header_or("Content-Type", "application/json");
  if (type.starts_with("application/json") || type.starts_with("application/octet-stream"))
    return {};
  return refuse(errors::bad_uri(
      "A supported MIME type could not be found that matches the content type of the request. None "
      "of the supported type(s) 'application/json' matches the content type '" +
      std::string(type) + "'."));
}

/// §2: version 4.0 and JSON; what else a client insists on is refused. `segments`: of the path;
/// below a row there are files and plain values, whose types the client may name.
Answer<void> check_negotiation(const ApiCall& call, std::size_t segments) {
  for (const std::string_view name : {"OData-Version", "OData-MaxVersion"})
    if (const std::string_view version = call.header_or(name, "4.0"); !version.starts_with("4."))
      return refuse(errors::bad_uri("The version '" + std::string(version) + "' of the header " +
                                    std::string(name) + " is not supported."));
  const std::string_view accept = call.header_or("Accept", "*/*");
  if (segments > 1 || call.path == "$metadata") return {};
  for (const std::string_view taken : {"*/*", "application/json", "application/*", "multipart/",
                                       "application/octet-stream", "text/plain"})
    if (accept.empty() || accept.find(taken) != std::string_view::npos) return {};
  return refuse(errors::other(
      415, 0x80060888,
      "A supported MIME type could not be found that matches the acceptable MIME types for the "
      "request. The supported type(s) 'application/json' do not match any of the acceptable MIME "
      "types '" +
          std::string(accept) + "'."));
}

Answer<Target> parse_target(const ApiCall& call) {
  Target target;
  auto options = odata::parse_query(call.query);
  if (!options) return refuse(refusal_of(options.error()));
  target.options = std::move(*options);
  FLIT_TRY_VOID(check_options(target.options));
  FLIT_TRY_VOID(check_content_type(call));
  auto path = odata::parse_resource_path(call.path, target.options.aliases);
  if (!path) return refuse(refusal_of(path.error()));
  target.path = std::move(*path);
  FLIT_TRY_VOID(check_negotiation(call, target.path.size()));
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

Answer<ApiReply> dispatch_to(Session& session, const Table& table) {
  const odata::Segment& first = session.segment(0);
  if (session.segments() == 1)
    return first.has_arguments ? handle_row(session, table) : handle_collection(session, table);
  const odata::Segment& second = session.segment(1);
  if (!first.has_arguments) {
    if (second.kind == odata::SegmentKind::count) return handle_query(session, table);
    return handle_bound_action(session, table);
  }
  if (second.is_qualified()) return handle_row_action(session, table);
  return handle_below_row(session, table);
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
  FLIT_TRY(reply, dispatch_to(session, *table));
  // §6: elastic tables are consistent within a session only, whose token a write gives.
  if (table->is_elastic && session.work != nullptr)
    reply.add("x-ms-session-token", std::to_string(session.org.store->version()));
  return reply;
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

/// Definitions are changed by those who may: "prvCreateAttribute" and so on (§9, 403).
Answer<void> may_customize(const Organization& org, const ApiCall& call,
                           const odata::ResourcePath& path) {
  std::string_view part = "Entity";
  if (path.front().name == "GlobalOptionSetDefinitions") part = "OptionSet";
  if (path.front().name == "RelationshipDefinitions") part = "Relationship";
  if (path.size() > 1 && path[1].name == "Attributes") part = "Attribute";
  if (path.size() > 1 && path[1].name == "Keys") part = "EntityKey";
  const std::string_view verb = call.method == "POST"     ? "Create"
                                : call.method == "DELETE" ? "Delete"
                                                          : "Write";
  return require_privilege(org, call.caller, "prv" + std::string(verb) + std::string(part));
}

/// Nothing custom runs here, but the headers need their privileges and their form (§2).
Answer<void> check_bypass(const Organization& org, const ApiCall& call) {
  const std::string_view kinds = call.header_or("MSCRM.BypassBusinessLogicExecution", "");
  const std::string_view steps = call.header_or("MSCRM.BypassBusinessLogicExecutionStepIds", "");
  if (!kinds.empty() && kinds != "CustomSync" && kinds != "CustomAsync" &&
      kinds != "CustomSync,CustomAsync")
    return refuse(errors::invalid_argument(
        "MSCRM.BypassBusinessLogicExecution is not CustomSync, CustomAsync or both."));
  constexpr auto most_steps = 3;
  if (std::count(steps.begin(), steps.end(), ',') >= most_steps)
    return refuse(errors::invalid_argument("More than 3 steps are to be bypassed."));
  if (!kinds.empty() || !steps.empty())
    FLIT_TRY_VOID(require_privilege(org, call.caller, "prvBypassCustomBusinessLogic"));
  if (call.header_or("MSCRM.BypassCustomPluginExecution", "") == "true")
    return require_privilege(org, call.caller, "prvBypassCustomPlugins");
  return {};
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
  ApiReply reply = answer ? std::move(*answer) : reply_of(answer.error(), call);
  const bool is_metadata = !target->path.empty() && is_metadata_path(target->path.front());
  reply.entitled = reads && is_metadata ? 0 : std::max<std::uint64_t>(1, reply.rows);
  return reply;
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
  if (changes_metadata || changes_choices(target))
    FLIT_TRY_VOID(may_customize(org_, call, target.path));
  FLIT_TRY_VOID(check_bypass(org_, call));
  Work work{.org = org_, .tx = tx, .caller = call.caller};
  work.detect_duplicates = call.header_or("MSCRM.SuppressDuplicateDetection", "true") == "false";
  Session session{.org = org_, .call = call, .target = target, .work = &work};
  if (changes_metadata || changes_choices(target)) FLIT_TRY_VOID(check_solution(session));
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
        {call.method, call.path, solution_name(session), std::string(call.body)});
  if (own) own->commit();
  return answer;
}

}  // namespace flit::sim::dataverse
