// `flitstack init`: a new project folder.

#include <fmt/format.h>

#include "apps/flitstack/command.hpp"
#include "apps/flitstack/session.hpp"
#include "base/json_writer.hpp"

namespace flit::app {
namespace {

Result<Exit> run(const Invocation& invocation) {
  const Arguments& given = invocation.arguments;
  const wiring::NewProject project{
      .path = given.value_or("PATH", ""),
      .source_url = given.value_or("--source-url", ""),
      .destination_url = given.value_or("--destination-url", ""),
      .authority = given.value_or("--authority", "https://login.microsoftonline.com"),
      .tenant = given.value_or("--tenant", "organizations"),
      .id = given.value_or("--id", "")};
  const std::string folder = given.value_or("DIR", invocation.global.project);
  FLIT_TRY(library, library_of(invocation.global));
  FLIT_TRY(session, start_session(invocation));
  FLIT_TRY_VOID(wiring::Workspace::create(folder, project, library, session->surroundings()));

  json::Writer out(json::Writer::Style::pretty);
  out.begin_object().member("project", folder).member("path", project.path).end_object();
  invocation.terminal.print_json(out.take());
  invocation.terminal.print(fmt::format("made {}/flitstack.yaml and an empty ledger", folder));
  invocation.terminal.print(
      "credentials come from FLIT_SOURCE_TOKEN, FLIT_DEST_CLIENT_ID and FLIT_DEST_CLIENT_SECRET,\n"
      "or from what flitstack.yaml names instead");
  const std::string in = folder == "." ? "" : "--project " + folder + " ";
  invocation.terminal.next("flitstack " + in + "inventory");
  return Exit::done;
}

}  // namespace

Command init_command() {
  Command command;
  command.name = "init";
  command.summary = "start a migration: a folder with flitstack.yaml and a ledger";
  command.teaching =
      "Makes a project folder for one migration. flitstack.yaml says where both ends are and "
      "where\n"
      "credentials come from; it never holds one. The ledger (flitstack.db) keeps everything that\n"
      "was read, decided and done; it stays with you.";
  command.examples = {
      "flitstack init interactive-to-dynamics365 move --source-url https://crm.example/api/v1 \\\n"
      "    --destination-url https://contoso.crm4.dynamics.com --tenant contoso.onmicrosoft.com"};
  command.options = {
      {"PATH", "PATH", "Which path, as `flitstack paths list` names it.", Option::Kind::value,
       true},
      {"DIR", "DIR", "The folder to make (default: --project, or the current one)."},
      {"--source-url", "U", "Base URL of the source's API.", Option::Kind::value, true},
      {"--destination-url", "U", "URL of the destination's environment.", Option::Kind::value,
       true},
      {"--authority", "U", "Who gives tokens (default: https://login.microsoftonline.com)."},
      {"--tenant", "T", "Tenant of the destination (default: organizations)."},
      {"--id", "UUID",
       "The migration's id (default: a random one). The same id makes the same identities again."},
  };
  command.run = run;
  return command;
}

}  // namespace flit::app
