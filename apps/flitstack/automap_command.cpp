// `flitstack automap`: a mapping scenario in, a proposal in the scorer's form out.

#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <sstream>

#include <fmt/core.h>

#include "apps/flitstack/automap_layers.hpp"
#include "apps/flitstack/command.hpp"
#include "automap/known.hpp"
#include "automap/proposal_text.hpp"
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

// The proposal, object by object: what a large one needs of memory is one object's share. A
// language model is asked with all of it before it.
class Proposing {
 public:
  Proposing(const Inputs& inputs, const Invocation& invocation)
      : inputs_(inputs),
        destination_(inputs.destination, lexicon_),
        objects_(inputs.scenario.source, destination_, lexicon_, inputs.model,
                 {.full_alternatives = invocation.arguments.has("--rerank")}) {}

  Result<void> lay_over(const Invocation& invocation) {
    if (!invocation.arguments.has("--no-packs")) {
      FLIT_TRY(known, known_maps(inputs_.scenario, invocation));
      known_ = std::move(known);
    }
    if (!invocation.arguments.has("--rerank")) return {};
    whole_ = automap::proposal_of(objects_, inputs_.model);
    return lay_rerank_over(*whole_, inputs_.scenario, inputs_.destination, invocation);
  }

  std::size_t size() const { return objects_.size(); }

  automap::ObjectProposal object(std::size_t index) {
    automap::Proposal part;
    part.objects = {whole_ ? whole_->objects[index] : objects_.object(index)};
    settle(part);
    return std::move(part.objects.front());
  }

  std::vector<automap::FieldProposal> fields(std::size_t index) {
    automap::Proposal part;
    if (whole_) {
      for (const automap::FieldProposal& field : whole_->fields)
        if (field.object == whole_->objects[index].object) part.fields.push_back(field);
    } else {
      part.fields = objects_.fields(index);
    }
    settled_ += settle(part);
    return std::move(part.fields);
  }

  int settled() const { return settled_; }

 private:
  int settle(automap::Proposal& part) const {
    int count = 0;
    for (const model::MapDocument& map : known_)
      count += automap::apply_known(part, map, inputs_.destination, map.path);
    return count;
  }

  const Inputs& inputs_;
  const automap::Lexicon lexicon_ = automap::shipped_lexicon();
  automap::Destination destination_;
  automap::ObjectByObject objects_;
  std::vector<model::MapDocument> known_{};
  std::optional<automap::Proposal> whole_{};
  int settled_ = 0;
};

// A field is named "field" or "object.field"; both may hold dots, so the whole name is compared.
Result<Exit> explain_fields(Proposing& proposing, const std::string& wanted, Terminal& terminal) {
  bool found = false;
  for (std::size_t i = 0; i < proposing.size(); ++i)
    for (const automap::FieldProposal& field : proposing.fields(i)) {
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

struct Bands {
  std::size_t fields = 0;
  std::size_t ready = 0;
  std::size_t check = 0;

  void count(const automap::FieldProposal& field) {
    ++fields;
    ready += field.band == automap::Band::ready ? 1 : 0;
    check += field.band == automap::Band::check ? 1 : 0;
  }
};

// Hands the parts of the text to `write` in their order.
Bands write_proposal(Proposing& proposing, double threshold,
                     const std::function<void(const std::string&)>& write) {
  std::vector<automap::ObjectProposal> objects;
  for (std::size_t i = 0; i < proposing.size(); ++i) objects.push_back(proposing.object(i));
  automap::ProposalText text(threshold, objects);
  Bands bands;
  for (std::size_t i = 0; i < proposing.size(); ++i) {
    for (const automap::FieldProposal& field : proposing.fields(i)) {
      bands.count(field);
      text.add(field);
    }
    write(text.so_far());
  }
  write(text.rest());
  return bands;
}

Result<Exit> run(const Invocation& invocation) {
  FLIT_TRY(inputs, read_inputs(invocation.arguments));
  Proposing proposing(inputs, invocation);
  FLIT_TRY_VOID(proposing.lay_over(invocation));
  if (const auto field = invocation.arguments.value("--explain"))
    return explain_fields(proposing, *field, invocation.terminal);
  const double threshold = inputs.model.threshold;
  const auto file = invocation.arguments.value("--out");
  if (!file) {
    std::string document;
    write_proposal(proposing, threshold, [&](const std::string& part) { document += part; });
    invocation.terminal.print(document);
    invocation.terminal.print_json(document);
    return Exit::done;
  }
  std::ofstream out(*file, std::ios::binary);
  const Bands bands =
      write_proposal(proposing, threshold, [&](const std::string& part) { out << part; });
  out.close();
  if (!out)
    return Error{.fault = Fault::setup,
                 .message = "the file cannot be written",
                 .where = *file,
                 .remedy = "Check the folder and the free space."};
  if (proposing.settled() > 0)
    invocation.terminal.note(fmt::format("packs settle {} fields", proposing.settled()));
  invocation.terminal.note(fmt::format("{} fields: {} ready, {} to check, {} to decide",
                                       bands.fields, bands.ready, bands.check,
                                       bands.fields - bands.ready - bands.check));
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
