#include "packs/library.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "base/edit_distance.hpp"
#include "base/yaml_reader.hpp"
#include "mapping/conversion.hpp"

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
  if (remedy.empty())
    remedy = names.empty() ? std::string("none is there")
                           : fmt::format("there are: {}", fmt::join(names, ", "));
  return Error{.fault = Fault::setup,
               .message = fmt::format("there is no {} '{}'", kind, name),
               .remedy = remedy};
}

Result<void> named_by(const PathPack& path, const Result<const PlatformPack*>& found) {
  if (found) return {};
  Error error = found.error();
  error.where = "packs, path " + path.path;
  return error;
}

/// What a path names must exist: its rows, and the conversions of this version.
class NameCheck {
 public:
  NameCheck(const PathPack& pack, Position file, Diagnostics& diagnostics)
      : pack_(pack), file_(std::move(file)), diagnostics_(diagnostics) {
    for (const mapping::ConversionName& one : mapping::conversion_names())
      conversions_.push_back(one.name);
  }

  void all() const {
    for (const CustomColumn& column : pack_.columns) row(column.row, "column " + column.name);
    for (const mapping::ObjectFile& object : pack_.objects) {
      for (const model::Route& route : object.routes)
        row(route.row, object.object + " → " + route.table);
      for (const model::FieldRule& one : object.fields) rule(one, object.object);
      for (const model::LinkRule& one : object.links) row(one.row, object.object + " links");
      for (const model::StateRule& state : object.states) {
        row(state.row, object.object + " states");
        for (const model::FieldRule& one : state.fields) rule(one, object.object + " states");
      }
      for (const model::AlsoRule& also : object.also) {
        row(also.row, object.object + " also " + also.name);
        for (const model::FieldRule& one : also.fields)
          rule(one, object.object + " also " + also.name);
      }
    }
  }

 private:
  void rule(const model::FieldRule& rule, const std::string& object) const {
    const std::string place = object + "." + rule.from;
    row(rule.row, place);
    if (rule.convert.empty() ||
        std::find(conversions_.begin(), conversions_.end(), rule.convert) != conversions_.end())
      return;
    diagnostics_.error(file_, fmt::format("{}: there is no conversion '{}'", place, rule.convert),
                       did_you_mean_text(rule.convert, conversions_));
  }

  void row(const std::string& row, const std::string& place) const {
    if (!row.empty() && pack_.find_row(row) == nullptr)
      diagnostics_.error(
          file_, fmt::format("{} names the row {}, which the path does not have", place, row));
  }

  const PathPack& pack_;
  Position file_;  // as a whole: what was read knows no lines any more
  Diagnostics& diagnostics_;
  std::vector<std::string_view> conversions_{};
};

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
      if (!in || entry.is_directory(failed))
        return Error{.fault = Fault::setup,
                     .message = "the pack cannot be read",
                     .where = entry.path().string(),
                     .remedy = "Check that it is a file, and its permissions"};
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
      NameCheck(*pack, Position::in_file(source), diagnostics).all();
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
    FLIT_TRY_VOID(named_by(pack, library.source(pack.source)));
    FLIT_TRY_VOID(named_by(pack, library.destination(pack.destination)));
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
