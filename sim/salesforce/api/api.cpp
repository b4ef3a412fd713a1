#include "sim/salesforce/api/api.hpp"

#include <mutex>
#include <shared_mutex>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/setup/field_access.hpp"

namespace flit::sim::salesforce {
namespace {

/// GET /services/data/vNN.N: where things are, and who is asking.
ApiReply resources(const ApiCall& call, const Organization& org) {
  json::Writer out;
  out.begin_object();
  for (const char* name : {"tooling", "metadata", "composite", "query", "queryAll", "sobjects",
                           "limits", "jobs", "search", "recent"})
    out.member(name, call.base() + "/" + name);
  out.member("identity", fmt::format("{}/id/{}/{}", call.root, org.known.organization.text(),
                                     call.caller.user.text()));
  out.end_object();
  ApiReply reply = ApiReply::json(200, out.take());
  reply.endpoint = "/";
  return reply;
}

ApiReply composite(Session& session) {
  const std::string_view second = session.call.segment(1);
  if (second.empty()) return composite_api(session);
  if (second == "sobjects") return collections_api(session);
  if (second == "tree") return tree_api(session);
  if (second == "batch") return batch_api(session);
  if (second == "graph") return graph_api(session);
  return ApiReply::refused(errors::not_found());
}

/// Whether the call can change anything. Collections that only read are POSTed, too.
bool writes(const ApiCall& call) {
  return call.method != "GET" && call.method != "HEAD";
}

}  // namespace

ApiReply dispatch(Session& session) {
  const std::string_view first = session.call.segment(0);
  if (first.empty()) return resources(session.call, session.org);
  if (first == "sobjects") return rows_api(session);
  if (first == "composite") return composite(session);
  if (first == "query" || first == "queryAll" ||
      (first == "tooling" && session.call.segment(1) == "query"))
    return query_api(session);
  if (first == "limits") return limits_api(session);
  return ApiReply::refused(errors::not_found());
}

ApiReply Api::run(const ApiCall& call) {
  // A reset exchanges the store: it is looked at under the lock only.
  if (!writes(call)) {
    const std::shared_lock lock(org_.mutex);
    Transaction transaction(*org_.store);
    Session session{org_, transaction, cursors_, call};
    return dispatch(session);
  }
  const std::unique_lock lock(org_.mutex);
  Transaction transaction(*org_.store);
  Session session{org_, transaction, cursors_, call};
  ApiReply reply = dispatch(session);
  transaction.commit();
  for (const auto& [object, rows] : reply.rows_written)
    if (decides_access(object)) {
      work_out_access(org_);
      org_.schema_changed();
      break;
    }
  return reply;
}

}  // namespace flit::sim::salesforce
