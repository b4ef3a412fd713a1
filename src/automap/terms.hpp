#pragma once
/// @file A source field as the proposer sees it: cleaned words, meanings, type, values.
///
/// Cleaning removes what carries no meaning: prefixes that a schema puts on many of its fields,
/// "__c", path plumbing ("emails.0.value", "household.name"), the name of the system itself. Each
/// field keeps four readings (name or label, with or without the words that only repeat its
/// object).

#include <set>
#include <string>
#include <vector>

#include "automap/lexicon.hpp"
#include "automap/schema.hpp"
#include "automap/value_class.hpp"

namespace flit::automap {

struct FieldTerms {
  const Field* field = nullptr;
  std::vector<std::string> name_words{};
  std::vector<std::string> label_words{};
  std::string name_text{};  ///< name_words joined
  std::string label_text{};
  Bag name{};
  Bag label{};
  Bag name_core{};  ///< without words that repeat the object
  Bag label_core{};
  std::string home{};  ///< "billing_address", "addresses.1": what it is a part of, by its path
  int ordinal = 1;     ///< which of several: emails.1.email is the second
  bool from_custom = false;  ///< lives under a "custom" path or carries a custom-field suffix
  bool has_id_suffix = false;
  bool own_key = false;  ///< names nothing but the id of its own record
  ValueEvidence values{};
  Kind kind = Kind::unknown;

  /// The readings that are not empty, label first.
  std::vector<const Bag*> readings() const;
};

/// The field identifies its own record, by its name or by unique values of a key's form.
bool looks_like_key(const FieldTerms& field);

struct ObjectTerms {
  const Object* object = nullptr;
  Bag name{};
  Bag label{};
  std::set<std::uint64_t> self{};  ///< concepts that only repeat what the object is
  std::vector<FieldTerms> fields{};
};

/// Words of an object's name without what only says that it is one: "ContactCollection",
/// "tblOrders".
std::vector<std::string> words_of_object(std::string_view name);

/// Terms of every field of `object`; `system` is the source system's name.
ObjectTerms terms_of(const Object& object, const std::string& system, const Lexicon& lexicon);

/// The kind of record the names speak of, with 0…1; index into lexicon.objects() or -1.
struct KindGuess {
  int kind = -1;
  double strength = 0.0;
};
std::vector<KindGuess> kinds_of(const Bag& name, const Bag& label, const Lexicon& lexicon);

/// `bag` without the tokens in `ids`.
Bag without(const Bag& bag, const std::set<std::uint64_t>& ids);

}  // namespace flit::automap
