#include "sim/salesforce/metadata/package.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"

namespace flit::sim::salesforce::metadata {
namespace {

using Members = std::map<std::string, std::set<std::string>, std::less<>>;

/// Folder → type, for files that are one component each.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> folders{
    {{"globalValueSets", "GlobalValueSet"},
     {"standardValueSets", "StandardValueSet"},
     {"permissionsets", "PermissionSet"},
     {"profiles", "Profile"},
     {"layouts", "Layout"},
     {"tabs", "CustomTab"},
     {"applications", "CustomApplication"},
     {"settings", "Settings"},
     {"duplicateRules", "DuplicateRule"},
     {"matchingRules", "MatchingRules"}}};

/// Element inside an object file → type.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> parts{
    {{"fields", "CustomField"},
     {"recordTypes", "RecordType"},
     {"businessProcesses", "BusinessProcess"},
     {"validationRules", "ValidationRule"},
     {"listViews", "ListView"},
     {"compactLayouts", "CompactLayout"},
     {"fieldSets", "FieldSet"},
     {"webLinks", "WebLink"}}};

constexpr std::array<std::string_view, 8> order{
    "GlobalValueSet",  "StandardValueSet", "CustomObject",   "CustomField",
    "BusinessProcess", "RecordType",       "ValidationRule", "PermissionSet"};

std::size_t rank(const Component& component) {
  const auto at = std::find(order.begin(), order.end(), component.type);
  const auto place = static_cast<std::size_t>(at - order.begin());
  // What is taken away goes last, the parts before the whole.
  return component.removed ? 2 * order.size() - place : place;
}

Members members_of(const xml::Node& package) {
  Members members;
  for (const xml::Node* types : package.all("types"))
    for (const xml::Node* member : types->all("members"))
      members[std::string(types->value("name"))].insert(std::string(text::trim(member->text)));
  return members;
}

bool is_listed(const Members& members, std::string_view type, std::string_view name) {
  const auto found = members.find(type);
  if (found == members.end()) return false;
  return found->second.contains(std::string(name)) || found->second.contains("*");
}

std::string_view folder_of(std::string_view path) {
  return path.substr(0, path.find('/'));
}

/// "Account" of "objects/Account.object".
std::string_view stem_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  return name.substr(0, name.find('.'));
}

class PackageReader {
 public:
  Result<Package> read(const std::vector<ZipFile>& files) {
    FLIT_TRY_VOID(read_manifest(files));
    for (const ZipFile& file : files) read_file(file);
    for (const ZipFile& file : files) read_removals(file);
    for (const auto& [type, names] : wanted_)
      for (const std::string& name : names) note_missing(type, name);
    sort_components(package_.components);
    return std::move(package_);
  }

 private:
  Result<void> read_manifest(const std::vector<ZipFile>& files) {
    for (const ZipFile& file : files) {
      if (file.path != "package.xml" && !file.path.ends_with("/package.xml")) continue;
      root_ = file.path.substr(0, file.path.size() - std::string_view("package.xml").size());
      FLIT_TRY(manifest, xml::read(file.bytes));
      if (manifest.name != "Package")
        return Error{.message = "package.xml: the root element must be Package"};
      wanted_ = members_of(manifest);
      return {};
    }
    return Error{.message = "No package.xml found"};
  }

  /// The path below the folder that package.xml lies in.
  std::string_view local(const ZipFile& file) const {
    const std::string_view path = file.path;
    return path.starts_with(root_) ? path.substr(root_.size()) : std::string_view();
  }

  void read_file(const ZipFile& file) {
    const std::string_view path = local(file);
    if (path.find('/') == std::string_view::npos || path.ends_with("-meta.xml")) return;
    const std::string_view folder = folder_of(path);
    auto node = xml::read(file.bytes);
    if (!node) {
      package_.problems.push_back({std::string(path), std::string(stem_of(path)),
                                   "Error parsing file: " + node.error().text()});
      return;
    }
    if (folder == "objects") {
      add_object(std::string(path), std::move(*node));
      return;
    }
    for (const auto& [known, type] : folders)
      if (known == folder && is_listed(wanted_, type, stem_of(path)))
        add({.type = std::string(type),
             .full_name = std::string(stem_of(path)),
             .file = std::string(path),
             .node = std::move(*node)});
  }

  void add_object(std::string path, xml::Node node) {
    const std::string name(stem_of(path));
    const bool whole = is_listed(wanted_, "CustomObject", name);
    for (Component& part : parts_of_object(name, path, node))
      if (whole || is_listed(wanted_, part.type, part.full_name)) add(std::move(part));
    if (whole)
      add({.type = "CustomObject",
           .full_name = name,
           .file = std::move(path),
           .node = std::move(node)});
  }

  void add(Component component) {
    found_[component.type].insert(component.full_name);
    package_.components.push_back(std::move(component));
  }

  void read_removals(const ZipFile& file) {
    const std::string_view path = local(file);
    if (!path.starts_with("destructiveChanges") || !path.ends_with(".xml")) return;
    const auto node = xml::read(file.bytes);
    if (!node) {
      package_.problems.push_back({std::string(path), {}, node.error().text()});
      return;
    }
    for (const auto& [type, names] : members_of(*node))
      for (const std::string& name : names)
        package_.components.push_back(
            {.type = type, .full_name = name, .file = std::string(path), .removed = true});
  }

  void note_missing(const std::string& type, const std::string& name) {
    if (name == "*" || found_[type].contains(name)) return;
    package_.problems.push_back(
        {"package.xml", name,
         fmt::format("An object '{}' of type {} was named in package.xml, but was not found in "
                     "zipped directory",
                     name, type)});
  }

  std::string root_;
  Members wanted_;
  Members found_;
  Package package_;
};

}  // namespace

void sort_components(std::vector<Component>& components) {
  std::stable_sort(
      components.begin(), components.end(),
      [](const Component& left, const Component& right) { return rank(left) < rank(right); });
}

std::vector<Component> parts_of_object(std::string_view object, const std::string& file,
                                       const xml::Node& node) {
  std::vector<Component> components;
  for (const xml::Node& child : node.children)
    for (const auto& [element, type] : parts)
      if (element == child.name)
        components.push_back({.type = std::string(type),
                              .full_name = fmt::format("{}.{}", object, child.value("fullName")),
                              .file = file,
                              .node = child});
  return components;
}

Result<Package> read_package(const std::vector<ZipFile>& files) {
  return PackageReader().read(files);
}

}  // namespace flit::sim::salesforce::metadata
