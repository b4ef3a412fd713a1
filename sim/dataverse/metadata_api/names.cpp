#include "sim/dataverse/metadata_api/names.hpp"

#include <algorithm>

#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/facts/line.hpp"
#include "sim/dataverse/metadata_api/metadata_api.hpp"

namespace flit::sim::dataverse {
namespace {

struct PublisherInfo {
  std::string prefix{};
  std::int64_t option_prefix = 10000;
};

PublisherInfo info_of(const Session& session, const Row& publisher) {
  const Table& publishers = session.org.table("publisher");
  return {facts::lower_ascii(publisher.cell(publishers.column("customizationprefix")->index).text),
          publisher.cell(publishers.column("customizationoptionvalueprefix")->index).number};
}

/// Null if there is none of that unique name.
const Row* find_solution(const Session& session, std::string_view wanted) {
  const Table& solutions = session.org.table("solution");
  const std::uint16_t name = solutions.column("uniquename")->index;
  const Row* found = nullptr;
  if (const RecordTable* rows = session.org.store->find(solutions))
    rows->each([&](const Row& row) {
      if (row.cell(name).text == wanted) found = &row;
      return found == nullptr;
    });
  return found;
}

/// Its publisher; none when the request names no solution.
std::optional<PublisherInfo> solution_publisher(const Session& session) {
  const std::string wanted = solution_name(session);
  const Row* solution = wanted.empty() ? nullptr : find_solution(session, wanted);
  if (solution == nullptr) return std::nullopt;
  const Table& solutions = session.org.table("solution");
  const Cell publisher = solution->cell(solutions.column("publisherid")->index);
  const Row* owner = session.org.store->row(session.org.table("publisher"), publisher.id);
  return owner == nullptr ? std::nullopt : std::optional(info_of(session, *owner));
}

/// §11: 2–8 letters and digits, a letter first, not "mscrm…". Without a solution any such prefix
/// passes: PY's functional tests make tables "test_…" in environments without that publisher.
bool is_prefix(std::string_view prefix) {
  return prefix.size() >= 2 && prefix.size() <= 8 && prefix[0] >= 'a' && prefix[0] <= 'z' &&
         !prefix.starts_with("mscrm");
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

Answer<void> check_characters(std::string_view name, std::size_t longest) {
  if (name.empty()) return refuse(errors::invalid_argument("SchemaName is required."));
  if (!std::all_of(name.begin(), name.end(), is_word))
    return refuse(errors::other(400, 0x80044364,
                                "The schema name '" + std::string(name) +
                                    "' contains characters other than letters, digits and _."));
  if (name.size() > longest)
    return refuse(
        errors::other(400, 0x80044367,
                      "The schema name '" + std::string(name) + "' exceeds the maximum length."));
  return {};
}

}  // namespace

std::string solution_name(const Session& session) {
  const std::string* option = session.target.options.other("SolutionUniqueName");
  const std::string_view header = session.call.header_or("MSCRM.SolutionUniqueName", "");
  if (!header.empty()) return std::string(header);
  if (option != nullptr) return *option;
  if (is_metadata_path(session.segment(0))) return {};
  const auto body = json::parse(session.call.body);
  return std::string(body ? body->root()["SolutionUniqueName"].string_or("") : "");
}

Answer<void> check_solution(const Session& session) {
  // The query option is PY's alone, whose examples name a solution that they do not make.
  const bool by_option = session.target.options.other("SolutionUniqueName") != nullptr &&
                         session.call.header_or("MSCRM.SolutionUniqueName", "").empty();
  if (by_option) return {};
  const std::string wanted = solution_name(session);
  if (wanted.empty() || find_solution(session, wanted) != nullptr) return {};
  return refuse(errors::other(404, 0x80040217,
                              "Entity 'solution' With UniqueName = " + wanted + " Does Not Exist"));
}

Answer<void> check_schema_name(const Session& session, std::string_view name, std::size_t longest) {
  FLIT_TRY_VOID(check_characters(name, longest));
  const std::size_t end = name.find('_');
  const std::string prefix = facts::lower_ascii(name.substr(0, end));
  const bool has_prefix = end != std::string_view::npos && end + 1 < name.size();
  const auto publisher = solution_publisher(session);
  if (has_prefix && (publisher ? publisher->prefix == prefix : is_prefix(prefix))) return {};
  return refuse(errors::invalid_argument("The schema name '" + std::string(name) +
                                         "' does not start with a valid customization prefix."));
}

Answer<void> check_relationship_name(const Session& session, std::string_view name) {
  constexpr std::size_t longest = 100;
  for (const Table& table : session.org.catalogue->tables())
    if (!table.is_deleted && name.size() > table.logical_name.size() + 1 &&
        name.starts_with(table.logical_name) && name[table.logical_name.size()] == '_')
      return check_characters(name, longest);
  return check_schema_name(session, name, longest);
}

std::string plural_of(std::string_view name) {
  const auto ends = [&](std::string_view end) { return name.ends_with(end); };
  const auto is_vowel = [](char c) {
    return std::string_view("aeiou").find(c) != std::string_view::npos;
  };
  if (ends("y") && name.size() > 1 && !is_vowel(name[name.size() - 2]))
    return std::string(name.substr(0, name.size() - 1)) + "ies";
  if (ends("s") || ends("x") || ends("z") || ends("ch") || ends("sh"))
    return std::string(name) + "es";
  return std::string(name) + "s";
}

int next_option_value(const Session& session, const OptionSet& options) {
  const auto publisher = solution_publisher(session);
  int next = static_cast<int>((publisher ? publisher->option_prefix : 10000) * 10000);
  for (const Option& option : options.options) next = std::max(next, option.value + 1);
  return next;
}

std::string label_of(json::Value label) {
  for (const json::Value localized : label["LocalizedLabels"].elements())
    return std::string(localized["Label"].string_or(""));
  return std::string(label["UserLocalizedLabel"]["Label"].string_or(""));
}

}  // namespace flit::sim::dataverse
