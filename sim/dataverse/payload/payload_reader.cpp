#include "sim/dataverse/payload/payload_reader.hpp"

#include <algorithm>

#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/payload/reference.hpp"
#include "sim/dataverse/values/read_value.hpp"

namespace flit::sim::dataverse {
namespace {

bool takes_target(const NavigationProperty& navigation, const Table& target) {
  const auto& targets = navigation.targets;
  return std::find(targets.begin(), targets.end(), target.logical_name) != targets.end();
}

}  // namespace

Refusal PayloadReader::undeclared(std::string_view name) const {
  return errors::undeclared_property(table_.logical_name, name);
}

PayloadReader::Member PayloadReader::resolve_column(std::string_view key,
                                                    const Column& column) const {
  Member member{.key = std::string(key), .column = &column};
  const bool valid =
      purpose_ == Purpose::create ? column.valid_for_create : column.valid_for_update;
  switch (column.role) {
    case Role::primary_id:
      member.meaning = Meaning::primary_id;
      break;
    case Role::state:
      member.meaning = valid ? Meaning::state : Meaning::ignored;
      break;
    case Role::status:
      member.meaning = valid ? Meaning::status : Meaning::ignored;
      break;
    case Role::stored:
      member.meaning = valid ? Meaning::value : Meaning::ignored;
      break;
    default:
      break;  // computed and stamped: silently ignored (§3)
  }
  if (column.type == ColumnType::file) member.meaning = Meaning::ignored;
  return member;
}

Answer<PayloadReader::Member> PayloadReader::resolve_annotation(std::string_view key,
                                                                std::size_t at) const {
  Member member{.key = std::string(key)};
  if (at == 0) {
    if (key == "@odata.type") member.meaning = Meaning::type_annotation;
    return member;
  }
  const std::string_view name = key.substr(0, at);
  if (key.substr(at) != "@odata.bind") {
    const bool known = table_.property(name) != nullptr || table_.collection(name) != nullptr ||
                       table_.lookup_navigation(name).column != nullptr;
    if (known) return member;
    return refuse(errors::only_annotations(table_.logical_name, name));
  }
  const LookupNavigation navigation = table_.lookup_navigation(name);
  if (navigation.column != nullptr) {
    const Column& column = *navigation.column;
    const bool valid =
        purpose_ == Purpose::create ? column.valid_for_create : column.valid_for_update;
    member.meaning = valid ? Meaning::bind : Meaning::ignored;
    member.column = &column;
    member.navigation = navigation.property;
    return member;
  }
  if (table_.collection(name) != nullptr)
    return refuse(errors::payload(
        table_.logical_name, "The collection-valued navigation property '" + std::string(name) +
                                 "' cannot be bound in this operation."));
  return refuse(errors::only_annotations(table_.logical_name, name));
}

Answer<PayloadReader::Member> PayloadReader::resolve(std::string_view key) const {
  if (const std::size_t at = key.find('@'); at != std::string_view::npos)
    return resolve_annotation(key, at);
  if (const Column* column = table_.property(key); column != nullptr) {
    if (column->visible_at > org_.now()) return refuse(undeclared(key));  // §11, cache lag
    if (is_reference(column->type))
      return refuse(errors::payload(table_.logical_name,
                                    "CRM do not support direct update of Entity Reference "
                                    "properties, Use Navigation properties instead."));
    return resolve_column(key, *column);
  }
  if (const LookupNavigation navigation = table_.lookup_navigation(key);
      navigation.column != nullptr) {
    Member member{.key = std::string(key), .meaning = Meaning::lookup_nested};
    member.column = navigation.column;
    member.navigation = navigation.property;
    return member;
  }
  if (table_.collection(key) != nullptr)
    return Member{.key = std::string(key), .meaning = Meaning::collection};
  // A lookup of several targets may be cleared by its attribute name (§4: "parentaccountid":null).
  if (const Column* column = table_.column(key); column != nullptr && is_reference(column->type))
    return Member{.key = std::string(key), .meaning = Meaning::lookup_nested, .column = column};
  return refuse(undeclared(key));
}

Answer<void> PayloadReader::read(json::Value body, RowDraft& draft) {
  if (!body.is_object())
    return refuse(errors::payload(table_.entity_set, "A JSON object was expected."));
  std::size_t place = 0;
  bool is_new = false;  // from the first name on that an earlier row did not have in that place
  for (const json::Member member : body.members()) {
    if (is_new && is_repeated(member.key, place)) return refuse(repeated(member.key));
    if (place >= plan_.size() || plan_[place].key != member.key) {
      if (!is_new && is_repeated(member.key, place)) return refuse(repeated(member.key));
      is_new = true;
      FLIT_TRY(meaning, resolve(member.key));
      if (place >= plan_.size())
        plan_.push_back(std::move(meaning));
      else
        plan_[place] = std::move(meaning);
    }
    FLIT_TRY_VOID(apply(plan_[place], member, draft));
    ++place;
  }
  return {};
}

bool PayloadReader::is_repeated(std::string_view key, std::size_t place) const {
  return std::any_of(plan_.begin(), plan_.begin() + static_cast<std::ptrdiff_t>(place),
                     [&](const Member& earlier) { return earlier.key == key; });
}

Refusal PayloadReader::repeated(std::string_view key) const {
  return errors::payload(table_.logical_name,
                         "Multiple properties with the name '" + std::string(key) +
                             "' were detected in a resource or a complex value.");
}

Answer<void> PayloadReader::apply(const Member& member, json::Member given, RowDraft& draft) const {
  const json::Value value = given.value;
  switch (member.meaning) {
    case Meaning::ignored:
    case Meaning::party_list:
      return {};
    case Meaning::type_annotation: {
      std::string_view type = value.string_or("");
      if (!type.empty() && type.front() == '#') type.remove_prefix(1);
      if (type != "Microsoft.Dynamics.CRM." + table_.logical_name)
        return refuse(errors::payload(table_.logical_name,
                                      "A type named '" + std::string(type) +
                                          "' could not be resolved by the model or is not "
                                          "compatible with the expected type."));
      return {};
    }
    case Meaning::primary_id: {
      if (purpose_ == Purpose::update && value.is_null()) return {};
      FLIT_TRY(cell, read_value(table_, *member.column, value, draft.arena));
      if (cell.has_value() && !cell.id.is_nil()) draft.id = cell.id;
      return {};
    }
    case Meaning::state:
    case Meaning::status: {
      FLIT_TRY(cell, read_value(table_, *member.column, value, draft.arena));
      if (!cell.has_value()) return {};
      (member.meaning == Meaning::state ? draft.state : draft.status) =
          static_cast<int>(cell.number);
      return {};
    }
    case Meaning::value: {
      FLIT_TRY(cell, read_value(table_, *member.column, value, draft.arena));
      draft.append(member.column->index, cell);
      return {};
    }
    case Meaning::bind:
      return apply_bind(member, value, draft);
    case Meaning::lookup_nested:
      return apply_nested(member, given, draft);
    case Meaning::collection:
      if (!value.is_array())
        return refuse(errors::payload(table_.logical_name,
                                      "An array was expected for '" + member.key + "'."));
      draft.nested.push_back({given.key, value});  // views the document, not the plan
      return {};
  }
  return {};
}

Answer<void> PayloadReader::apply_bind(const Member& member, json::Value value,
                                       RowDraft& draft) const {
  if (value.is_null()) {
    set_lookup(*member.column, Cell::null(), draft);
    return {};
  }
  if (!value.is_string())
    return refuse(errors::payload(table_.logical_name,
                                  "The value of '" + member.key + "' must be a string or null."));
  FLIT_TRY(reference, read_reference(org_, *value.as_string()));
  if (!takes_target(*member.navigation, *reference.table))
    return refuse(errors::payload(table_.logical_name,
                                  "The entity set of '" + std::string(*value.as_string()) +
                                      "' does not fit the navigation property '" +
                                      member.navigation->name + "'."));
  set_lookup(*member.column, Cell::lookup(reference.table->index, reference.id), draft);
  return {};
}

Answer<void> PayloadReader::apply_nested(const Member& member, json::Member given,
                                         RowDraft& draft) const {
  const json::Value value = given.value;
  if (value.is_null()) {
    set_lookup(*member.column, Cell::null(), draft);
    return {};
  }
  if (member.navigation == nullptr) return refuse(undeclared(member.key));
  if (!value.is_object())
    return refuse(
        errors::payload(table_.logical_name, "An object was expected for '" + member.key + "'."));
  if (purpose_ == Purpose::update)
    return refuse(errors::invalid_argument("Deep update of navigation properties is not allowed."));
  draft.nested.push_back({given.key, value});  // views the document, not the plan
  return {};
}

void PayloadReader::set_lookup(const Column& column, const Cell& cell, RowDraft& draft) const {
  if (column.role == Role::owner)
    draft.owner = cell;
  else
    draft.set(column.index, cell);
}

}  // namespace flit::sim::dataverse
