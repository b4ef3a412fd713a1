#include "automap/schema.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

namespace flit::automap {

namespace {

struct TypeWord {
  std::string_view part;
  Kind kind;
};

// Looked up in this order: the first part that a type word contains decides.
constexpr std::array type_words{
    TypeWord{"multi", Kind::choices},
    TypeWord{"checkboxes", Kind::choices},
    TypeWord{"array", Kind::choices},
    TypeWord{"picklist", Kind::choice},
    TypeWord{"enum", Kind::choice},
    TypeWord{"choice", Kind::choice},
    TypeWord{"option", Kind::choice},
    TypeWord{"select", Kind::choice},
    TypeWord{"dropdown", Kind::choice},
    TypeWord{"radio", Kind::choice},
    TypeWord{"combobox", Kind::choice},
    TypeWord{"state", Kind::choice},
    TypeWord{"status", Kind::choice},
    TypeWord{"partylist", Kind::reference},
    TypeWord{"email", Kind::email},
    TypeWord{"phone", Kind::phone},
    TypeWord{"url", Kind::url},
    TypeWord{"website", Kind::url},
    TypeWord{"link", Kind::url},
    TypeWord{"checkbox", Kind::boolean},
    TypeWord{"bool", Kind::boolean},
    TypeWord{"bit", Kind::boolean},
    TypeWord{"datetime", Kind::instant},
    TypeWord{"date-time", Kind::instant},
    TypeWord{"timestamp", Kind::instant},
    TypeWord{"dateformula", Kind::text},
    TypeWord{"date", Kind::date},
    TypeWord{"percent", Kind::percent},
    TypeWord{"money", Kind::money},
    TypeWord{"monetary", Kind::money},
    TypeWord{"currency", Kind::money},
    TypeWord{"textarea", Kind::long_text},
    TypeWord{"memo", Kind::long_text},
    TypeWord{"longtext", Kind::long_text},
    TypeWord{"richtext", Kind::long_text},
    TypeWord{"html", Kind::long_text},
    TypeWord{"base64", Kind::binary},
    TypeWord{"image", Kind::binary},
    TypeWord{"file", Kind::binary},
    TypeWord{"blob", Kind::binary},
    TypeWord{"lookup", Kind::reference},
    TypeWord{"reference", Kind::reference},
    TypeWord{"relate", Kind::reference},
    TypeWord{"customer", Kind::reference},
    TypeWord{"owner", Kind::reference},
    TypeWord{"user", Kind::reference},
    TypeWord{"foreign", Kind::reference},
    TypeWord{"many2one", Kind::reference},
    TypeWord{"uniqueidentifier", Kind::id},
    TypeWord{"guid", Kind::id},
    TypeWord{"uuid", Kind::id},
    TypeWord{"bigint", Kind::integer},
    TypeWord{"int", Kind::integer},
    TypeWord{"long", Kind::integer},
    TypeWord{"decimal", Kind::number},
    TypeWord{"double", Kind::number},
    TypeWord{"float", Kind::number},
    TypeWord{"number", Kind::number},
    TypeWord{"numeric", Kind::number},
    TypeWord{"real", Kind::number},
    TypeWord{"varchar", Kind::text},
    TypeWord{"string", Kind::text},
    TypeWord{"text", Kind::text},
    TypeWord{"char", Kind::text},
    TypeWord{"code", Kind::text},
    TypeWord{"address", Kind::text},
};

constexpr std::array<std::string_view, 18> kind_names{
    "unknown",   "text",   "long text", "integer", "number", "money",
    "percent",   "yes/no", "date",      "instant", "choice", "choices",
    "reference", "email",  "phone",     "url",     "id",     "binary"};

}  // namespace

Kind kind_of_type_word(const std::string& word) {
  std::string lower = word;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (lower == "id") return Kind::id;
  if (lower == "time") return Kind::text;
  const auto* found = std::find_if(
      type_words.begin(), type_words.end(),
      [&](const TypeWord& known) { return lower.find(known.part) != std::string::npos; });
  return found == type_words.end() ? Kind::unknown : found->kind;
}

std::string to_string(Kind kind) {
  return std::string(kind_names[static_cast<std::size_t>(kind)]);
}

}  // namespace flit::automap
