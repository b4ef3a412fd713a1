// G-INT-3: a HotDocs answer file is worth little without its template. Among the files, answers
// (.anx, .ans) whose template is not there are flagged (facts/sources.md §1.9). An .anx names its
// template inside: its beginning is read when the file's own name finds none.

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engine/checks/all.hpp"
#include "engine/finding_catalogue.hpp"
#include "engine/staged_list.hpp"

namespace flit::engine::checks {
namespace {

constexpr std::string_view template_folder = "/HotDocs/Templates";
constexpr std::size_t head_bytes = 65'536;  // the root element stands at the start

std::string stem_of(std::string_view name) {
  return text::fold(name.substr(0, name.rfind('.')));
}

bool is_template_format(std::string_view extension) {
  constexpr std::array<std::string_view, 6> formats{"hdpkg", "cmp", "rtf", "docx", "hpt", "hft"};
  return std::find(formats.begin(), formats.end(), extension) != formats.end();
}

/// Stems of the templates: as many as an office has forms, not as it has files.
Result<std::set<std::string>> template_stems(const CheckInputs& inputs, std::stop_token stop) {
  std::set<std::string> components;
  std::set<std::string> stems;
  FLIT_TRY_VOID(each_staged(
      inputs.environment, "files",
      [&](store::sql::Connection&, const std::string&, json::Value file) -> Result<void> {
        if (text_of(file, "extension") == "cmp") components.insert(stem_of(text_of(file, "name")));
        return {};
      },
      stop));
  FLIT_TRY_VOID(each_staged(
      inputs.environment, "files",
      [&](store::sql::Connection&, const std::string&, json::Value file) -> Result<void> {
        const std::string stem = stem_of(text_of(file, "name"));
        if (is_template_format(text_of(file, "extension")) &&
            (text_of(file, "folder") == template_folder || components.contains(stem)))
          stems.insert(stem);
        return {};
      },
      stop));
  return stems;
}

/// The first bytes of a file; empty when they cannot be had.
std::string head_of(model::SourceFiles& files, const std::string& id, std::stop_token stop) {
  std::string head;
  const Result<void> read = files.download(
      id, 0,
      [&](std::string_view bytes) -> Result<void> {
        head += bytes.substr(0, head_bytes - head.size());
        if (head.size() < head_bytes) return {};
        return Error{.fault = Fault::cancelled, .message = "that is enough"};
      },
      std::move(stop));
  if (!read && head.size() < head_bytes) head.clear();
  return head;
}

bool names_a_template(std::string_view head, const std::set<std::string>& stems) {
  constexpr std::string_view mark = "template=\"";
  for (auto at = head.find(mark); at != head.npos; at = head.find(mark, at + 1)) {
    const std::string_view rest = head.substr(at + mark.size());
    if (stems.contains(stem_of(rest.substr(0, rest.find('"'))))) return true;
  }
  return false;
}

struct Answer {
  std::string id;
  std::string name;
  bool says_inside = false;
};

}  // namespace

Result<CheckResult> answer_files(const CheckInputs& inputs, std::stop_token stop) {
  FLIT_TRY(stems, template_stems(inputs, stop));
  std::uint64_t answers = 0;
  std::vector<Answer> doubtful;
  FLIT_TRY_VOID(each_staged(
      inputs.environment, "files",
      [&](store::sql::Connection&, const std::string& id, json::Value file) -> Result<void> {
        const std::string extension = text_of(file, "extension");
        if (extension != "anx" && extension != "ans") return {};
        ++answers;
        const std::string name = text_of(file, "name");
        if (!stems.contains(stem_of(name))) doubtful.push_back({id, name, extension == "anx"});
        return {};
      },
      stop));
  CheckResult result;
  std::vector<std::string> ids;
  for (const Answer& answer : doubtful) {
    if (answer.says_inside && inputs.files != nullptr &&
        names_a_template(head_of(*inputs.files, answer.id, stop), stems))
      continue;
    result.list(fmt::format("{}: {}", answer.id, answer.name));
    ids.push_back(answer.id);
  }
  result.found =
      fmt::format("{} answer files, {} of them without a template.", answers, ids.size());
  if (ids.empty()) return result;
  result.verdict = CheckVerdict::warning;
  result.remedy = "Find the templates named in the list before the source is switched off.";
  store::Finding finding = finding_of("G-INT-3", "hotdocs_without_template", "files");
  finding.count = ids.size();
  FLIT_TRY_VOID(inputs.environment.ledger.commit([&](store::sql::Connection& transaction) {
    return store::add_finding(transaction, finding, ids);
  }));
  return result;
}

}  // namespace flit::engine::checks
