// `flitstack demo`: a whole migration between two simulated systems on this machine, every command
// shown before it runs.

#include <cstdlib>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "apps/flitstack/child_process.hpp"
#include "apps/flitstack/command.hpp"
#include "apps/wiring/text_file.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "base/text.hpp"

namespace flit::app {
namespace {

namespace fs = std::filesystem;

struct Simulated {
  std::string url;
  std::string access_token;
  std::string digest_url;
};

Result<Simulated> read_ready(const std::string& line) {
  FLIT_TRY(document, json::parse(line));
  return Simulated{std::string(document.root()["url"].string_or("")),
                   std::string(document.root()["access_token"].string_or("")),
                   std::string(document.root()["digest_url"].string_or(""))};
}

/// What a demonstration types, one after the other, into one project folder.
class Demonstration {
 public:
  Demonstration(Terminal& terminal, std::string folder)
      : terminal_(terminal), binary_(own_folder() + "/flitstack"), folder_(std::move(folder)) {}

  /// Runs a command of ours; finished_with_failures is no failure of a demonstration, since some of
  /// the generated records cannot be moved on purpose.
  Result<void> type(const std::vector<std::string>& words) {
    std::vector<std::string> command{binary_, "--project", folder_};
    command.insert(command.end(), words.begin(), words.end());
    show(words);
    FLIT_TRY(code, run_to_end(command));
    if (code == 0 || code == static_cast<int>(Exit::finished_with_failures)) return {};
    return Error{.fault = Fault::permanent,
                 .message = fmt::format("the command ended with {}", code),
                 .where = words.front(),
                 .remedy = "The project is in " + folder_};
  }

 private:
  void show(const std::vector<std::string>& words) {
    std::string line = "$ flitstack --project " + folder_;
    for (const std::string& word : words)
      line += word.find(' ') == std::string::npos ? " " + word : " \"" + word + "\"";
    terminal_.note("");
    terminal_.note(terminal_.bold(line));
  }

  Terminal& terminal_;
  std::string binary_;
  std::string folder_;
};

constexpr const char* owner_of_the_rest = "sales.operations@simulated.example";

/// The people of the simulated destination: the active owners of the source who have an address of
/// their own, and somebody who takes the rest. Who left the firm is not among them.
Result<void> write_users(const fs::path& owners, const fs::path& users) {
  FLIT_TRY(text, wiring::read_text_file(owners));
  FLIT_TRY(document, json::parse(text));
  json::Writer out(json::Writer::Style::pretty);
  const auto add = [&](std::string_view name, std::string_view email, bool application) {
    out.begin_object().member("name", name).member("email", email);
    if (application) out.member("application", true);
    out.end_object();
  };
  out.begin_array();
  add("FlitStack Loader", "flit@simulated.example", true);
  add("Sales Operations", owner_of_the_rest, false);
  std::set<std::string, std::less<>> seen;
  for (const json::Value owner : document.root()["results"].elements()) {
    const std::string_view email = owner["email"].string_or("");
    if (email.empty() || email.ends_with("@elsewhere.example")) continue;
    if (!owner["active"].as_boolean().value_or(false)) continue;
    if (!seen.insert(text::fold_case(email)).second) continue;
    add(fmt::format("{} {}", owner["first_name"].string_or(""), owner["last_name"].string_or("")),
        email, false);
  }
  out.end_array();
  return wiring::write_text_file(users, out.take());
}

Result<void> migrate(Demonstration& demo) {
  FLIT_TRY_VOID(demo.type({"inventory"}));
  FLIT_TRY_VOID(demo.type({"map", "propose"}));
  FLIT_TRY_VOID(demo.type({"map", "confirm", "--as", "Demo"}));
  FLIT_TRY_VOID(demo.type({"plan"}));
  FLIT_TRY_VOID(demo.type({"approve", "plan", "--as", "Demo"}));
  FLIT_TRY_VOID(demo.type({"plan", "apply", "--yes"}));
  FLIT_TRY_VOID(demo.type({"owners", "--fallback", owner_of_the_rest}));
  FLIT_TRY_VOID(demo.type({"approve", "owners", "--as", "Demo"}));
  FLIT_TRY_VOID(demo.type({"preflight"}));
  FLIT_TRY_VOID(demo.type({"sample"}));
  FLIT_TRY_VOID(demo.type({"diff"}));
  FLIT_TRY_VOID(demo.type({"approve", "sample", "--as", "Demo"}));
  FLIT_TRY_VOID(demo.type({"run"}));
  FLIT_TRY_VOID(demo.type({"reconcile"}));
  return demo.type({"report"});
}

/// What the simulated destination says of itself: an outsider's word, which only a demonstration
/// asks for.
Result<std::string> digest_of(const Simulated& destination) {
  FLIT_TRY(asked, Companion::start({"curl", "-s", destination.digest_url}));
  FLIT_TRY(document, json::parse(asked.first_line()));
  return fmt::format("rows {}, schema {}", document.root()["digest"].string_or(""),
                     document.root()["schema_digest"].string_or(""));
}

Result<Exit> run(const Invocation& invocation) {
  const Arguments& given = invocation.arguments;
  const std::string path = given.value_or("PATH", "interactive-to-dynamics365");
  const std::string folder = given.value_or("--into", "flitstack-demo");
  const std::string contacts = given.value_or("--contacts", "2700");
  std::error_code ignored;
  if (fs::exists(folder, ignored))
    return Error{.fault = Fault::setup,
                 .message = "the folder of the demonstration is there already",
                 .where = folder,
                 .remedy = "Remove it, or name another one with --into DIR"};
  const std::string flitsim = own_folder() + "/flitsim";
  const std::string data = folder + "/simulated/source";
  const std::string users = folder + "/simulated/users.json";
  invocation.terminal.note("generating the records of the simulated source");
  FLIT_TRY(generated, run_to_end({flitsim, "interactive", "--generate", "contacts=" + contacts,
                                  "--seed", "1", "--write", data}));
  if (generated != 0)
    return Error{
        .fault = Fault::setup, .message = "the records cannot be generated", .where = data};
  FLIT_TRY_VOID(write_users(fs::path(data) / "owners.json", users));
  FLIT_TRY(source, Companion::start({flitsim, "interactive", "--data", data, "--port", "0"}));
  FLIT_TRY(destination, Companion::start({flitsim, "dataverse", "--users", users, "--port", "0"}));
  FLIT_TRY(from, read_ready(source.first_line()));
  FLIT_TRY(to, read_ready(destination.first_line()));
  // NOLINTBEGIN(concurrency-mt-unsafe): no other thread is there
  ::setenv("FLIT_SOURCE_TOKEN", from.access_token.c_str(), 1);
  ::setenv("FLIT_DEST_CLIENT_ID", "flit", 1);
  ::setenv("FLIT_DEST_CLIENT_SECRET", "flit", 1);
  // NOLINTEND(concurrency-mt-unsafe)

  Demonstration demo(invocation.terminal, folder);
  FLIT_TRY_VOID(demo.type({"init", path, "--source-url", from.url + "/api/v1", "--destination-url",
                           to.url, "--authority", to.url, "--tenant", "simulated"}));
  FLIT_TRY(before, digest_of(to));
  FLIT_TRY_VOID(migrate(demo));
  if (given.has("--rollback")) {
    FLIT_TRY_VOID(demo.type({"rollback", "--yes", "--schema"}));
    FLIT_TRY(after, digest_of(to));
    invocation.terminal.print("\nthe simulated destination's own digests");
    invocation.terminal.print("  before: " + before);
    invocation.terminal.print("  after:  " + after);
    invocation.terminal.print(before == after ? "  equal" : "  DIFFERENT");
    if (before != after) return Exit::findings_block;
  }
  invocation.terminal.note("");
  invocation.terminal.print(
      fmt::format("the project is in {}: the map in map/, the reports in out/", folder));
  invocation.terminal.next("open " + folder + "/out/handover/index.html");
  return Exit::done;
}

}  // namespace

Command demo_command() {
  Command command;
  command.name = "demo";
  command.summary = "a whole migration between two simulated systems, on this machine";
  command.teaching =
      "Starts a simulated source full of awkward records and a simulated destination, then runs\n"
      "every command of a migration, showing each before it runs. Touches nothing but its folder.";
  command.options = {
      {"PATH", "PATH", "Which path (default: interactive-to-dynamics365)."},
      {"--into", "DIR", "The project folder to make (default: flitstack-demo)."},
      {"--contacts", "N", "How many contacts are generated (default: 2700, about 25,000 records)."},
      {"--rollback", "", "Also take everything back, and show both digests.", Option::Kind::flag},
  };
  command.run = run;
  return command;
}

}  // namespace flit::app
