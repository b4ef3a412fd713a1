// Findings about notes, files, matters and the modules of a law practice.

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "sim/interactive/truth/findings.hpp"

namespace flit::sim::interactive {

namespace {

constexpr std::size_t most_note_text = 100'000;  // annotation.notetext, facts/dataverse.md §12

/// Calls visit(value) for what follows each `mark`, up to a quote.
template <typename Visit>
void each_quoted(std::string_view text, std::string_view mark, Visit&& visit) {
  for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at + 1)) {
    const std::string_view rest = text.substr(at + mark.size());
    visit(rest.substr(0, rest.find('"')));
  }
}

std::size_t length_without_data(std::string_view body) {
  std::size_t data = 0;
  each_quoted(body, "src=\"data:", [&](std::string_view value) { data += value.size(); });
  return body.size() - data;
}

bool has_content_id(const Dataset& data, std::string_view id) {
  return std::any_of(data.files.begin(), data.files.end(),
                     [&](const File& file) { return file.content_id == id; });
}

void find_images(const Judge& judge, std::uint64_t note, std::string_view body,
                 Findings& findings) {
  each_quoted(body, "data-file-id=\"", [&](std::string_view value) {
    const auto id = parse_id(value);
    if (!id || judge.data().file(*id) == nullptr) findings.add("image_missing", "notes", note);
  });
  each_quoted(body, "<img src=\"", [&](std::string_view value) {
    if (value.starts_with("http://") || value.starts_with("https://"))
      findings.add("remote_image", "notes", note);
    if (value.starts_with("cid:") && !has_content_id(judge.data(), value.substr(4)))
      findings.add("image_missing", "notes", note);
  });
}

std::string stem_of(std::string_view name) {
  return text::fold(name.substr(0, name.rfind('.')));
}

bool is_template_format(std::string_view extension) {
  constexpr std::array<std::string_view, 6> formats{"hdpkg", "cmp", "rtf", "docx", "hpt", "hft"};
  return std::find(formats.begin(), formats.end(), extension) != formats.end();
}

std::set<std::string> template_stems(const Dataset& data) {
  std::set<std::string> components;
  std::set<std::string> stems;
  for (const File& file : data.files)
    if (file.extension == "cmp") components.insert(stem_of(file.name));
  for (const File& file : data.files)
    if (is_template_format(file.extension) &&
        (file.folder == "/HotDocs/Templates" || components.contains(stem_of(file.name))))
      stems.insert(stem_of(file.name));
  return stems;
}

void find_answers(const Dataset& data, Findings& findings) {
  const std::set<std::string> stems = template_stems(data);
  for (const File& file : data.files) {
    if (file.extension != "anx" && file.extension != "ans") continue;
    bool found = stems.contains(stem_of(file.name));
    if (file.extension == "anx")
      each_quoted(file.content.part(0, std::min<std::uint64_t>(file.content.size(), 65'536)),
                  "template=\"",
                  [&](std::string_view name) { found |= stems.contains(stem_of(name)); });
    if (!found) findings.add("hotdocs_without_template", "files", file.id);
  }
}

}  // namespace

void find_in_notes(const Judge& judge, Findings& findings) {
  each_live(judge.data(), "notes", [&](const RecordTable& table, const Row& row) {
    const std::string body = table.text(row, "body_html");

    const std::string lower = text::ascii_lower(body);
    for (const std::string_view mark : {"<script", "javascript:", "<iframe", "onerror="})
      if (lower.find(mark) != lower.npos) findings.add("unsafe_markup", "notes", row.id);
    find_images(judge, row.id, body, findings);
    if (judge.is_dynamics() && length_without_data(body) > most_note_text)
      findings.add("text_too_long", "notes", row.id);
  });
}

void find_in_legal(const Judge& judge, Findings& findings) {
  const Dataset& data = judge.data();
  find_answers(data, findings);
  for (const File& file : data.files)
    if (judge.of_file(file).reason == "checksum_mismatch")
      findings.add("checksum_mismatch", "files", file.id);
  if (!data.clauses.empty()) findings.add_count("proprietary_clauses", "clauses");
  const auto expected = modules_of_edition(data.account.edition);
  const bool all_there = std::all_of(expected.begin(), expected.end(), [&](const Module& module) {
    return data.has_module(module.key);
  });
  if (!all_there || data.modules.size() != expected.size())
    findings.add_count("modules_differ", "modules");
  each_live(data, "matters", [&](const RecordTable& table, const Row& row) {
    const std::string pairing = table.text(row, "pairing");
    const auto client = parse_id(table.text(row, "client_id"));
    const auto spouse = parse_id(table.text(row, "spouse_id"));
    if (pairing == "former_spouses") findings.add("former_spouses", "matters", row.id);
    const bool linked = pairing == "spouses" && client && spouse;
    if (linked && (!judge.has_live("contacts", *client) || !judge.has_live("contacts", *spouse)))
      findings.add("spouse_archived", "matters", row.id);
  });
}

std::set<std::pair<std::uint64_t, std::uint64_t>> spouses_to_link(const Judge& judge) {
  std::set<std::pair<std::uint64_t, std::uint64_t>> pairs;
  each_live(judge.data(), "matters", [&](const RecordTable& table, const Row& row) {
    const auto client = parse_id(table.text(row, "client_id"));
    const auto spouse = parse_id(table.text(row, "spouse_id"));
    if (table.text(row, "pairing") != "spouses" || !client || !spouse) return;
    if (judge.has_live("contacts", *client) && judge.has_live("contacts", *spouse))
      pairs.emplace(std::min(*client, *spouse), std::max(*client, *spouse));
  });
  return pairs;
}

}  // namespace flit::sim::interactive
