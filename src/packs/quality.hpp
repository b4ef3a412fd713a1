#pragma once
/// @file What is asked of a source's data before it moves (S-01), beyond what its schema says.
///
/// Rules are data of a path: each has a code, under which its records are listed, and reads as one
/// question. What a schema says (required, choices, references, e-mail addresses) needs no rule.

#include <string>
#include <vector>

#include "base/spec.hpp"
#include "mapping/document_spec.hpp"
#include "model/map.hpp"

namespace flit::packs {

/// "Which records share a value?" E-mail addresses, whatever their case, several separated by ";".
struct SharedValueRule {
  std::string code;
  std::string object;
  std::vector<std::string> fields;
};

/// "Which records are like this?" In values, {currency} stands for the account's own.
struct ConditionRule {
  std::string code;
  std::string object;
  model::Condition when{};
};

/// "Which records name something that is in no such list?" Or, with `lacks`: something that is
/// there, but says nothing about that.
struct ListedRule {
  std::string code;
  std::string object;
  std::string field;
  std::string list;           ///< "stages"
  std::string lacks{};        ///< a field of the list's records
  std::string about{};        ///< list the findings under this object instead …
  std::string about_field{};  ///< … and this field's value
};

/// "Which records have no link at all?"
struct LinkedRule {
  std::string code;
  std::string object;
  std::string association;
};

/// "Which pairs are there, and which cannot be linked?" Two fields of a record name two records of
/// another object.
struct PairRule {
  std::string name;    ///< "spouses": under it the pairs are kept
  std::string code{};  ///< of records whose pair cannot be linked; empty: that is no finding
  std::string object;
  model::Condition when{};
  std::vector<std::string> fields;  ///< two
  std::string of;                   ///< what they name
};

/// Where pictures inside rich text come from: their ids are in this list, or stand in this field.
struct PictureRule {
  std::string list{};
  std::string content_id{};
};

struct QualityRules {
  std::vector<SharedValueRule> shared{};
  std::vector<ConditionRule> conditions{};
  std::vector<ListedRule> listed{};
  std::vector<LinkedRule> linked{};
  std::vector<PairRule> pairs{};
  PictureRule pictures{};
};

void describe(spec::Spec<SharedValueRule>& spec);
void describe(spec::Spec<ConditionRule>& spec);
void describe(spec::Spec<ListedRule>& spec);
void describe(spec::Spec<LinkedRule>& spec);
void describe(spec::Spec<PairRule>& spec);
void describe(spec::Spec<PictureRule>& spec);
void describe(spec::Spec<QualityRules>& spec);

}  // namespace flit::packs
