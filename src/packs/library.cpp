#include "packs/library.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "base/edit_distance.hpp"
#include "base/yaml_reader.hpp"

namespace flit::packs {
namespace {

namespace fs = std::filesystem;

template <typename Pack, typename NameOf>
Result<const Pack*> find(const std::vector<Pack>& packs, std::string_view kind,
                         std::string_view name, NameOf name_of) {
  std::vector<std::string_view> names;
  for (const Pack& pack : packs) {
    if (name_of(pack) == name) return &pack;
    names.push_back(name_of(pack));
  }
  std::string remedy = did_you_mean_text(name, names);
  if (remedy.empty()) remedy = fmt::format("there are: {}", fmt::join(names, ", "));
  return Error{.fault = Fault::setup,
               .message = fmt::format("there is no {} '{}'", kind, name),
               .remedy = remedy};
}

/// A row that a map or a column names must be one of the path's.
void check_rows(const PathPack& pack, const std::string& file, Diagnostics& diagnostics) {
  const auto check = [&](const std::string& row, const std::string& place) {
    if (!row.empty() && pack.find_row(row) == nullptr)
      diagnostics.error({}, fmt::format("{}: {} names the row {}, which the path does not have",
                                        file, place, row));
  };
  for (const CustomColumn& column : pack.columns) check(column.row, "column " + column.name);
  for (const mapping::ObjectFile& object : pack.objects) {
    for (const model::Route& route : object.routes)
      check(route.row, object.object + " → " + route.table);
    for (const model::FieldRule& rule : object.fields)
      check(rule.row, object.object + "." + rule.from);
    for (const model::LinkRule& rule : object.links) check(rule.row, object.object + " links");
    for (const model::AlsoRule& also : object.also) {
      check(also.row, object.object + " also " + also.name);
      for (const model::FieldRule& rule : also.fields)
        check(rule.row, object.object + " also " + also.name + "." + rule.from);
    }
  }
}

}  // namespace

// In the room's own namespace: found by argument-dependent look-up.
void describe(spec::Spec<PlatformPack>& spec) {
  spec.named("platform", "A source or a destination.");
  spec.field(&PlatformPack::name, "platform", "Its name.").required();
  spec.field(&PlatformPack::title, "title", "What people see.").required();
  spec.field(&PlatformPack::speaks, "speaks", "The protocol that talks to it.").required();
  spec.rest(&PlatformPack::body);
}

Result<std::vector<PackFile>> files_of(const fs::path& folder) {
  std::vector<PackFile> files;
  std::error_code failed;
  for (const char* kind : {"sources", "destinations", "paths"}) {
    for (const auto& entry : fs::directory_iterator(folder / kind, failed)) {
      if (entry.path().extension() != ".yaml") continue;
      std::ifstream in(entry.path(), std::ios::binary);
      std::ostringstream text;
      text << in.rdbuf();
      files.push_back({std::string(kind) + "/" + entry.path().filename().string(), text.str()});
    }
    if (failed)
      return Error{.fault = Fault::setup,
                   .message = "packs cannot be read: " + failed.message(),
                   .where = (folder / kind).string(),
                   .remedy = "--packs names a folder with sources/, destinations/ and paths/"};
  }
  std::sort(files.begin(), files.end(),
            [](const PackFile& a, const PackFile& b) { return a.name < b.name; });
  return files;
}

Result<Library> Library::read(const std::vector<PackFile>& files) {
  Library library;
  Diagnostics diagnostics;
  for (const PackFile& file : files) {
    const auto source = std::make_shared<const SourceText>("packs/" + file.name, file.text);
    const auto root = yaml::read(source, diagnostics);
    if (!root) continue;
    if (file.name.starts_with("paths/")) {
      auto pack = spec::read<PathPack>(*root, diagnostics);
      if (!pack) continue;
      check_rows(*pack, file.name, diagnostics);
      library.paths_.push_back(std::move(*pack));
    } else {
      auto pack = spec::read<PlatformPack>(*root, diagnostics);
      if (!pack) continue;
      auto& shelf = file.name.starts_with("sources/") ? library.sources_ : library.destinations_;
      shelf.push_back(std::move(*pack));
    }
  }
  if (diagnostics.has_errors()) return diagnostics.to_error();
  for (const PathPack& pack : library.paths_) {
    FLIT_TRY_VOID(library.source(pack.source));
    FLIT_TRY_VOID(library.destination(pack.destination));
  }
  return library;
}

Result<const PathPack*> Library::path(std::string_view name) const {
  return find(paths_, "path", name,
              [](const PathPack& pack) -> std::string_view { return pack.path; });
}

Result<const PlatformPack*> Library::source(std::string_view name) const {
  return find(sources_, "source", name,
              [](const PlatformPack& pack) -> std::string_view { return pack.name; });
}

Result<const PlatformPack*> Library::destination(std::string_view name) const {
  return find(destinations_, "destination", name,
              [](const PlatformPack& pack) -> std::string_view { return pack.name; });
}

}  // namespace flit::packs
