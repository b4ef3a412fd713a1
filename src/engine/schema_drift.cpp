#include "engine/schema_drift.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/finding_catalogue.hpp"

namespace flit::engine {
namespace {

/// Collects findings about one object.
class Drift {
 public:
  Drift(std::vector<store::Finding>& found, std::string object)
      : found_(found), object_(std::move(object)) {}

  void add(std::string_view code, std::string_view field = {}, std::string_view detail = {}) {
    store::Finding finding = finding_of("S-01", code, object_, field);
    if (!detail.empty()) finding.message += fmt::format(": {}", detail);
    finding.count = 1;
    found_.push_back(std::move(finding));
  }

 private:
  std::vector<store::Finding>& found_;
  std::string object_;
};

void compare_options(const model::Field& before, const model::Field& now, Drift& drift) {
  std::string gone;
  for (const model::Option& option : before.options) {
    const bool there =
        std::any_of(now.options.begin(), now.options.end(),
                    [&](const model::Option& one) { return one.value == option.value; });
    if (!there) gone += (gone.empty() ? "" : ", ") + option.value;
  }
  if (!gone.empty()) drift.add("source_option_gone", now.name, gone);
}

void compare_fields(const model::Object& before, const model::Object& now, Drift& drift) {
  for (const model::Field& field : before.fields) {
    const model::Field* there = now.find_field(field.name);
    if (there == nullptr) {
      drift.add("source_field_gone", field.name);
      continue;
    }
    if (there->type != field.type)
      drift.add("source_type_changed", field.name,
                fmt::format("{} was {}", to_string(there->type), to_string(field.type)));
    compare_options(field, *there, drift);
  }
  for (const model::Field& field : now.fields)
    if (before.find_field(field.name) == nullptr) drift.add("source_field_new", field.name);
}

}  // namespace

std::vector<store::Finding> schema_drift(const model::Schema& before, const model::Schema& now) {
  std::vector<store::Finding> found;
  for (const model::Object& object : before.objects) {
    Drift drift(found, object.name);
    if (const model::Object* there = now.find_object(object.name))
      compare_fields(object, *there, drift);
    else
      drift.add("source_object_gone");
  }
  for (const model::Object& object : now.objects)
    if (before.find_object(object.name) == nullptr)
      Drift(found, object.name).add("source_object_new");
  return found;
}

}  // namespace flit::engine
