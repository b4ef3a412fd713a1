// `flitstack automap`: a mapping scenario in, a proposal in the scorer's form out.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/core.h>

#include "apps/flitstack/automap_layers.hpp"
#include "apps/flitstack/command.hpp"
#include "automap/propose.hpp"
#include "automap/reasons.hpp"
#include "automap/scenario.hpp"
#include "automap/shipped.hpp"
#include "base/json_reader.hpp"

namespace flit::app {

namespace {

namespace fs = std::filesystem;

Result<std::string> text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return Error{.fault = Fault::setup,
                 .message = "the file cannot be read",
                 .where = path.string(),
                 .remedy = "Check the path and its permissions."};
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// Scenarios name their destination metadata relative to the folder they came from: look there, in
// the folders above, and beside a mapping data folder above the working directory.
Result<fs::path> find_destination(const fs::path& input, const std::string& named) {
  std::error_code ignored;
  for (const fs::path& start :
       {fs::absolute(input, ignored).parent_path(), fs::current_path(ignored)})
    for (fs::path folder = start;; folder = folder.parent_path()) {
      for (const char* below : {"", "data/mapping", "shared/data/mapping"}) {
        const fs::path candidate = folder / below / named;
        if (fs::is_regular_file(candidate, ignored)) return candidate;
      }
      if (folder == folder.parent_path()) break;
    }
  return Error{.fault = Fault::setup,
               .message = fmt::format(
                   "the destination metadata \"{}\" is in no folder above the scenario", named),
               .where = input.string(),
               .remedy = "Name it with --destination FILE."};
}

struct Inputs {
  automap::Scenario scenario;
  automap::Schema destination;
  automap::Model model;
};

Result<Inputs> read_inputs(const Arguments& arguments) {
  const fs::path input = arguments.value_or("INPUT", "");
  Inputs inputs;
  FLIT_TRY(text, text_of(input));
  json::Document document;
  FLIT_TRY(root, document.read(text));
  FLIT_TRY(scenario, automap::read_scenario(root, input.string()));
  inputs.scenario = std::move(scenario);
  fs::path destination = arguments.value_or("--destination", "");
  if (destination.empty()) {
    FLIT_TRY(found, find_destination(input, inputs.scenario.destination_path));
    destination = found;
  }
  FLIT_TRY(destination_text, text_of(destination));
  json::Document destination_document;
  FLIT_TRY(destination_root, destination_document.read(destination_text));
  FLIT_TRY(schema, automap::read_destination(destination_root, destination.string()));
  inputs.destination = std::move(schema);
  automap::merge(inputs.destination, inputs.scenario.overlay);
  inputs.model = automap::shipped_model();
  if (const auto file = arguments.value("--model")) {
    FLIT_TRY(model_text, text_of(*file));
    FLIT_TRY(model, automap::read_model(model_text, *file));
    inputs.model = std::move(model);
  }
  return inputs;
}

// A field is named "field" or "object.field"; both may hold dots, so the whole name is compared.
Result<Exit> explain_fields(const automap::Proposal& proposal, const std::string& wanted,
                            Terminal& terminal) {
  bool found = false;
  for (const automap::FieldProposal& field : proposal.fields) {
    if (field.field != wanted && field.object + "." + field.field != wanted) continue;
    terminal.print(automap::explain(field));
    found = true;
  }
  if (!found)
    return Error{.fault = Fault::setup,
                 .message = fmt::format("the scenario has no field \"{}\"", wanted),
                 .remedy = "Name it as OBJECT.FIELD, exactly as the scenario does."};
  return Exit::done;
}

Result<Exit> run(const Invocation& invocation) {
  FLIT_TRY(inputs, read_inputs(invocation.arguments));
  const automap::Lexicon lexicon = automap::shipped_lexicon();
  automap::Options options;
  options.full_alternatives = invocation.arguments.has("--rerank");
  automap::Proposal proposal =
      automap::propose(inputs.scenario.source, inputs.destination, lexicon, inputs.model, options);
  FLIT_TRY_VOID(lay_rerank_over(proposal, inputs.scenario, inputs.destination, invocation));
  if (!invocation.arguments.has("--no-packs"))
    FLIT_TRY_VOID(lay_packs_over(proposal, inputs.scenario, inputs.destination, invocation));
  if (const auto field = invocation.arguments.value("--explain"))
    return explain_fields(proposal, *field, invocation.terminal);
  const std::string document = automap::to_json(proposal);
  if (const auto file = invocation.arguments.value("--out")) {
    std::ofstream out(*file, std::ios::binary);
    out << document;
    out.close();
    if (!out)
      return Error{.fault = Fault::setup,
                   .message = "the file cannot be written",
                   .where = *file,
                   .remedy = "Check the folder and the free space."};
    const auto ready = std::count_if(
        proposal.fields.begin(), proposal.fields.end(),
        [](const automap::FieldProposal& f) { return f.band == automap::Band::ready; });
    const auto check = std::count_if(
        proposal.fields.begin(), proposal.fields.end(),
        [](const automap::FieldProposal& f) { return f.band == automap::Band::check; });
    invocation.terminal.note(
        fmt::format("{} fields: {} ready, {} to check, {} to decide", proposal.fields.size(), ready,
                    check, static_cast<long>(proposal.fields.size()) - ready - check));
    return Exit::done;
  }
  invocation.terminal.print(document);
  invocation.terminal.print_json(document);
  return Exit::done;
}

}  // namespace

Command automap_command() {
  Command command;
  command.name = "automap";
  command.summary = "propose a field map for a scenario file, with reasons";
  command.teaching =
      "Reads one source schema (a scenario without answers) and the destination metadata it names, "
      "and proposes for every "
      "field a column or a refusal, with a calibrated confidence, reasons, alternatives and value "
      "maps. Offline and "
      "deterministic: the same files give the same bytes. `map propose` uses the same proposer "
      "inside a project.";
  command.examples = {"flitstack automap scenario.json --out proposal.json",
                      "flitstack automap scenario.json --explain contacts.email"};
  command.options = {
      {"INPUT", "FILE", "The scenario: source schema and the name of the destination metadata.",
       Option::Kind::value, true},
      {"--destination", "FILE",
       "Destination metadata, where it is not in a folder above the scenario."},
      {"--model", "FILE", "Weights to use instead of the shipped ones."},
      {"--no-packs", "", "Propose from the schemas alone, without knowledge about known systems.",
       Option::Kind::flag},
      {"--rerank", "URL",
       "Ask a language model about uncertain fields: an endpoint that speaks OpenAI's protocol "
       "(what stands before /chat/completions). The token is read from FLIT_RERANK_TOKEN."},
      {"--rerank-model", "NAME", "The model's name at the endpoint."},
      {"--rerank-folder", "DIR", "Keep questions and answers there, and ask nothing twice."},
      {"--rerank-samples", "", "Allow masked sample values in the questions.", Option::Kind::flag},
      {"--out", "FILE", "Where to write the proposal (default: standard output)."},
      {"--explain", "FIELD", "Tell the whole case for one field instead."},
  };
  command.run = run;
  return command;
}

}  // namespace flit::app
