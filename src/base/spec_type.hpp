#pragma once
/// @file What a typed spec knows about a type, without templates.
///
/// base/spec.hpp turns C++ types into these descriptions; the reader, the reference page and the
/// JSON Schema walk them. A Type is made once, on first use, and never changes. Types name each
/// other through functions, so that a type may contain itself (a condition holds conditions).
/// Only the files of the spec itself include this header's `detail`.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_text.hpp"
#include "base/yaml_node.hpp"

namespace flit::spec::detail {

class Reader;
struct Type;
using TypeRef = const Type& (*)();

enum class Shape : std::uint8_t {
  boolean,
  integer,
  number,
  text,
  scalar,     ///< any scalar, as written
  parsed,     ///< a scalar with a syntax of its own: a duration, a decimal
  choice,     ///< one of `choices`
  any,        ///< whatever stands there
  optional,   ///< `inner`, or null
  wrapped,    ///< exactly `inner`
  list,       ///< of `inner`
  map,        ///< of text to `inner`
  structure,  ///< `fields`
  cases,      ///< a structure whose keys depend on the value of `tag`
};

struct Choice {
  std::string name;
  std::string help;
  std::int64_t value;
};

struct Case {
  std::string name;
  std::string help;
  TypeRef type;
  void* (*emplace)(void* variant);
};

struct Range {
  double least;
  double most;
};

struct Field {
  std::string key;
  std::string help;
  TypeRef type;
  std::function<void*(void* object)> member;
  bool is_required = false;
  std::string default_text{};                                ///< for the reference page
  std::function<void(void* member)> set_default{};           ///< may be empty
  std::function<std::string(const void* member)> problem{};  ///< "" when all is well; may be empty
  std::optional<Range> range{};
};

enum class Count : std::uint8_t { exactly_one, at_most_one };

struct Exclusion {
  Count count;
  std::vector<std::string> keys;
};

struct Type {
  using Read = bool (*)(Reader&, const Type&, const yaml::Node&, void* out);

  Shape shape;
  Read read;
  std::string name;    ///< of a structure: its heading; else what a sentence calls it: "text"
  std::string help{};  ///< of a structure: what it is for
  TypeRef inner = nullptr;
  void* (*add)(void* container,
               const std::string& key) = nullptr;  ///< list, map, optional, wrapped
  void (*reset)(void* optional) = nullptr;
  Position* (*position)(void* wrapped) = nullptr;                      ///< where to note the place
  std::function<bool(Reader&, const yaml::Node&, void* out)> parse{};  ///< parsed
  std::string pattern{};  ///< parsed: a regex for the schema
  std::vector<Choice> choices{};
  void (*choose)(void* out, std::int64_t value) = nullptr;
  std::string tag{};
  std::vector<Case> cases{};
  std::vector<Field> fields{};
  std::vector<Exclusion> exclusions{};
  std::string shorthand{};  ///< a scalar in place of the structure is the value of this key
  std::function<yaml::Node*(void* object)> rest{};  ///< takes the keys that no field has
  std::function<Position*(void* object)> place{};   ///< where to note the structure's place
  std::function<std::string(const void* object)> problem{};
};

}  // namespace flit::spec::detail
