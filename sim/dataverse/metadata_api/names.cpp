#include "sim/dataverse/metadata_api/names.hpp"

#include <algorithm>

#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/facts/line.hpp"

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

/// The publisher of the solution in MSCRM.SolutionUniqueName; none without the header.
std::optional<PublisherInfo> solution_publisher(const Session& session) {
  const std::string_view wanted = session.call.header_or("MSCRM.SolutionUniqueName", "");
  const Table& solutions = session.org.table("solution");
  const RecordTable* rows = session.org.store->find(solutions);
  if (wanted.empty() || rows == nullptr) return std::nullopt;
  std::optional<PublisherInfo> found;
  rows->each([&](const Row& row) {
    if (row.cell(solutions.column("uniquename")->index).text != wanted) return true;
    const Cell publisher = row.cell(solutions.column("publisherid")->index);
    if (const Row* owner = session.org.store->row(session.org.table("publisher"), publisher.id))
      found = info_of(session, *owner);
    return false;
  });
  return found;
}

bool is_known_prefix(const Session& session, const std::string& prefix) {
  bool known = false;
  if (const RecordTable* rows = session.org.store->find(session.org.table("publisher")))
    rows->each([&](const Row& row) {
      known |= info_of(session, row).prefix == prefix;
      return !known;
    });
  return known;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

Answer<void> check_schema_name(const Session& session, std::string_view name, std::size_t longest) {
  if (name.empty()) return refuse(errors::invalid_argument("SchemaName is required."));
  if (!std::all_of(name.begin(), name.end(), is_word))
    return refuse(errors::other(400, 0x80044364,
                                "The schema name '" + std::string(name) +
                                    "' contains characters other than letters, digits and _."));
  if (name.size() > longest)
    return refuse(
        errors::other(400, 0x80044367,
                      "The schema name '" + std::string(name) + "' exceeds the maximum length."));
  const std::size_t end = name.find('_');
  const std::string prefix = facts::lower_ascii(name.substr(0, end));
  const bool has_prefix = end != std::string_view::npos && end + 1 < name.size();
  const auto publisher = solution_publisher(session);
  const bool fits =
      has_prefix && (publisher ? publisher->prefix == prefix : is_known_prefix(session, prefix));
  if (fits) return {};
  return refuse(errors::invalid_argument("The schema name '" + std::string(name) +
                                         "' does not start with a valid customization prefix."));
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
