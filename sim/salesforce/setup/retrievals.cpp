#include "sim/salesforce/setup/retrievals.hpp"

#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/salesforce/metadata/zip.hpp"

namespace flit::sim::salesforce {
namespace {

constexpr std::string_view metadata_namespace =
    R"(xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance")";

/// What an object's element calls its parts.
std::string_view element_of(std::string_view type) {
  if (type == "CustomField") return "fields";
  return type == "RecordType" ? "recordTypes" : "businessProcesses";
}

/// Files as they grow: parts of one object share one.
class Collector {
 public:
  Collector(const ComponentBook& book, Retrieval& retrieval) : book_(book), retrieval_(retrieval) {}

  void take(const std::string& type, const std::string& name) {
    const ComponentType* known = component_type(type);
    if (known == nullptr) {
      problem(fmt::format("Unknown type name '{}' specified in package.xml", type));
      return;
    }
    if (name == "*") {
      for (const ListedComponent& each : book_.list(type))
        if (type != "CustomObject" || !each.id.empty()) add(type, each.full_name, *known);
      return;
    }
    add(type, name, *known);
  }

  std::vector<metadata::ZipFile> files(const xml::Node& manifest, const std::string& root) const {
    std::vector<metadata::ZipFile> files;
    for (const auto& [path, node] : files_)
      files.push_back({root + path, text_of(node, metadata_namespace)});
    files.push_back({root + "package.xml", text_of(manifest, metadata_namespace)});
    return files;
  }

 private:
  static std::string text_of(const xml::Node& node, std::string_view attributes) {
    xml::Writer out;
    out.open(node.name, attributes);
    for (const xml::Node& child : node.children) out.node(child);
    return out.close(node.name).take();
  }

  void add(const std::string& type, const std::string& name, const ComponentType& known) {
    const bool part = known.name != type;
    auto node = book_.read(type, name, part ? element_of(type) : known.name);
    if (!node) {
      problem(fmt::format("Entity of type '{}' named '{}' cannot be found", type, name));
      return;
    }
    const std::string path = ComponentBook::file_of(type, name);
    retrieval_.components.push_back({.type = type, .full_name = name, .file = path});
    if (!part) {
      std::erase_if(node->children,  // the file's name says it
                    [](const xml::Node& child) { return child.name == "fullName"; });
      files_[path] = std::move(*node);
      return;
    }
    node->children.front().text = name.substr(name.find('.') + 1);
    xml::Node& file = files_[path];
    file.name = known.name;
    file.children.push_back(std::move(*node));
  }

  void problem(std::string text) {
    retrieval_.problems.push_back({"package.xml", std::move(text)});
  }

  const ComponentBook& book_;
  Retrieval& retrieval_;
  std::map<std::string, xml::Node> files_;
};

}  // namespace

std::string Retrievals::start(const xml::Node& request) {
  auto made = std::make_shared<Retrieval>();
  xml::Node manifest{.name = "Package"};
  if (const xml::Node* wanted = request.child("unpackaged")) manifest.children = wanted->children;
  const std::string root = request.value("singlePackage") == "true" ? "" : "unpackaged/";
  {
    const std::shared_lock lock(org_.mutex);
    const ComponentBook book(org_, value_sets_);
    Collector collector(book, *made);
    for (const xml::Node* types : manifest.all("types"))
      for (const xml::Node* member : types->all("members"))
        collector.take(std::string(types->value("name")), std::string(text::trim(member->text)));
    auto zip = metadata::write_zip(collector.files(manifest, root));
    if (zip)
      made->zip = std::move(*zip);
    else
      made->problems.push_back({"", zip.error().message});
  }
  return all_.with([&](auto& all) {
    made->id = RecordId(RecordId::prefix_of("09S"), all.size() + 1).text();
    all.push_back(made);
    return made->id;
  });
}

std::shared_ptr<const Retrieval> Retrievals::find(std::string_view id) const {
  return all_.with([&](const auto& all) -> std::shared_ptr<const Retrieval> {
    for (const auto& each : all)
      if (each->id.substr(0, 15) == id.substr(0, 15)) return each;
    return nullptr;
  });
}

void Retrievals::clear() {
  all_.with([](auto& all) { all.clear(); });
}

}  // namespace flit::sim::salesforce
