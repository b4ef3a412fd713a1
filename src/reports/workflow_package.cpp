#include "reports/workflow_package.hpp"

#include <fmt/format.h>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "engine/staged_list.hpp"
#include "reports/output.hpp"
#include "store/staged_questions.hpp"

namespace flit::reports {
namespace {

/// Looks through one definition for what it names.
class References {
 public:
  References(const ReportInputs& inputs, store::sql::Connection& reader, const std::string& object)
      : inputs_(inputs), reader_(reader), object_(inputs.source.find_object(object)) {}

  Result<void> walk(json::Value value, const std::string& place) {
    for (const json::Member member : value.members()) {
      const std::string here =
          place.empty() ? std::string(member.key) : fmt::format("{}.{}", place, member.key);
      if (member.value.is_string()) FLIT_TRY_VOID(look(member.key, member.value, here));
      FLIT_TRY_VOID(walk(member.value, here));
    }
    std::size_t at = 0;
    for (const json::Value element : value.elements())
      FLIT_TRY_VOID(walk(element, fmt::format("{}.{}", place, at++)));
    return {};
  }

  std::vector<std::string> take() { return std::move(dead_); }

 private:
  Result<void> look(std::string_view key, json::Value value, const std::string& place) {
    const std::string_view named = value.string_or("");
    if (key == "owner_id") {
      FLIT_TRY(there,
               store::presence_of(reader_, inputs_.environment.books.names, "owners", named));
      if (there == store::Presence::absent)
        dead_.push_back(fmt::format("{}: owner {} is not there", place, named));
    }
    if (key == "property" && object_ != nullptr && object_->find_field(named) == nullptr)
      dead_.push_back(fmt::format("{}: {} has no property {}", place, object_->name, named));
    return {};
  }

  const ReportInputs& inputs_;
  store::sql::Connection& reader_;
  const model::Object* object_;
  std::vector<std::string> dead_;
};

WorkflowLine line_of(const std::string& id, json::Value definition) {
  return {.id = id,
          .name = engine::text_of(definition, "name"),
          .object = engine::text_of(definition, "object"),
          .type = engine::text_of(definition, "type"),
          .active = definition["active"].as_boolean().value_or(false),
          .actions = definition["actions"].size()};
}

/// The definition as the source gave it, and what is dead in it.
std::string json_of(json::Value definition, const std::vector<std::string>& dead_references) {
  json::Writer out;
  out.begin_object().key("dead_references").begin_array();
  for (const std::string& dead : dead_references) out.string(dead);
  out.end_array().key("definition").raw(definition.dump()).end_object();
  return out.take();
}

}  // namespace

Result<std::vector<WorkflowLine>> write_workflows(const ReportInputs& inputs,
                                                  const std::filesystem::path& file) {
  std::vector<WorkflowLine> lines;
  Output output(file);
  output.write("[");
  const auto add = [&](store::sql::Connection& reader, const std::string& id,
                       json::Value definition) -> Result<void> {
    WorkflowLine line = line_of(id, definition);
    References references(inputs, reader, line.object);
    FLIT_TRY_VOID(references.walk(definition, {}));
    line.dead = references.take();
    output.write(lines.empty() ? "\n" : ",\n").write(json_of(definition, line.dead));
    lines.push_back(std::move(line));
    return {};
  };
  FLIT_TRY_VOID(engine::each_staged(inputs.environment, "workflows", add));
  output.write("\n]\n");
  FLIT_TRY_VOID(output.finish());
  return lines;
}

}  // namespace flit::reports
