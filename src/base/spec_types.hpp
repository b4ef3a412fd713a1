#pragma once
/// @file Which C++ types a spec can read, and how each is described. Part of base/spec.hpp.

#include <chrono>
#include <concepts>
#include <cstdint>

#include "base/instant.hpp"
#include "base/spec.hpp"

namespace flit {
class Decimal;
}

namespace flit::spec {

/// "250ms", "10s", "5min", "2h", "1d": a whole number and a unit.
void describe(Parsed<std::chrono::milliseconds>& type);
/// The same, at least in whole seconds.
void describe(Parsed<std::chrono::seconds>& type);
/// "2026-11-02T08:00:00.000Z", with an offset or Z.
void describe(Parsed<Instant>& type);
/// A number, exactly as written.
void describe(Parsed<Decimal>& type);

namespace detail {

template <typename T>
concept HasSpec = std::is_class_v<T> && requires(Spec<T>& spec) {
  describe(spec);
};
template <typename T>
concept HasChoices = std::is_enum_v<T> && requires(Choices<T>& choices) {
  describe(choices);
};
template <typename T>
concept HasCases = std::is_class_v<T> && requires(Cases<T>& cases) {
  describe(cases);
};
template <typename T>
concept IsParsed = requires(Parsed<T>& parsed) {
  describe(parsed);
};
template <typename T>
concept IsConverted = std::is_class_v<T> && requires(Converted<T>& converted) {
  describe(converted);
};

template <typename T>
struct Describe;  // no description: write a describe() beside the type

template <>
struct Describe<bool> {
  static Type make() { return {Shape::boolean, read_boolean, "true or false"}; }
};
template <>
struct Describe<std::string> {
  static Type make() { return {Shape::text, read_text, "text"}; }
};
template <>
struct Describe<ScalarText> {
  static Type make() { return {Shape::scalar, read_scalar_text, "text, a number or true/false"}; }
  static bool read_scalar_text(Reader& reader, const Type& type, const yaml::Node& node,
                               void* out) {
    return read_scalar(reader, type, node, &static_cast<ScalarText*>(out)->text);
  }
};
template <>
struct Describe<double> {
  static Type make() { return {Shape::number, read_number, "a number"}; }
};
template <>
struct Describe<yaml::Node> {
  static Type make() { return {Shape::any, read_node, "anything"}; }
};

template <std::integral T>
struct Describe<T> {
  static Type make() { return {Shape::integer, read_into, "a whole number"}; }
  static bool read_into(Reader& reader, const Type&, const yaml::Node& node, void* out) {
    constexpr auto wide = std::numeric_limits<std::int64_t>::max();
    constexpr auto most = std::numeric_limits<T>::max();
    const auto value =
        read_integer(reader, node, static_cast<std::int64_t>(std::numeric_limits<T>::min()),
                     std::cmp_greater(most, wide) ? wide : static_cast<std::int64_t>(most));
    if (value) *static_cast<T*>(out) = static_cast<T>(*value);
    return value.has_value();
  }
};

template <HasChoices T>
struct Describe<T> {
  static Type make() {
    Type type{Shape::choice, read_choice, ""};
    type.choose = [](void* out, std::int64_t value) {
      *static_cast<T*>(out) = static_cast<T>(value);
    };
    Choices<T> choices(type);
    describe(choices);
    return type;
  }
};

template <HasSpec T>
struct Describe<T> {
  static Type make() {
    Type type{Shape::structure, read_structure, ""};
    Spec<T> spec(type);
    describe(spec);
    return type;
  }
};

template <HasCases T>
struct Describe<T> {
  static Type make() {
    Type type{Shape::cases, read_cases, ""};
    Cases<T> cases(type);
    describe(cases);
    return type;
  }
};

template <IsParsed T>
struct Describe<T> {
  static Type make() {
    Type type{Shape::parsed, read_parsed, ""};
    Parsed<T> parsed(type);
    describe(parsed);
    return type;
  }
};

template <IsConverted T>
struct Describe<T> {
  static Type make() {
    Type type{Shape::wrapped, read_parsed, ""};
    Converted<T> converted(type);
    describe(converted);
    return type;
  }
};

template <typename T>
struct Describe<std::optional<T>> {
  static Type make() {
    Type type{Shape::optional, read_optional, ""};
    type.inner = &type_of<T>;
    type.add = [](void* out, const std::string&) -> void* {
      return &static_cast<std::optional<T>*>(out)->emplace();
    };
    type.reset = [](void* out) { static_cast<std::optional<T>*>(out)->reset(); };
    return type;
  }
};

template <typename T>
struct Describe<std::unique_ptr<T>> {
  static Type make() {
    Type type{Shape::optional, read_optional, ""};
    type.inner = &type_of<T>;
    type.add = [](void* out, const std::string&) -> void* {
      auto& pointer = *static_cast<std::unique_ptr<T>*>(out);
      pointer = std::make_unique<T>();
      return pointer.get();
    };
    type.reset = [](void* out) { static_cast<std::unique_ptr<T>*>(out)->reset(); };
    return type;
  }
};

template <typename T>
struct Describe<Located<T>> {
  static Type make() {
    Type type{Shape::wrapped, read_wrapped, ""};
    type.inner = &type_of<T>;
    type.add = [](void* out, const std::string&) -> void* {
      return &static_cast<Located<T>*>(out)->value;
    };
    type.position = [](void* out) { return &static_cast<Located<T>*>(out)->at; };
    return type;
  }
};

template <typename T>
struct Describe<std::vector<T>> {
  static_assert(!std::is_same_v<T, bool>, "std::vector<bool> has no elements to point at");
  static Type make() {
    Type type{Shape::list, read_list, "a list"};
    type.inner = &type_of<T>;
    type.add = [](void* out, const std::string&) -> void* {
      return &static_cast<std::vector<T>*>(out)->emplace_back();
    };
    return type;
  }
};

template <typename T>
struct Describe<std::map<std::string, T>> {
  static Type make() {
    Type type{Shape::map, read_map, "a map"};
    type.inner = &type_of<T>;
    type.add = [](void* out, const std::string& key) -> void* {
      return &(*static_cast<std::map<std::string, T>*>(out))[key];
    };
    return type;
  }
};

/// A map whose order counts.
template <typename T>
struct Describe<std::vector<std::pair<std::string, T>>> {
  static Type make() {
    Type type{Shape::map, read_map, "a map"};
    type.inner = &type_of<T>;
    type.add = [](void* out, const std::string& key) -> void* {
      using Pairs = std::vector<std::pair<std::string, T>>;
      return &static_cast<Pairs*>(out)->emplace_back(key, T{}).second;
    };
    return type;
  }
};

template <typename T>
const Type& type_of() {
  static const Type type = Describe<T>::make();
  return type;
}

template <typename Vector, auto Key>
const Type& keyed_type() {
  static const Type made = [] {
    Type type{Shape::map, read_map, "a map"};
    type.inner = &type_of<typename Vector::value_type>;
    type.add = [](void* out, const std::string& key) -> void* {
      auto& element = static_cast<Vector*>(out)->emplace_back();
      element.*Key = std::remove_reference_t<decltype(element.*Key)>(key);
      return &element;
    };
    return type;
  }();
  return made;
}

}  // namespace detail
}  // namespace flit::spec
