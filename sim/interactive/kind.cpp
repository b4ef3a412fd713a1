#include "sim/interactive/kind.hpp"

#include <cstdio>
#include <optional>

#include <fmt/format.h>

#include "sim/interactive/api/simulator.hpp"
#include "sim/interactive/folder/loader.hpp"
#include "sim/interactive/folder/native_writer.hpp"
#include "sim/interactive/generate/settings.hpp"

namespace flit::sim::interactive {

namespace {

struct Wishes {
  std::optional<std::string> generate{};
  std::optional<std::string> write{};
  std::optional<std::string> data{};
  std::string manifest = "interactive.yaml";
  std::vector<std::string> tokens{};
  Duration visibility_lag{0};
  std::uint64_t empty_pages = 0;
  std::uint64_t file_limit = 0;
  bool big_files = false;
  bool many_tags = false;
  Path path = Path::dynamics365;
};

class InteractiveKind : public Kind {
 public:
  KindInfo info() const override {
    return {.name = "interactive",
            .summary = "the source CRM Interactive: REST, cursors, undocumented limits",
            .description =
                "Interactive, a contact-centric CRM of law practices, as a source that can only be "
                "read.\nIts data are generated with every awkward case there is, or served from a "
                "folder.",
            .examples = {"flitsim interactive --generate contacts=2000 --seed 42",
                         "flitsim interactive --generate contacts=2000 --seed 42 --write DIR",
                         "flitsim interactive --data DIR --limits real"}};
  }

  void declare(OptionSet& options) override {
    options.add({"--generate", "COUNTS", "contacts=N[,companies=N][,deals=N][,activities=N]"},
                wishes_.generate);
    options.add({"--write", "DIR", "Write the data and truth.json to a folder, serve nothing."},
                wishes_.write);
    options.add({"--data", "DIR", "Serve a data set folder instead of generated data."},
                wishes_.data);
    options.add({"--manifest", "NAME", "Its manifest: a name in that folder, or a path."},
                wishes_.manifest);
    options.add({"--big-files", "", "Also generate files above 25 MiB."}, wishes_.big_files);
    options.add({"--many-tags", "", "Generate 510 distinct tags."}, wishes_.many_tags);
    options.add_choice<Path>({"--path", "PATH", "Which path's outcomes truth.json tells."},
                             wishes_.path,
                             {{"interactive-to-dynamics365", Path::dynamics365},
                              {"interactive-to-salesforce", Path::salesforce}});
    options.add({"--file-limit", "BYTES", "Files above this are oversized; 0: the path's limit."},
                wishes_.file_limit);
    options.add({"--token", "TOKEN[:SCOPES]", "A further token; scopes are joined by '+'."},
                wishes_.tokens);
    options.add({"--visibility-lag", "D", "How long a change stays unseen."},
                wishes_.visibility_lag);
    options.add({"--empty-pages", "N", "Every N-th page of records is empty; 0: none."},
                wishes_.empty_pages);
  }

  Result<std::unique_ptr<Simulator>> start(const CommonOptions& common,
                                           const Surroundings& surroundings) override {
    FLIT_TRY(make, maker(common));
    if (wishes_.write) {
      FLIT_TRY(data, make());
      FLIT_TRY_VOID(write_native(*wishes_.write, *data, truth_settings()));
      return std::unique_ptr<Simulator>();
    }
    InteractiveOptions options{.tokens = wishes_.tokens,
                               .visibility_lag = wishes_.visibility_lag,
                               .latency = common.latency,
                               .limits = common.limits == Limits::real,
                               .empty_pages = wishes_.empty_pages,
                               .truth = truth_settings()};
    FLIT_TRY(simulator, InteractiveSimulator::create(options, surroundings, std::move(make)));
    if (!common.clock) surroundings.clock.restart(simulator->own_clock());
    return std::unique_ptr<Simulator>(std::move(simulator));
  }

 private:
  TruthSettings truth_settings() const {
    return {.path = wishes_.path, .file_limit = wishes_.file_limit};
  }

  Result<MakeDataset> maker(const CommonOptions& common) const {
    if (wishes_.data && wishes_.generate)
      return Error{.fault = Fault::setup,
                   .message = "--data and --generate exclude each other",
                   .where = "--generate"};
    if (wishes_.data)
      return MakeDataset([folder = FolderSettings{*wishes_.data, wishes_.manifest}] {
        return load_folder(folder);
      });
    FLIT_TRY(settings, parse_generate_settings(wishes_.generate.value_or("contacts=2000")));
    settings.seed = common.seed;
    settings.big_files = wishes_.big_files;
    settings.many_tags = wishes_.many_tags;
    return MakeDataset(
        [settings]() -> Result<std::unique_ptr<Dataset>> { return generate(settings); });
  }

  Wishes wishes_;
};

}  // namespace

std::unique_ptr<Kind> make_kind() {
  return std::make_unique<InteractiveKind>();
}

}  // namespace flit::sim::interactive
