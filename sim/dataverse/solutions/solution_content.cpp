#include "sim/dataverse/solutions/solution_content.hpp"

#include <algorithm>
#include <cstdlib>

#include "sim/dataverse/facts/line.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"
#include "sim/dataverse/solutions/xml_events.hpp"

namespace flit::sim::dataverse {
namespace {

std::string value_of(const XmlAttributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string() : found->second;
}

int number(std::string_view text, int fallback) {
  return text.empty() ? fallback : std::atoi(std::string(text).c_str());
}

/// "{7325B274-…}" or without the braces.
Uuid id_of(std::string text) {
  if (text.size() > 2 && text.front() == '{') text = text.substr(1, text.size() - 2);
  return Uuid::parse(text).value_or(Uuid{});
}

class ManifestReader {
 public:
  explicit ManifestReader(SolutionContent& content) : content_(content) {}

  Result<void> read(std::string_view xml) {
    return read_xml(
        xml,
        {.start = [this](std::string_view name, const XmlAttributes& with) { start(name, with); },
         .end = [this](std::string_view name, std::string_view text) { end(name, text); }});
  }

 private:
  void start(std::string_view name, const XmlAttributes& attributes) {
    if (name == "Publisher") in_publisher_ = true;
    if (name == "LocalizedName") {
      std::string& label = in_publisher_ ? content_.publisher_name : content_.friendly_name;
      if (label.empty()) label = value_of(attributes, "description");
    }
    if (name == "RootComponent")
      content_.component_types.push_back(number(value_of(attributes, "type"), 0));
  }

  void end(std::string_view name, std::string_view text) {
    if (name == "Publisher") in_publisher_ = false;
    if (name == "UniqueName") (in_publisher_ ? content_.publisher : content_.unique_name) = text;
    if (name == "Version") content_.version = text;
    if (name == "Managed") content_.managed = text == "1";
    if (name == "CustomizationPrefix") content_.prefix = text;
    if (name == "CustomizationOptionValuePrefix") content_.option_prefix = number(text, 10000);
  }

  SolutionContent& content_;
  bool in_publisher_ = false;
};

class CustomizationsReader {
 public:
  CustomizationsReader(SolutionContent& content, const SolutionFiles& files)
      : content_(content), files_(files) {}

  Result<void> read(std::string_view xml) {
    return read_xml(
        xml,
        {.start = [this](std::string_view name, const XmlAttributes& with) { start(name, with); },
         .end = [this](std::string_view name, std::string_view text) { end(name, text); }});
  }

 private:
  void start(std::string_view name, const XmlAttributes& attributes) {
    if (name == "Workflow") {
      in_workflow_ = true;
      content_.workflows.push_back(
          {.id = id_of(value_of(attributes, "WorkflowId")), .name = value_of(attributes, "Name")});
    }
    if (name == "entity" && !value_of(attributes, "Name").empty())
      content_.tables.push_back(facts::lower_ascii(value_of(attributes, "Name")));
  }

  void end(std::string_view name, std::string_view text) {
    if (name == "IsBPFEntity" && text == "1" && !content_.tables.empty())
      content_.flow_tables.push_back(content_.tables.back());
    if (name == "Workflow") in_workflow_ = false;
    if (in_workflow_) read_member(content_.workflows.back(), name, text);
  }

  void read_member(PackedWorkflow& workflow, std::string_view name, std::string_view text) const {
    if (name == "Category") workflow.category = number(text, 0);
    if (name == "Type") workflow.type = number(text, 1);
    if (name == "Scope") workflow.scope = number(text, 4);
    if (name == "StateCode") workflow.state = number(text, 1);
    if (name == "ProcessOrder") workflow.process_order = number(text, 1);
    if (name == "UniqueName") workflow.unique_name = text;
    if (name == "PrimaryEntity") workflow.primary_entity = facts::lower_ascii(text);
    if (name != "XamlFileName") return;
    if (!text.empty() && text.front() == '/') text.remove_prefix(1);
    const auto file = files_.find(facts::lower_ascii(text));
    if (file != files_.end()) workflow.xaml = file->second;
  }

  SolutionContent& content_;
  const SolutionFiles& files_;
  bool in_workflow_ = false;
};

Result<std::string_view> part(const SolutionFiles& files, std::string_view name) {
  const auto found = files.find(name);
  if (found != files.end()) return std::string_view(found->second);
  return odata::platform_fault(
      "0x80048060",
      "The solution file is invalid. The compressed file must contain the following files at its "
      "root: solution.xml, customizations.xml, and [Content_Types].xml.");
}

}  // namespace

Result<SolutionContent> read_solution(const SolutionFiles& files) {
  SolutionContent content;
  FLIT_TRY(manifest, part(files, "solution.xml"));
  FLIT_TRY(customizations, part(files, "customizations.xml"));
  FLIT_TRY_VOID(part(files, "[content_types].xml"));
  FLIT_TRY_VOID(ManifestReader(content).read(manifest));
  FLIT_TRY_VOID(CustomizationsReader(content, files).read(customizations));
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  const std::string& name = content.unique_name;
  if (name.empty() || !std::all_of(name.begin(), name.end(), is_word))
    return odata::platform_fault("0x8004f002",
                                 "Invalid character specified for solution unique name.");
  return content;
}

}  // namespace flit::sim::dataverse
