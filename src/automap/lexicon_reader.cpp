#include <algorithm>
#include <optional>

#include "automap/lexicon.hpp"
#include "automap/lexicon_lines.hpp"
#include "automap/words.hpp"

namespace flit::automap {

using namespace lines;

namespace {

std::optional<Role> role_named(std::string_view name) {
  if (name == "head") return Role::head;
  if (name == "qualifier") return Role::qualifier;
  if (name == "relation") return Role::relation;
  if (name == "filler") return Role::filler;
  if (name == "mark") return Role::mark;
  return std::nullopt;
}

}  // namespace

Result<Lexicon> Lexicon::read(const LexiconTexts& texts) {
  Lexicon lexicon;
  FLIT_TRY_VOID(lexicon.read_words(texts.words));
  FLIT_TRY_VOID(lexicon.read_columns(texts.columns));
  FLIT_TRY_VOID(lexicon.read_homeless(texts.homeless));
  FLIT_TRY_VOID(lexicon.read_objects(texts.objects));
  FLIT_TRY(values, ValueLexicon::read(texts.values));
  lexicon.values_ = std::move(values);
  return lexicon;
}

Result<void> Lexicon::read_words(std::string_view text) {
  return each_line(text, "words.txt", [&](std::string_view line) {
    const auto columns = parts(line, "|");
    if (columns.size() != 5) return false;
    const auto role = role_named(columns[1]);
    if (!role) return false;
    const std::uint64_t id = concept_id(columns[0]);
    concepts_[id] = {std::string(columns[0]), *role, std::string(columns[3])};
    for (const std::string_view alias : parts(columns[4], ";")) add_alias(words_of(alias), id);
    add_alias(split_words(columns[0]), id);
    return true;
  });
}

namespace {
std::vector<Meaning> meanings_of(const Lexicon& lexicon, std::string_view text) {
  std::vector<Meaning> result;
  for (std::string_view phrase : parts(text, ";")) {
    if (phrase.empty()) continue;
    const bool weak = phrase.front() == '~';
    if (weak) phrase.remove_prefix(1);
    result.push_back({lexicon.bag(phrase), weak ? 0.8 : 1.0});
  }
  return result;
}
}  // namespace

Result<void> Lexicon::read_columns(std::string_view text) {
  return each_line(text, "columns.txt", [&](std::string_view line) {
    const std::size_t colon = line.find(" : ");
    const std::size_t dot = line.find(" . ");
    if (colon == std::string_view::npos || dot == std::string_view::npos || dot > colon)
      return false;
    std::string_view names = trimmed(line.substr(dot + 3, colon - dot - 3));
    const bool replaces = !names.empty() && names.back() == '!';
    if (replaces) names.remove_suffix(1);
    const std::vector<Meaning> meanings = meanings_of(*this, line.substr(colon + 3));
    for (const std::string& table : words_of(line.substr(0, dot)))
      for (const std::string& column : words_of(names)) {
        ColumnMeanings& entry = columns_[lower(table) + "." + lower(column)];
        entry.replaces_names = entry.replaces_names || replaces;
        entry.meanings.insert(entry.meanings.end(), meanings.begin(), meanings.end());
      }
    return true;
  });
}

Result<void> Lexicon::read_homeless(std::string_view text) {
  return each_line(text, "homeless.txt", [&](std::string_view line) {
    const auto columns = parts(line, "|");
    if (columns.size() != 2) return false;
    for (Meaning& meaning : meanings_of(*this, columns[1])) {
      for (const Token& token : meaning.bag.tokens)
        homeless_by_token_[token.id].push_back(static_cast<int>(homeless_.size()));
      homeless_.push_back({std::string(columns[0]), std::move(meaning)});
    }
    return true;
  });
}

Result<void> Lexicon::read_objects(std::string_view text) {
  return each_line(text, "objects.txt", [&](std::string_view line) {
    const auto columns = parts(line, "|");
    if (columns.size() < 3) return false;
    ObjectKind kind;
    kind.name = std::string(columns[0]);
    for (const std::string& table : words_of(columns[1])) kind.tables.push_back(lower(table));
    kind.names = meanings_of(*this, columns[2]);
    if (columns.size() > 3)
      for (Meaning meaning : meanings_of(*this, columns[3])) {
        meaning.strength = 0.5;
        kind.names.push_back(std::move(meaning));
      }
    for (const Meaning& meaning : kind.names)
      for (const Token& token : meaning.bag.tokens)
        kinds_by_token_[token.id].push_back(static_cast<int>(objects_.size()));
    objects_.push_back(std::move(kind));
    return true;
  });
}

}  // namespace flit::automap
