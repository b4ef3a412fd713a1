// Records with their children in one request, all or none (fact sheet §2.7): composite/tree/X.

#include <set>

#include "base/json_writer.hpp"
#include "sim/salesforce/api/session.hpp"
#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/write/record_reader.hpp"

namespace flit::sim::salesforce {
namespace {

constexpr std::size_t most_records = 200;
constexpr std::size_t most_types = 5;
constexpr int most_levels = 5;

struct TreeError {
  std::string reference;
  Refusal refusal;
};

/// Where records hang: below which record, by which of their fields, on which level.
struct Branch {
  const Field* up = nullptr;  ///< none: at the top
  RecordId parent{};
  int level = 1;
};

/// Saves a tree from the top down; errors are collected, as many as there are.
class Tree {
 public:
  explicit Tree(Session& session) : work_(session.work()), org_(session.org) {}

  void save(const Object& object, json::Value records, const Branch& branch) {
    types_.insert(object.name);
    for (const json::Value record : records.elements()) {
      const std::string reference(record["attributes"]["referenceId"].string_or(""));
      const auto fail = [&](Refusal refusal) { errors.push_back({reference, std::move(refusal)}); };
      if (++count_ > most_records || types_.size() > most_types || branch.level > most_levels) {
        if (errors.empty())
          fail({.code = "INVALID_INPUT",
                .message = "The request has more than 200 records, 5 types or 5 levels"});
        return;
      }
      if (reference.empty()) {
        fail({.code = "INVALID_INPUT",
              .message = "Include a reference ID for each record in the request."});
        continue;
      }
      if (!references_.insert(reference).second) {
        fail(
            {.code = "INVALID_INPUT", .message = "Duplicate ReferenceId provided in the request."});
        continue;
      }
      save_one(object, record, branch, reference);
    }
  }

  std::vector<TreeError> errors{};
  std::vector<std::pair<std::string, RecordId>> results{};
  std::map<std::string, std::uint64_t> written{};

 private:
  void save_one(const Object& object, json::Value record, const Branch& branch,
                const std::string& reference) {
    Draft draft(object);
    auto children = read_record(org_, record, draft, {.children = true});
    if (!children) return errors.push_back({reference, std::move(children).error()});
    if (branch.up != nullptr) draft.set(*branch.up, Cell::of_id(branch.parent));
    const auto id = create_record(work_, draft);
    if (!id) return errors.push_back({reference, id.error()});
    ++written[object.name];
    results.emplace_back(reference, *id);
    for (const ChildRecords& below : *children)
      save(*below.link->child, below.records, {below.link->field, *id, branch.level + 1});
  }

  Work work_;
  const Organization& org_;
  std::size_t count_ = 0;
  std::set<std::string> types_;
  std::set<std::string> references_;
};

Answer<ApiReply> save_tree(Session& session) {
  if (session.call.method != "POST") return refuse(errors::method_not_allowed(session.call.method));
  FLIT_TRY(object, session.object(session.call.segment(2)));
  FLIT_TRY(document, read_body(session.call.body));
  const std::size_t mark = session.transaction.mark();
  Tree tree(session);
  tree.save(*object, document.root()["records"], {});
  std::string body = tree.errors.empty() ? R"({"hasErrors":false,"results":[)"
                                         : R"({"hasErrors":true,"results":[)";
  bool first = true;
  const auto entry = [&](const std::string& reference) {
    if (!first) body += ',';
    first = false;
    body += R"({"referenceId":)";
    json::append_quoted(body, reference);
  };
  if (tree.errors.empty()) {
    for (const auto& [reference, id] : tree.results) {
      entry(reference);
      body += R"(,"id":")" + id.text() + "\"}";
    }
    ApiReply reply = ApiReply::json(201, body + "]}");
    reply.rows_written = std::move(tree.written);
    reply.rows = tree.results.size();
    return reply;
  }
  session.transaction.roll_back_to(mark);
  for (const TreeError& error : tree.errors) {
    entry(error.reference);
    body += R"(,"errors":[)";
    error.refusal.append_collection(body);
    body += "]}";
  }
  return ApiReply::json(400, body + "]}");
}

}  // namespace

ApiReply tree_api(Session& session) {
  auto reply = save_tree(session);
  ApiReply answer = reply ? std::move(*reply) : ApiReply::refused(reply.error());
  answer.endpoint = "/composite/tree/{object}";
  return answer;
}

}  // namespace flit::sim::salesforce
