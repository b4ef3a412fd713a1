#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/salesforce/soql/binder.hpp"

namespace flit::sim::salesforce::soql {
namespace {

constexpr std::int64_t max_field_set_rows = 200;

Node* find_node(Projection& projection, Node::Kind kind, std::string_view name) {
  for (Node& node : projection)
    if (node.kind == kind && equal_without_case(node.name, name)) return &node;
  return nullptr;
}

/// Adds the path to the tree: its steps become nested parents.
Result<void> add_path(Projection& root, const BoundPath& path, const std::string& alias,
                      const Place& place) {
  Projection* at = &root;
  for (const Step& step : path.steps) {
    Node* parent = find_node(*at, Node::Kind::parent, step.name);
    if (parent == nullptr) {
      at->push_back({.kind = Node::Kind::parent, .name = step.name, .step = step});
      parent = &at->back();
    }
    at = &parent->below;
  }
  const std::string name = alias.empty() ? path.field.name : alias;
  if (find_node(*at, Node::Kind::field, name) != nullptr)
    return malformed(place, "duplicate field selected: " + path.text());
  Node field{.kind = Node::Kind::field, .name = name, .path = path};
  field.path.steps.clear();
  at->push_back(std::move(field));
  return {};
}

class SelectBinder {
 public:
  SelectBinder(Plan& plan, const Query& query, const Scope& scope, const Binding& binding)
      : plan_(plan), query_(query), scope_(scope), binding_(binding) {}

  Result<void> bind() {
    for (const SelectItem& item : query_.select) {
      switch (item.kind) {
        case SelectItem::Kind::operand:
          FLIT_TRY_VOID(add(item));
          break;
        case SelectItem::Kind::sub_query:
          FLIT_TRY_VOID(add_children(*item.query));
          break;
        case SelectItem::Kind::type_of:
          FLIT_TRY_VOID(add_type_of(item));
          break;
        case SelectItem::Kind::field_set:
          FLIT_TRY_VOID(add_field_set(item));
          break;
      }
    }
    return {};
  }

 private:
  Result<void> add(const SelectItem& item) {
    const Place place = scope_.place(item.operand.position);
    if (is_date_function(item.operand.function))
      return malformed(place, "Date functions are only selected together with GROUP BY");
    const bool nearness = item.operand.function == Function::distance;
    if (!item.alias.empty() && item.operand.shown == Shown::plain && !nearness)
      return malformed(place, "only aggregate expressions use field aliasing");
    FLIT_TRY(path, bind_path(item.operand, scope_));
    std::string name = item.alias;
    if (nearness && name.empty()) name = fmt::format("expr{}", unnamed_++);
    FLIT_TRY_VOID(add_path(plan_.projection, path, name, place));
    plan_.columns.push_back({name.empty() ? path.text() : name, std::move(path)});
    return {};
  }

  Result<void> add_children(const Query& query) {
    const Place place = scope_.place(query.from_position);
    const auto link = scope_.object->children(query.from);
    if (!link) return unknown_children(place, query.from);
    FLIT_TRY(plan, bind_over(*link->child, query, binding_));
    if (plan.shape != Plan::Shape::records)
      return malformed(place, "only root queries support aggregate expressions");
    Node node{.kind = Node::Kind::children, .name = link->name, .children = *link};
    node.sub_plan = std::make_shared<const Plan>(std::move(plan));
    plan_.projection.push_back(std::move(node));
    return {};
  }

  Result<void> add_type_of(const SelectItem& item) {
    const Place place = scope_.place(item.operand.position);
    FLIT_TRY(bound, bind_step(item.operand.path, {scope_.object}, place));
    Node node{.kind = Node::Kind::type_of, .name = bound.step.name, .step = bound.step};
    for (const TypeArm& arm : item.arms) {
      Node typed{.kind = Node::Kind::arm};
      if (arm.object.empty()) {
        FLIT_TRY_VOID(add_else(typed.below, arm, item.operand));
      } else {
        const ObjectView* object = binding_.schema.object(arm.object);
        const bool fits = object != nullptr && std::find(bound.targets.begin(), bound.targets.end(),
                                                         object) != bound.targets.end();
        if (!fits) return unknown_object(scope_.place(arm.position), arm.object);
        typed.object = object;
        const Scope scope{object, {}, scope_.soql};
        for (const Operand& field : arm.fields) {
          FLIT_TRY(path, bind_path(field, scope));
          FLIT_TRY_VOID(add_path(typed.below, path, {}, scope_.place(field.position)));
        }
      }
      node.below.push_back(std::move(typed));
    }
    plan_.projection.push_back(std::move(node));
    return {};
  }

  /// Fields of whatever else the lookup leads to, bound through it and then without it.
  Result<void> add_else(Projection& projection, const TypeArm& arm, const Operand& relationship) {
    for (const Operand& field : arm.fields) {
      Operand through = field;
      through.path = relationship.path + "." + field.path;
      FLIT_TRY(path, bind_path(through, scope_));
      path.steps.erase(path.steps.begin());
      FLIT_TRY_VOID(add_path(projection, path, {}, scope_.place(field.position)));
    }
    return {};
  }

  Result<void> add_field_set(const SelectItem& item) {
    const bool unbounded = item.field_set != FieldSet::standard;
    if (unbounded && (!query_.limit || *query_.limit > max_field_set_rows))
      return malformed(scope_.place(item.operand.position),
                       "The SOQL FIELDS function must have a LIMIT of at most 200");
    for (const Field& field : scope_.object->fields()) {
      if (item.field_set == FieldSet::standard && field.custom) continue;
      if (item.field_set == FieldSet::custom && !field.custom) continue;
      FLIT_TRY_VOID(add({.operand = {.path = field.name, .position = item.operand.position}}));
    }
    return {};
  }

  Plan& plan_;
  const Query& query_;
  const Scope& scope_;
  const Binding& binding_;
  int unnamed_ = 0;
};

}  // namespace

Result<void> bind_select(Plan& plan, const Query& query, const Scope& scope,
                         const Binding& binding) {
  return SelectBinder(plan, query, scope, binding).bind();
}

}  // namespace flit::sim::salesforce::soql
