#pragma once
/// @file What a CRM holds, as its own metadata (or our inference) describes it.
///
/// One description serves sources and destinations, so that a proposer can lay one beside the other
/// and a validator can check a value against a column without knowing the platform. Names are the
/// platform's own, byte for byte. Facts only: nothing here says what maps to what.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"

namespace flit::model {

/// What a value means, independent of how a platform stores it.
enum class FieldType : std::uint8_t {
  text,       ///< one line
  long_text,  ///< several lines
  html,
  email,
  phone,
  url,
  integer,  ///< whole number, 64 bit
  decimal,  ///< exact
  money,    ///< exact, with a currency beside it
  boolean,
  date,       ///< a day, without zone; never shifted
  instant,    ///< a moment, UTC
  choice,     ///< one of a list
  choices,    ///< several of a list
  reference,  ///< the identity of another record
  file,
  json,
  uuid,
  unknown,  ///< described by nobody; kept as text
};

std::string_view to_string(FieldType type);
std::optional<FieldType> field_type_named(std::string_view name);

/// Text in the widest sense: anything whose length is limited.
bool is_textual(FieldType type);

struct Option {
  std::string value;  ///< as the API sends it ("lead", "727000001")
  std::string label;
  bool archived = false;               ///< still in old records, no longer offered
  std::optional<std::string> state{};  ///< status options only: the state they belong to
};

/// Where an inferred description comes from; a described field has none.
struct Evidence {
  std::uint64_t values = 0;  ///< how many were looked at
  std::uint64_t empty = 0;
  double share = 0;                   ///< of the non-empty values that fit the inferred type
  std::vector<std::string> examples;  ///< classes of values ("e-mail address"), never record values
};

enum class Requirement : std::uint8_t {
  none,
  recommended,
  application,  ///< asked for by forms, not enforced by the API
  system,       ///< enforced by the API
};

struct Field {
  std::string name;
  std::string label{};
  std::string description{};
  std::string group{};
  FieldType type = FieldType::unknown;
  std::string native_type{};  ///< the platform's word for it ("Memo", "multi_enum")

  std::optional<std::uint32_t> max_length{};  ///< UTF-16 code units
  std::optional<std::uint8_t> scale{};        ///< digits behind the point
  std::optional<Decimal> min{};
  std::optional<Decimal> max{};
  std::vector<Option> options{};
  std::vector<std::string> targets{};  ///< objects that a reference may name

  Requirement required = Requirement::none;
  bool unique = false;
  bool custom = false;
  bool calculated = false;  ///< the platform computes it
  bool creatable = true;    ///< may be sent when the record is created
  bool updatable = true;    ///< may be sent later
  bool archived = false;
  bool hidden = false;  ///< cannot be read back
  std::optional<Evidence> evidence{};
};

/// A set of columns that names a record, beside its primary id.
struct Key {
  std::string name;
  std::vector<std::string> fields;
  bool active = true;  ///< an index still being built cannot be addressed
};

struct Object {
  std::string name;
  std::string label{};
  std::string label_plural{};
  std::string set_name{};  ///< the name in URLs, where it differs ("accounts")
  std::string primary_id{};
  std::string primary_name{};
  bool custom = false;
  bool activity = false;
  bool owned = true;  ///< records have an owner
  bool has_notes = false;
  std::vector<Field> fields{};
  std::vector<Key> keys{};

  /// Linear: a schema is compiled into indexes where speed matters.
  const Field* find_field(std::string_view field_name) const;
};

/// What happens to children when their parent is deleted or given to another owner.
enum class Cascade : std::uint8_t { none, cascade, remove_link, restrict };

/// child.field → parent; the navigation name is what writes must use where it differs from the
/// field.
struct Relationship {
  std::string name;
  std::string child;
  std::string field;
  std::string parent;
  std::string navigation{};
  Cascade on_delete = Cascade::none;
  Cascade on_assign = Cascade::none;
};

/// A link table between two objects, or an association list of a source.
struct Association {
  std::string name;
  std::string from;
  std::string to;
  std::vector<Option> labels{};
  std::vector<Field> attributes{};
  bool has_primary = false;
};

struct Schema {
  std::string platform;
  std::vector<Object> objects{};
  std::vector<Relationship> relationships{};
  std::vector<Association> associations{};

  const Object* find_object(std::string_view object_name) const;
};

}  // namespace flit::model
