#include "destinations/dataverse/dependent_reader.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/uuid.hpp"
#include "destinations/dataverse/answer.hpp"

namespace flit::destinations::dataverse {
namespace {

using Sink = std::function<Result<void>(const model::Dependent&)>;

constexpr std::size_t questions_per_batch = 50;

// §7: 65,536 characters for a GET inside a batch; an id with its quotes and comma takes 39.
constexpr std::size_t ids_per_question = 1000;

/// One relationship to ask about.
struct Question {
  model::Relationship link;
  SetName child;
  bool has_editor = false;  ///< its rows say who wrote them last
};

bool matters(const model::Relationship& link, std::span<const std::string> linked) {
  switch (link.on_delete) {
    case model::Cascade::cascade:
    case model::Cascade::restrict:
      return true;
    case model::Cascade::none:
    case model::Cascade::remove_link:
      return std::find(linked.begin(), linked.end(), link.child) != linked.end();
  }
  return true;
}

/// Tables whose rows say who wrote them last: their modifiedby leads to a user.
std::set<std::string> tables_with_editor(std::span<const model::Relationship> below_users) {
  std::set<std::string> tables;
  for (const model::Relationship& link : below_users)
    if (link.field == "modifiedby") tables.insert(link.child);
  return tables;
}

struct Catalogue {
  const SetNames& sets;
  std::set<std::string> with_editor;
};

std::vector<Question> questions_of(std::span<const model::Relationship> links,
                                   const Catalogue& catalogue,
                                   std::span<const std::string> linked) {
  std::vector<Question> questions;
  for (const model::Relationship& link : links) {
    const auto set = catalogue.sets.find(link.child);
    if (!matters(link, linked) || link.child == "activitypointer" || set == catalogue.sets.end() ||
        set->second.set.empty())
      continue;
    questions.push_back({link, set->second, catalogue.with_editor.contains(link.child)});
  }
  return questions;
}

Operation ask(const Question& question, std::span<const std::string> parents) {
  std::string ids;
  for (const std::string& id : parents) ids += fmt::format("{}'{}'", ids.empty() ? "" : ",", id);
  return {.target = fmt::format(
              "{0}?$select={1},_{2}_value{4}&$filter=Microsoft.Dynamics.CRM.In(PropertyName='{2}',"
              "PropertyValues=[{3}])",
              question.child.set, question.child.primary_id, question.link.field, ids,
              question.has_editor ? ",_modifiedby_value" : "")};
}

bool has_no_such_method(const Refusal& refusal) {
  return refusal.meaning == Meaning::no_such_method || refusal.status == 405 ||
         refusal.status == 501;
}

Result<void> hand_over(json::Value rows, const Question& question, const Sink& sink) {
  for (const json::Value row : rows.elements()) {
    model::Dependent found;
    found.child = {question.link.child,
                   text::ascii_lower(row[question.child.primary_id].string_or(""))};
    found.parent =
        text::ascii_lower(row[fmt::format("_{}_value", question.link.field)].string_or(""));
    found.editor = text::ascii_lower(row["_modifiedby_value"].string_or(""));
    found.relationship = question.link.name;
    found.on_delete = question.link.on_delete;
    FLIT_TRY_VOID(sink(found));
  }
  return {};
}

/// The pages behind the first.
Result<void> read_on(const WebApi& api, std::string link, const Question& question,
                     const Sink& sink, std::stop_token stop) {
  while (!link.empty()) {
    FLIT_TRY(url, api.link(link));
    FLIT_TRY(response, api.get(url, stop));
    FLIT_TRY(document, json_of(response));
    FLIT_TRY(rows, rows_in(document, question.child.set));
    FLIT_TRY_VOID(hand_over(rows, question, sink));
    link = document.root()["@odata.nextLink"].string_or("");
  }
  return {};
}

/// One batch of questions about the same parents.
Result<void> put(const WebApi& api, std::span<const Question> questions,
                 std::span<const std::string> parents, const Sink& sink, std::stop_token stop) {
  std::vector<Operation> reads;
  for (const Question& question : questions) reads.push_back(ask(question, parents));
  FLIT_TRY(answer, api.batch(reads, http::Effect::read, stop));
  if (answer.parts.size() < reads.size())
    return Error{.fault = Fault::transient, .message = "a batch of reads was answered in part"};
  for (std::size_t i = 0; i < reads.size(); ++i) {
    const Question& question = questions[i];
    const auto& part = answer.parts[i];
    auto refusal = refusal_of(part, http::Effect::read, question.link.name, api.now());
    if (refusal && has_no_such_method(*refusal)) continue;
    if (refusal) return std::move(refusal->error);
    FLIT_TRY(document, json_of(part));
    FLIT_TRY(rows, rows_in(document, question.child.set));
    FLIT_TRY_VOID(hand_over(rows, question, sink));
    FLIT_TRY_VOID(read_on(api, std::string(document.root()["@odata.nextLink"].string_or("")),
                          question, sink, stop));
  }
  return {};
}

}  // namespace

Result<void> DependentReader::dependents(const model::DependentQuery& query, const Sink& sink,
                                         std::stop_token stop) {
  for (const std::string& id : query.ids) FLIT_TRY_VOID(Uuid::parse(id));
  FLIT_TRY(links, metadata_.children(query.table, stop));
  FLIT_TRY(sets, metadata_.set_names(stop));
  FLIT_TRY(below_users, metadata_.children("systemuser", stop));
  const auto questions =
      questions_of(links, {*sets, tables_with_editor(below_users)}, query.linked);
  for (std::size_t at = 0; at < query.ids.size(); at += ids_per_question) {
    const auto parents = query.ids.subspan(at, std::min(ids_per_question, query.ids.size() - at));
    for (std::size_t first = 0; first < questions.size(); first += questions_per_batch)
      FLIT_TRY_VOID(put(api_,
                        std::span(questions).subspan(
                            first, std::min(questions_per_batch, questions.size() - first)),
                        parents, sink, stop));
  }
  return {};
}

}  // namespace flit::destinations::dataverse
