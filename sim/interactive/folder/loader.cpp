#include "sim/interactive/folder/loader.hpp"

#include <filesystem>

#include "sim/base/snapshot.hpp"
#include "sim/interactive/folder/loading.hpp"
#include "sim/interactive/folder/native_reader.hpp"

namespace flit::sim::interactive {

namespace {

namespace fs = std::filesystem;

/// Below the data folder, or where the command line says.
std::string manifest_path(const FolderSettings& settings) {
  const std::string inside = (fs::path(settings.folder) / settings.manifest).string();
  return file_exists(inside) ? inside : settings.manifest;
}

void set_account(const AccountSpec& spec, Account& account) {
  if (spec.id) account.id = *spec.id;
  if (spec.name) account.name = *spec.name;
  if (spec.timezone) account.timezone = *spec.timezone;
  if (spec.currency) account.currency = *spec.currency;
  if (spec.locale) account.locale = *spec.locale;
  if (spec.edition) account.edition = *spec.edition;
  if (spec.domain) account.domain = *spec.domain;
}

/// `root:` as the manifest has it; where it does not lead there, the folder of the command line.
std::string root_of(const Manifest& manifest, const std::string& path,
                    const FolderSettings& settings) {
  const fs::path beside = fs::path(path).parent_path() / manifest.root;
  for (const InputSettings& input : manifest.inputs)
    if (!file_exists((beside / input.path).string())) return settings.folder;
  return beside.string();
}

}  // namespace

Result<std::unique_ptr<Dataset>> load_folder(const FolderSettings& settings) {
  const std::string path = manifest_path(settings);
  FLIT_TRY(manifest, read_manifest(path));
  auto data = std::make_unique<Dataset>();
  data->add_standard_objects();
  if (manifest.clock) data->clock_ms = parse_ms(*manifest.clock);
  if (data->clock_ms == no_time)
    return Error{.fault = Fault::setup, .message = "the clock is no instant", .where = path};
  if (manifest.native)
    FLIT_TRY_VOID(read_native((fs::path(path).parent_path() / *manifest.native).string(), *data));
  set_account(manifest.account, data->account);
  if (data->modules.empty()) data->modules = modules_of_edition(data->account.edition);

  Loading loading(manifest, *data);
  FLIT_TRY_VOID(loading.read_inputs(root_of(manifest, path, settings)));
  FLIT_TRY_VOID(loading.make_people());
  FLIT_TRY_VOID(loading.claim_ids());
  FLIT_TRY_VOID(loading.make_records());
  FLIT_TRY_VOID(loading.make_edges());
  FLIT_TRY_VOID(loading.make_history());
  data->seal();
  FLIT_TRY_VOID(loading.check());
  return data;
}

}  // namespace flit::sim::interactive
