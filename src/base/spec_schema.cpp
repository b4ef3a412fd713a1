#include "base/detail/spec_walk.hpp"
#include "base/json_writer.hpp"
#include "base/spec_reference.hpp"

namespace flit::spec::detail {
namespace {

using json::Writer;

/// A name that needs no escaping in a reference.
std::string definition_name(const Type& type) {
  std::string name = type.name;
  for (char& c : name)
    if (c == ' ') c = '_';
  return name;
}

/// Writes the members of a schema object that is already open.
class SchemaWriter {
 public:
  explicit SchemaWriter(Writer& out) : out_(out) {}

  void members_of(const Type& type) {
    switch (type.shape) {
      case Shape::boolean:
        return one_type("boolean");
      case Shape::integer:
        return one_type("integer");
      case Shape::number:
        return one_type("number");
      case Shape::text:
        return one_type("string");
      case Shape::scalar:
        return types({"string", "number", "boolean"});
      case Shape::parsed:
        return parsed(type);
      case Shape::choice:
        return choices(type);
      case Shape::any:
        return;
      case Shape::optional:
        return optional(type.inner());
      case Shape::wrapped:
        return members_of(type.inner());
      case Shape::list:
        one_type("array");
        return nested("items", type.inner());
      case Shape::map:
        one_type("object");
        return nested("additionalProperties", type.inner());
      case Shape::structure:
      case Shape::cases:
        out_.member("$ref", "#/$defs/" + definition_name(type));
    }
  }

  void definition(const Type& type) {
    if (type.shape == Shape::cases) return cases(type);
    if (type.shorthand.empty()) return structure(type, nullptr);
    out_.member("description", type.help).key("anyOf").begin_array().begin_object();
    structure(type, nullptr);
    out_.end_object().begin_object();
    for (const Field& field : type.fields)
      if (field.key == type.shorthand) members_of(field.type());
    out_.end_object().end_array();
  }

 private:
  void one_type(std::string_view name) { out_.member("type", name); }

  void types(std::initializer_list<std::string_view> names) {
    out_.key("type").begin_array();
    for (const std::string_view name : names) out_.string(name);
    out_.end_array();
  }

  void nested(std::string_view key, const Type& type) {
    out_.key(key).begin_object();
    members_of(type);
    out_.end_object();
  }

  void parsed(const Type& type) {
    if (type.pattern.empty()) return types({"string", "number"});
    one_type("string");
    out_.member("pattern", type.pattern);
  }

  void choices(const Type& type) {
    out_.key("enum").begin_array();
    for (const Choice& choice : type.choices) out_.string(choice.name);
    out_.end_array();
  }

  void optional(const Type& inner) {
    out_.key("anyOf").begin_array().begin_object();
    members_of(inner);
    out_.end_object().begin_object();
    one_type("null");
    out_.end_object().end_array();
  }

  /// What tells a case from the others.
  struct Tag {
    std::string_view key;
    std::string_view value;
  };

  void structure(const Type& type, const Tag* tag) {
    one_type("object");
    out_.member("description", type.help).key("properties").begin_object();
    if (tag != nullptr) out_.key(tag->key).begin_object().member("const", tag->value).end_object();
    for (const Field& field : type.fields) property(field);
    out_.end_object();
    required(type, tag);
    exclusions(type);
    if (!type.rest) out_.member("additionalProperties", false);
  }

  void property(const Field& field) {
    out_.key(field.key).begin_object();
    out_.member("description", field.help);
    members_of(field.type());
    if (field.range)
      out_.member("minimum", field.range->least).member("maximum", field.range->most);
    out_.end_object();
  }

  void required(const Type& type, const Tag* tag) {
    out_.key("required").begin_array();
    if (tag != nullptr) out_.string(tag->key);
    for (const Field& field : type.fields)
      if (field.is_required) out_.string(field.key);
    out_.end_array();
  }

  void exclusions(const Type& type) {
    if (type.exclusions.empty()) return;
    out_.key("allOf").begin_array();
    for (const Exclusion& exclusion : type.exclusions) {
      out_.begin_object().key("oneOf").begin_array();
      for (const std::string& key : exclusion.keys) only(key);
      if (exclusion.count == Count::at_most_one) none_of(exclusion.keys);
      out_.end_array().end_object();
    }
    out_.end_array();
  }

  void none_of(const std::vector<std::string>& keys) {
    out_.begin_object().key("not").begin_object().key("anyOf").begin_array();
    for (const std::string& key : keys) only(key);
    out_.end_array().end_object().end_object();
  }

  void only(std::string_view key) {
    out_.begin_object().key("required").begin_array().string(key).end_array().end_object();
  }

  void cases(const Type& type) {
    out_.member("description", type.help).key("oneOf").begin_array();
    for (const Case& each : type.cases) {
      const Tag tag{type.tag, each.name};
      out_.begin_object();
      structure(each.type(), &tag);
      out_.end_object();
    }
    out_.end_array();
  }

  Writer& out_;
};

}  // namespace

std::string json_schema(const Type& root, std::string_view title) {
  Writer out(Writer::Style::pretty);
  SchemaWriter schema(out);
  out.begin_object().member("$schema", "https://json-schema.org/draft/2020-12/schema");
  out.member("title", title);
  schema.members_of(root);
  out.key("$defs").begin_object();
  for (const Type* type : named_types(root)) {
    out.key(definition_name(*type)).begin_object();
    schema.definition(*type);
    out.end_object();
  }
  out.end_object().end_object();
  return out.take() + "\n";
}

}  // namespace flit::spec::detail
