#pragma once
/// @file One step of a schema set-up plan (S-03): what must exist before data can move.
///
/// Steps name things by their final platform names, are applied in order and can each be repeated
/// and taken back. A plan is a list of them; the manifest that people sign is this list, rendered.

#include <string>
#include <variant>
#include <vector>

#include "model/schema.hpp"

namespace flit::model {

struct CreateTable {
  Object table;  ///< with the primary name column first; further columns come as steps of their own
};

struct CreateColumn {
  std::string table;
  Field column;
  std::string choice{};  ///< a global choice that it uses; empty: its options are its own
};

/// A choice list shared by several columns.
struct CreateChoice {
  std::string name;
  std::string label;
  std::vector<Option> options;
};

struct AddOption {
  std::string table;   ///< empty: a global choice
  std::string column;  ///< the column, or the global choice's name
  Option option;
};

struct CreateRelationship {
  Relationship relationship;
  Field lookup;  ///< the column it brings
};

struct CreateKey {
  std::string table;
  Key key;
};

using SchemaChange =
    std::variant<CreateTable, CreateColumn, CreateChoice, AddOption, CreateRelationship, CreateKey>;

/// "create column account.flit_source_id (text 100)": one line for manifests and logs.
std::string describe(const SchemaChange& change);

}  // namespace flit::model
