#pragma once
/// @file A small org in memory for tests of queries: accounts, contacts, leads and tasks.

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/salesforce/soql/plan.hpp"
#include "sim/salesforce/soql/record_writer.hpp"
#include "sim/salesforce/soql/run.hpp"

namespace flit::test {

using namespace sim::salesforce::soql;  // NOLINT(google-build-using-namespace): a test's own words

class MemoryObject : public ObjectView {
 public:
  struct Lookup {
    std::uint32_t field;
    std::string relationship;
    std::vector<MemoryObject*> targets;
    std::string child_relationship;
  };

  explicit MemoryObject(std::string name) : name_(std::move(name)) { add("Id", FieldType::id); }

  std::uint32_t add(std::string name, FieldType type) {
    const auto handle = static_cast<std::uint32_t>(fields_.size());
    const bool custom = name.size() > 3 && name.substr(name.size() - 3) == "__c";
    fields_.push_back({.handle = handle, .name = std::move(name), .type = type, .custom = custom});
    return handle;
  }
  Field& last_field() { return fields_.back(); }

  void add_lookup(const std::string& field, std::string relationship,
                  std::vector<MemoryObject*> targets, const std::string& children = {}) {
    const std::uint32_t handle = add(field, FieldType::reference);
    for (MemoryObject* target : targets) target->children_.push_back({children, this, handle});
    lookups_.push_back({handle, std::move(relationship), std::move(targets), children});
  }

  Row insert(const std::vector<std::pair<std::string, Value>>& values) {
    auto& row = rows_.emplace_back(fields_.size());
    for (const auto& [name, value] : values) row[field(name)->handle] = Constant(value);
    deleted_.push_back(false);
    return rows_.size() - 1;
  }
  void remove(Row row) { deleted_[row] = true; }

  mutable int scans = 0;

  std::string_view name() const override { return name_; }
  std::optional<Field> field(std::string_view name) const override {
    for (const Field& field : fields_)
      if (equal_without_case(field.name, name)) return field;
    return std::nullopt;
  }
  std::vector<Field> fields() const override { return {fields_.begin(), fields_.end()}; }
  std::optional<ParentLink> parent(std::string_view relationship) const override {
    for (const Lookup& lookup : lookups_)
      if (equal_without_case(lookup.relationship, relationship))
        return ParentLink{
            lookup.field, lookup.relationship, {lookup.targets.begin(), lookup.targets.end()}};
    return std::nullopt;
  }
  std::optional<ChildLink> children(std::string_view relationship) const override {
    for (std::uint32_t i = 0; i < children_.size(); ++i)
      if (equal_without_case(children_[i].name, relationship))
        return ChildLink{i, children_[i].name, children_[i].object};
    return std::nullopt;
  }
  void scan(Deleted deleted, const RowVisitor& visit) const override {
    ++scans;
    for (Row row = 0; row < rows_.size(); ++row)
      if (seen(row, deleted) && !visit(row)) return;
  }
  /// Ids are indexed, nothing else.
  std::optional<std::vector<Row>> rows_with(std::uint32_t field, const Value& value,
                                            Deleted deleted) const override {
    if (field != 0) return std::nullopt;
    return equal_rows(field, value, deleted);
  }
  Value value(Row row, std::uint32_t field, std::string& /*scratch*/) const override {
    return rows_[row][field].value();
  }
  Value label(Row row, std::uint32_t field, std::string& scratch) const override {
    scratch = "Label of " + std::string(rows_[row][field].value().text);
    return Value::of_text(scratch);
  }
  /// A compound value is its two numbers: "59.9 10.7".
  std::optional<GeoPoint> location(Row row, std::uint32_t field) const override {
    const std::string text(rows_[row][field].value().text);
    if (text.empty()) return std::nullopt;
    return GeoPoint{std::stod(text), std::stod(text.substr(text.find(' ')))};
  }
  Record parent_of(Row row, std::uint32_t link) const override {
    const Value id = rows_[row][link].value();
    for (const Lookup& lookup : lookups_)
      for (const MemoryObject* target : lookup.targets)
        if (lookup.field == link && !id.is_null())
          for (const Row found : target->equal_rows(0, id, Deleted::shown)) return {target, found};
    return {};
  }
  void children_of(Row row, std::uint32_t link, Deleted deleted,
                   const RowVisitor& visit) const override {
    const Child& child = children_[link];
    for (const Row found : child.object->equal_rows(child.field, rows_[row][0].value(), deleted))
      if (!visit(found)) return;
  }

 private:
  struct Child {
    std::string name;
    MemoryObject* object;
    std::uint32_t field;
  };

  bool seen(Row row, Deleted deleted) const { return deleted == Deleted::shown || !deleted_[row]; }
  std::vector<Row> equal_rows(std::uint32_t field, const Value& value, Deleted deleted) const {
    std::vector<Row> found;
    for (Row row = 0; row < rows_.size(); ++row) {
      const auto order = compare(rows_[row][field].value(), value);
      if (order && *order == 0 && seen(row, deleted)) found.push_back(row);
    }
    return found;
  }

  std::string name_;
  std::deque<Field> fields_;
  std::vector<Lookup> lookups_;
  std::vector<Child> children_;
  std::vector<std::vector<Constant>> rows_;
  std::vector<bool> deleted_;
};

constexpr std::int64_t ms_per_day = 86'400'000;

inline Value text(std::string_view value) {
  return Value::of_text(value);
}
inline Value id(std::string_view value) {
  return Value::of_id(value);
}
inline Value day(std::int64_t days) {
  return {.kind = Value::Kind::date, .number = days};
}
inline Value moment(std::int64_t days, std::int64_t ms = 0) {
  return {.kind = Value::Kind::instant, .number = days * ms_per_day + ms};
}

inline constexpr std::string_view acme = "001000000000001AAA";
inline constexpr std::string_view bolt = "001000000000002AAA";
inline constexpr std::string_view corp = "001000000000003AAA";
inline constexpr std::string_view jane = "003000000000001AAA";
inline constexpr std::int64_t today = 20'600;  // 27 May 2026, a Wednesday

class MemoryOrg : public SchemaView {
 public:
  MemoryObject account{"Account"};
  MemoryObject contact{"Contact"};
  MemoryObject lead{"Lead"};
  MemoryObject task{"Task"};

  MemoryOrg() {
    add_fields();
    account.insert({{"Id", id(acme)},
                    {"Name", text("Acme")},
                    {"Industry", text("Energy")},
                    {"Employees", Value::of_number(50)},
                    {"Revenue", Value::of_number(150000, 2)},
                    {"Active", Value::of_boolean(true)},
                    {"Tags__c", text("A;B")},
                    {"Key__c", text("k1")},
                    {"Address", text("59.9 10.7")},
                    {"CreatedDate", moment(today, 1)}});
    account.insert({{"Id", id(bolt)},
                    {"Name", text("bolt & Söhne")},
                    {"Industry", text("Energy")},
                    {"Employees", Value::of_number(7)},
                    {"Revenue", Value::of_number(5, 1)},
                    {"Active", Value::of_boolean(false)},
                    {"Tags__c", text("B;C")},
                    {"Address", text("55.7 12.6")},
                    {"ParentId", id(acme)},
                    {"CreatedDate", moment(today - 40)}});
    account.insert({{"Id", id(corp)},
                    {"Name", text("Corp_1")},
                    {"Active", Value::of_boolean(false)},
                    {"CreatedDate", moment(today - 1, ms_per_day - 1)}});
    contact.insert({{"Id", id(jane)}, {"Name", text("Jane")}, {"AccountId", id(acme)}});
    contact.insert({{"Id", id("003000000000002AAA")},
                    {"Name", text("Joe")},
                    {"AccountId", id(bolt)},
                    {"Birthdate", day(today)}});
    contact.insert(
        {{"Id", id("003000000000003AAA")}, {"Name", text("Kim")}, {"AccountId", id(acme)}});
    lead.insert({{"Id", id("00Q000000000001AAA")}, {"Name", text("Lea")}, {"Company", text("L")}});
    task.insert({{"Id", id("00T000000000001AAA")}, {"WhoId", id(jane)}});
    task.insert({{"Id", id("00T000000000002AAA")}, {"WhoId", id("00Q000000000001AAA")}});
    task.insert({{"Id", id("00T000000000003AAA")}});
  }

  const ObjectView* object(std::string_view name) const override {
    for (const MemoryObject* one : {&account, &contact, &lead, &task})
      if (equal_without_case(one->name(), name)) return one;
    return nullptr;
  }

  QueryContext context() const { return {.now_ms = today * ms_per_day + 36'000'000, .user = jane}; }

  /// The answer's records, or "CODE: message".
  std::string ask(std::string_view soql) const {
    const auto plan = planned(soql);
    if (!plan) return plan.error().code + ": " + plan.error().message;
    std::string out;
    RecordWriter writer("66.0");
    if (plan->shape == Plan::Shape::count) return std::to_string(rows_of(*plan).size());
    if (plan->shape == Plan::Shape::groups) {
      for (const auto& group : groups_of(*plan)) writer.append(out, plan->results, group);
      return strip(out);
    }
    for (const Row row : rows_of(*plan)) writer.append(out, plan->projection, {plan->object, row});
    return strip(out);
  }

  Result<Plan> planned(std::string_view soql) const {
    FLIT_TRY(query, parse(soql));
    return bind(query, *this, context());
  }

  /// The names of what was found, joined by blanks.
  std::string names(std::string_view where) const {
    const auto plan = planned("SELECT Name FROM Account " + std::string(where));
    if (!plan) return plan.error().code + ": " + plan.error().message;
    std::string out;
    for (const Row row : rows_of(*plan)) {
      std::string scratch;
      if (!out.empty()) out += ' ';
      out += read(plan->columns[0].path, {plan->object, row}, scratch).text;
    }
    return out;
  }

 private:
  void add_fields() {
    account.add("Name", FieldType::text);
    account.add("Industry", FieldType::picklist);
    account.add("Employees", FieldType::integer);
    account.add("Revenue", FieldType::number);
    account.add("Active", FieldType::boolean);
    account.add("Tags__c", FieldType::multi_picklist);
    account.add("Key__c", FieldType::text);
    account.last_field().case_sensitive = true;
    account.add("CreatedDate", FieldType::datetime);
    account.add("Description", FieldType::text);
    account.last_field().filterable = false;
    account.add("Address", FieldType::compound);
    account.last_field().sortable = false;
    account.add_lookup("ParentId", "Parent", {&account}, "ChildAccounts");
    for (MemoryObject* person : {&contact, &lead}) person->add("Name", FieldType::text);
    contact.add("Birthdate", FieldType::date);
    contact.add_lookup("AccountId", "Account", {&account}, "Contacts");
    lead.add("Company", FieldType::text);
    task.add_lookup("WhoId", "Who", {&contact, &lead}, "Tasks");
  }

  /// Without attributes, which every record has.
  static std::string strip(std::string text) {
    const std::string_view mark = R"("attributes":{)";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
      auto end = text.find('}', at) + 1;
      if (text[end] == ',') ++end;
      text.erase(at, end - at);
    }
    return text;
  }
};

}  // namespace flit::test
