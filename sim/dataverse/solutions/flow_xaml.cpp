#include "sim/dataverse/solutions/flow_xaml.hpp"

#include <algorithm>
#include <cstdlib>

#include "sim/dataverse/odata/uri_fault.hpp"
#include "sim/dataverse/solutions/xml_events.hpp"

namespace flit::sim::dataverse {
namespace {

std::string_view value_or_empty(const XmlAttributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string_view() : std::string_view(found->second);
}

/// "EntityStep3: lead" → "lead".
std::string after_colon(std::string_view text) {
  const std::size_t colon = text.find(": ");
  return std::string(colon == std::string_view::npos ? text : text.substr(colon + 2));
}

class XamlReader {
 public:
  Result<std::vector<FlowStage>> read(std::string_view xaml) {
    const XmlHandler handler{
        .start = [this](std::string_view name,
                        const XmlAttributes& attributes) { start(name, attributes); },
        .end = [this](std::string_view name, std::string_view text) { end(name, text); }};
    FLIT_TRY_VOID(read_xml(xaml, handler));
    if (bad_id_)
      return odata::platform_fault("0x80060407", "Guid - StageId in the Xaml is not valid");
    if (stages_.empty())
      return odata::platform_fault("0x80060417", "XAML for workflow is NULL or Empty");
    return std::move(stages_);
  }

 private:
  enum class Activity : std::uint8_t { other, table, stage, step };

  void start(std::string_view name, const XmlAttributes& attributes) {
    keys_.emplace_back(value_or_empty(attributes, "Key"));
    if (name == "ActivityReference") {
      const std::string_view type = value_or_empty(attributes, "AssemblyQualifiedName");
      const bool is_table = type.find(".EntityComposite") != std::string_view::npos;
      const bool is_stage = type.find(".StageComposite") != std::string_view::npos;
      const bool is_step = type.find(".StepComposite") != std::string_view::npos;
      open_.push_back(is_table   ? Activity::table
                      : is_stage ? Activity::stage
                      : is_step  ? Activity::step
                                 : Activity::other);
      if (is_step) {
        field_.clear();
        is_required_ = false;
      }
      if (is_table) table_ = after_colon(value_or_empty(attributes, "DisplayName"));
      if (is_stage)
        stages_.push_back(
            {.name = after_colon(value_or_empty(attributes, "DisplayName")), .table = table_});
    }
    if (name == "StepLabel" && is_in(Activity::stage))
      stages_.back().name = std::string(value_or_empty(attributes, "Description"));
    if (name == "Control" && is_in(Activity::step))
      field_ = std::string(value_or_empty(attributes, "DataFieldName"));
    if (name == "SetNextStage" && !stages_.empty())
      add_branch(value_or_empty(attributes, "StageId"));
  }

  void end(std::string_view name, std::string_view text) {
    const std::string key = std::move(keys_.back());
    keys_.pop_back();
    if (name == "ActivityReference") {
      if (is_in(Activity::step) && is_required_ && !field_.empty() && !stages_.empty())
        stages_.back().required.push_back(field_);
      open_.pop_back();
      return;
    }
    if (key == "IsProcessRequired" && is_in(Activity::step)) is_required_ = text == "True";
    if (name != "String" || !is_in(Activity::stage)) return;
    FlowStage& stage = stages_.back();
    if (key == "StageCategory") stage.category = std::atoi(std::string(text).c_str());
    if (key != "StageId" && key != "NextStageId") return;
    const auto id = Uuid::parse(text);
    bad_id_ = bad_id_ || !id;
    if (!id) return;
    if (key == "StageId")
      stage.id = *id;
    else
      stage.next = *id;
  }

  void add_branch(std::string_view text) {
    const auto id = Uuid::parse(text);
    bad_id_ = bad_id_ || !id;
    if (id) stages_.back().branches.push_back(*id);
  }

  bool is_in(Activity activity) const { return !open_.empty() && open_.back() == activity; }

  std::vector<FlowStage> stages_;
  std::string field_;  // of the step that is being read
  bool is_required_ = false;
  std::vector<Activity> open_;
  std::vector<std::string> keys_;
  std::string table_;
  bool bad_id_ = false;
};

/// The main path first; stages that only branches reach keep the order of the text behind it.
std::vector<FlowStage> in_path_order(std::vector<FlowStage> stages) {
  std::vector<FlowStage> path;
  const auto by_id = [&](const Uuid& id) {
    return std::find_if(stages.begin(), stages.end(),
                        [&](const FlowStage& stage) { return stage.id == id; });
  };
  const auto is_in_path = [&](const Uuid& id) {
    return std::any_of(path.begin(), path.end(),
                       [&](const FlowStage& stage) { return stage.id == id; });
  };
  for (auto at = stages.begin(); at != stages.end() && !is_in_path(at->id);
       at = at->next ? by_id(*at->next) : stages.end())
    path.push_back(*at);
  for (const FlowStage& stage : stages)
    if (!is_in_path(stage.id)) path.push_back(stage);
  return path;
}

}  // namespace

Result<std::vector<FlowStage>> read_flow_stages(std::string_view xaml) {
  if (xaml.empty())
    return odata::platform_fault("0x80060417", "XAML for workflow is NULL or Empty");
  FLIT_TRY(stages, XamlReader().read(xaml));
  return in_path_order(std::move(stages));
}

}  // namespace flit::sim::dataverse
