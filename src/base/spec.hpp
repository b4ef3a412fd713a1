#pragma once
/// @file Typed specs: a key is declared once, and everything follows from it.
///
/// A struct that people write as YAML (or send as JSON) says its keys in one function, found by
/// its argument's type, and is then read, checked, documented and given a JSON Schema from that:
///
///     struct Pager { std::string send; int size = 0; };
///
///     void describe(spec::Spec<Pager>& spec) {
///       spec.named("pager", "How further pages are asked for.");
///       spec.field(&Pager::send, "send", "Query parameter that carries the cursor.").required();
///       spec.field(&Pager::size, "size", "Records asked for per page.").default_to(100);
///     }
///
///     auto pager = spec::read<Pager>(node, diagnostics);
///
/// Members may be bool, integers, double, std::string, enums (Choices), other described structs,
/// std::variant (Cases), types with a syntax of their own (Parsed) or read as another type
/// (Converted), yaml::Node, and std::optional, std::unique_ptr, std::vector, std::map and
/// std::vector<std::pair<std::string, …>> of these; Located<T> keeps a value's place for run time.
/// A field that is neither required nor has a default keeps what the struct's initialiser says.
/// Unknown keys are mistakes with a "did you mean". Thread-safe: descriptions are constants.

#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/result.hpp"
#include "base/spec_reader.hpp"
#include "base/spec_type.hpp"
#include "base/yaml_node.hpp"

namespace flit::spec {

/// A value and where it was written, so that an error at run time can still point at its line.
template <typename T>
struct Located {
  T value{};
  Position at{};
};

/// Text, a number or true/false, exactly as written; for values whose type a schema decides.
struct ScalarText {
  std::string text;

  bool operator==(const ScalarText&) const = default;
};

namespace detail {
template <typename T>
const Type& type_of();
template <typename Vector, auto Key>
const Type& keyed_type();
std::string shown(double number);
std::string shown_choice(const Type& type, std::int64_t value);

template <typename T>
std::string shown(const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    return value ? "true" : "false";
  } else if constexpr (std::is_enum_v<T>) {
    return shown_choice(type_of<T>(), static_cast<std::int64_t>(value));
  } else if constexpr (std::is_arithmetic_v<T>) {
    return shown(static_cast<double>(value));
  } else if constexpr (std::is_convertible_v<T, std::string>) {
    return value;
  } else {
    return {};
  }
}
}  // namespace detail

/// Says more about one field; a handle, used in the statement that made it.
template <typename M>
class FieldOf {
 public:
  FieldOf(detail::Type& type, std::size_t index) : type_(type), index_(index) {}

  FieldOf& required() {
    field().is_required = true;
    return *this;
  }
  /// Assigned when the key is missing. `text` is what the reference page shows where the value
  /// itself is no text, number or choice.
  template <typename Value = M>
  FieldOf& default_to(Value value, std::string text = {}) {
    field().default_text = text.empty() ? detail::shown(value) : std::move(text);
    field().set_default = [value](void* member) { *static_cast<M*>(member) = value; };
    return *this;
  }
  /// For numbers; both ends are allowed.
  FieldOf& between(double least, double most) {
    field().range = detail::Range{least, most};
    return *this;
  }
  /// `problem` answers what is wrong with a value, "" when nothing is: "must not be empty".
  FieldOf& check(std::function<std::string(const M&)> problem) {
    field().problem = [problem = std::move(problem)](const void* member) {
      return problem(*static_cast<const M*>(member));
    };
    return *this;
  }
  /// The list is written as a map, whose keys fill `Key` of its elements:
  /// `.keyed_by<&Input::name>()` reads `inputs: {accounts: {path: …}}`.
  template <auto Key>
  FieldOf& keyed_by() {
    field().type = &detail::keyed_type<M, Key>;
    return *this;
  }

 private:
  detail::Field& field() { return type_.fields[index_]; }
  detail::Type& type_;
  std::size_t index_;
};

/// The keys of a struct: `void describe(Spec<T>&)` beside T fills it.
template <typename T>
class Spec {
 public:
  explicit Spec(detail::Type& type) : type_(type) {}

  /// `name` is the heading in the reference and the name in the JSON Schema: unique and short.
  void named(std::string name, std::string help) {
    type_.name = std::move(name);
    type_.help = std::move(help);
  }
  template <typename M, typename Owner>
  FieldOf<M> field(M Owner::*member, std::string key, std::string help) {
    type_.fields.push_back(
        {std::move(key), std::move(help), &detail::type_of<M>,
         [member](void* object) -> void* { return &(static_cast<T*>(object)->*member); }});
    return {type_, type_.fields.size() - 1};
  }
  /// Keys that no field has become a map here, for a later reader, instead of a mistake.
  void rest(yaml::Node T::*member) {
    type_.rest = [member](void* object) { return &(static_cast<T*>(object)->*member); };
  }
  /// Notes where the struct was written.
  void position(Position T::*member) {
    type_.place = [member](void* object) { return &(static_cast<T*>(object)->*member); };
  }
  /// `pager: after` stands for `pager: {send: after}` with shorthand("send").
  void shorthand(std::string key) { type_.shorthand = std::move(key); }

  void exactly_one_of(std::vector<std::string> keys) {
    type_.exclusions.push_back({detail::Count::exactly_one, std::move(keys)});
  }
  void at_most_one_of(std::vector<std::string> keys) {
    type_.exclusions.push_back({detail::Count::at_most_one, std::move(keys)});
  }
  /// Looks at the whole struct once its fields are read; answers as FieldOf::check does.
  void check(std::function<std::string(const T&)> problem) {
    type_.problem = [problem = std::move(problem)](const void* object) {
      return problem(*static_cast<const T*>(object));
    };
  }

 private:
  detail::Type& type_;
};

/// The names of an enum: `void describe(Choices<T>&)`.
template <typename T>
class Choices {
 public:
  explicit Choices(detail::Type& type) : type_(type) {}
  void add(std::string name, T value, std::string help = {}) {
    type_.choices.push_back({std::move(name), std::move(help), static_cast<std::int64_t>(value)});
  }

 private:
  detail::Type& type_;
};

/// The alternatives of a std::variant of described structs: `void describe(Cases<T>&)`.
template <typename T>
class Cases {
 public:
  explicit Cases(detail::Type& type) : type_(type) {}
  /// `tag` is the key that tells which case it is: {kind: cursor, …}.
  void named(std::string name, std::string help, std::string tag) {
    type_.name = std::move(name);
    type_.help = std::move(help);
    type_.tag = std::move(tag);
  }
  template <typename Alternative>
  void add(std::string name, std::string help) {
    type_.cases.push_back({std::move(name), std::move(help), &detail::type_of<Alternative>,
                           [](void* variant) -> void* {
                             return &static_cast<T*>(variant)->template emplace<Alternative>();
                           }});
  }

 private:
  detail::Type& type_;
};

/// A scalar with a syntax of its own: `void describe(Parsed<T>&)`.
template <typename T>
class Parsed {
 public:
  explicit Parsed(detail::Type& type) : type_(type) {}
  /// `name` completes "expects …": "a duration such as 10s". An Error's message and remedy are
  /// shown at the scalar. `pattern` is for the JSON Schema, may be empty.
  void as(std::string name, std::string pattern,
          std::function<Result<T>(const std::string& text)> parse) {
    type_.name = name;
    type_.pattern = std::move(pattern);
    type_.parse = [name = std::move(name), parse = std::move(parse)](
                      detail::Reader& reader, const yaml::Node& node, void* out) {
      if (!node.is_scalar() || node.is_null()) return reader.expected(name, node);
      auto value = parse(node.text());
      if (!value) return reader.refuse(node, value.error().message, value.error().remedy);
      *static_cast<T*>(out) = std::move(*value);
      return true;
    };
  }

 private:
  detail::Type& type_;
};

/// A type that is read as another, described one, and then made from it: `void
/// describe(Converted<T>&)`.
template <typename T>
class Converted {
 public:
  explicit Converted(detail::Type& type) : type_(type) {}
  /// An Error's message and remedy are shown at the place of the value.
  template <typename Written>
  void from(std::function<Result<T>(Written)> convert) {
    type_.inner = &detail::type_of<Written>;
    type_.parse = [convert = std::move(convert)](detail::Reader& reader, const yaml::Node& node,
                                                 void* out) {
      Written written{};
      if (!reader.read(detail::type_of<Written>(), node, &written)) return false;
      auto value = convert(std::move(written));
      if (!value) return reader.refuse(node, value.error().message, value.error().remedy);
      *static_cast<T*>(out) = std::move(*value);
      return true;
    };
  }

 private:
  detail::Type& type_;
};

/// Reads a described type. None when anything was wrong: `diagnostics` then has an error for it.
template <typename T>
std::optional<T> read(const yaml::Node& node, Diagnostics& diagnostics) {
  T value{};
  if (!detail::Reader(diagnostics).read(detail::type_of<T>(), node, &value)) return {};
  return value;
}

/// The same, all mistakes in one Error (Fault::setup).
template <typename T>
Result<T> read(const yaml::Node& node) {
  Diagnostics diagnostics;
  auto value = read<T>(node, diagnostics);
  if (!value) return diagnostics.to_error();
  return std::move(*value);
}

}  // namespace flit::spec

#include "base/spec_types.hpp"  // IWYU pragma: export
