#include "model/schema_change.hpp"

#include <fmt/format.h>

namespace flit::model {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string type_of(const Field& field) {
  if (field.max_length) return fmt::format("{} {}", to_string(field.type), *field.max_length);
  if (!field.options.empty())
    return fmt::format("{} of {}", to_string(field.type), field.options.size());
  return std::string(to_string(field.type));
}

struct Describe {
  std::string operator()(const CreateTable& step) const {
    return fmt::format("create table {} ({})", step.table.name, step.table.label);
  }
  std::string operator()(const CreateColumn& step) const {
    return fmt::format("create column {}.{} ({})", step.table, step.column.name,
                       type_of(step.column));
  }
  std::string operator()(const CreateChoice& step) const {
    return fmt::format("create choice {} ({} options)", step.name, step.options.size());
  }
  std::string operator()(const AddOption& step) const {
    const std::string owner = step.table.empty() ? step.column : step.table + "." + step.column;
    return fmt::format("add option {} = {} to {}", step.option.value, step.option.label, owner);
  }
  std::string operator()(const CreateRelationship& step) const {
    return fmt::format("create lookup {}.{} to {}", step.relationship.child, step.lookup.name,
                       step.relationship.parent);
  }
  std::string operator()(const CreateKey& step) const {
    return fmt::format("create key {}.{} ({})", step.table, step.key.name, joined(step.key.fields));
  }
};

}  // namespace

std::string describe(const SchemaChange& change) {
  return std::visit(Describe{}, change);
}

}  // namespace flit::model
