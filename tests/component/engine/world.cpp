#include "world.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "base/yaml_reader.hpp"
#include "engine/extraction.hpp"
#include "engine/owner_resolution.hpp"
#include "mapping/document_spec.hpp"
#include "sim/interactive/generate/settings.hpp"
#include "sim/interactive/truth/truth.hpp"
#include "store/notebook.hpp"

namespace flit::engine::test {
namespace {

template <typename T>
T take(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  return std::move(*result);
}

void must(const Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().text());
}

const std::string fallback_email = "office@firm.example";

/// Active people of the firm have a user over there; nobody else has.
std::vector<sim::dataverse::UserSeed> users_of(const sim::interactive::Dataset& data) {
  std::vector<sim::dataverse::UserSeed> users{
      {.full_name = "Flit Loader", .email = "flit@firm.example", .application = true},
      {.full_name = "Front Office", .email = fallback_email}};
  for (const auto& owner : data.owners)
    if (owner.active && text::fold(owner.email).ends_with("@firm.example"))
      users.push_back({.full_name = owner.first_name + " " + owner.last_name,
                       .email = text::ascii_lower(owner.email)});
  return users;
}

yaml::Node nothing() {
  Diagnostics diagnostics;
  return yaml::read(std::make_shared<const SourceText>("test", "base_url: http://crm.test/api/v1"),
                    diagnostics)
      .value();
}

/// The options that a pack's column takes over from a source field.
std::vector<model::Option> options_of(const model::Schema& source, const std::string& from) {
  const std::size_t dot = from.find('.');
  const model::Object* object = source.find_object(from.substr(0, dot));
  const model::Field* field =
      object == nullptr ? nullptr : object->find_field(from.substr(dot + 1));
  if (field == nullptr) throw std::runtime_error("no field " + from);
  std::vector<model::Option> options;
  for (const model::Option& option : field->options)
    options.push_back({.value = std::to_string(727000000 + options.size()), .label = option.label});
  return options;
}

}  // namespace

World::World(const sim::interactive::GenerateSettings& generate) {
  const auto make = [generate]() -> Result<std::unique_ptr<sim::interactive::Dataset>> {
    return sim::interactive::generate(generate);
  };
  const auto data = take(make());
  truth_ = take(json::parse(sim::interactive::truth_text(*data, {})));
  interactive_ = take(sim::interactive::InteractiveSimulator::create(
      {}, sim::Surroundings{source_clock_, source_stats_}, make));
  source_clock_.restart(interactive_->own_clock());

  sim::dataverse::SimulatorSettings settings;
  settings.organization.users = users_of(*data);
  const sim::Surroundings surroundings{destination_clock_, destination_stats_};
  dataverse_ = std::make_unique<sim::dataverse::DataverseSimulator>(settings, surroundings);
  frame_ = std::make_unique<sim::Frame>(*dataverse_, surroundings, sim::FrameSettings{});

  library_ = take(packs::Library::read(packs::shipped_files()));
  path_ = take(library_.path("interactive-to-dynamics365"));
  ledger_ = take(store::Ledger::create(folder_ / "flitstack.db", {.id = "m", .path = path_->path},
                                       executor_, {.sync = false}));
  books_ = std::make_unique<store::Books>();
  connect();
}

World::~World() = default;

void World::connect() {
  source_transport_ = std::make_unique<flit::test::SimTransport>(*interactive_, source_machine_);
  const auto* pack = take(library_.source("interactive"));
  source_ = take(sources::rest::RestSource::open(*source_transport_, source_machine_,
                                                 take(sources::rest::read_spec(*pack, nothing())),
                                                 Secret(interactive_->access().access_token)));
  inner_ = std::make_unique<flit::test::SimTransport>(*frame_, destination_machine_);
  tokens_ = std::make_unique<http::FixedToken>(Secret(dataverse_->access().access_token));
  transport_ = std::make_unique<http::AuthorizingTransport>(*inner_, *tokens_);
  connector_ = std::make_unique<destinations::dataverse::Connector>(
      *transport_, destination_machine_, http::Url::parse("http://127.0.0.1").value(),
      take(destinations::dataverse::read_platform(*take(library_.destination("dynamics365")))));
  destination_.emplace(connector_->destination());
  make_pacer({});
}

void World::make_pacer(RetrySettings retry) {
  retry.base = std::chrono::milliseconds(1);
  retry.longest = std::chrono::milliseconds(4);
  pacer_ = std::make_unique<Pacer>(executor_, "destination",
                                   Pacer::Settings{.governor = {.initial = 8}, .retry = retry});
}

void World::extract() {
  Environment environment = this->environment();
  Pacer pacer(executor_, "source", {});
  take(Extraction(environment, *source_, pacer, {}).run({}));
  source_schema_ = take(source_->describe({}));
}

void World::prepare(const std::function<void(model::MapDocument&)>& tune) {
  std::vector<std::string> tables;
  for (const packs::Phase& phase : path_->phases)
    tables.insert(tables.end(), phase.tables.begin(), phase.tables.end());
  for (const packs::CustomColumn& column : path_->columns)
    for (const std::string& table : column.tables) {
      model::Field field{.name = column.name, .label = column.label, .type = column.type};
      if (column.type == model::FieldType::text || column.type == model::FieldType::url ||
          column.type == model::FieldType::long_text)
        field.max_length = column.length;
      if (column.type == model::FieldType::decimal) field.scale = column.scale;
      if (!column.options_from.empty())
        field.options = options_of(source_schema_, column.options_from);
      must(destination_->schema_writer.apply(model::CreateColumn{table, field}, {}));
    }
  const auto schema = take(destination_->schema.describe(tables, {}));

  std::vector<SourceOwner> people;
  must(ledger_->read([&](store::sql::Connection& reader) {
    return books_->staging.scan(
        reader, "owners", 0, 1000, [&](const store::StagedRecord& staged) -> Result<void> {
          FLIT_TRY(owner, json::parse(staged.record.payload));
          people.push_back({.id = staged.record.key.id,
                            .email = std::string(owner.root()["email"].string_or("")),
                            .active = owner.root()["active"].as_boolean().value_or(true)});
          return {};
        });
  }));
  const auto directory = take(destination_->owners.owners({}));
  const auto resolution = take(resolve_owners(people, directory, {{"", 1}}, fallback_email));
  for (const store::OwnerRow& row : resolution.rows) owners_[row.source_id] = row;

  model::MapDocument document{.path = path_->path};
  for (const mapping::ObjectFile& file : path_->objects)
    document.objects.push_back(mapping::object_map(file));
  if (tune) tune(document);
  map_.emplace(take(MigrationMap::compile(document, source_schema_, schema,
                                          {.zone = take(Zone::find("America/New_York"))})));
}

Migration World::migration() {
  static thread_local std::optional<Environment> environment;
  environment.emplace(this->environment());
  return {*environment, *path_, *map_, owners_, *destination_, *pacer_};
}

void World::restart(RetrySettings retry) {
  ledger_.reset();
  ledger_ = take(store::Ledger::open(folder_ / "flitstack.db", executor_, {.sync = false}));
  books_ = std::make_unique<store::Books>();
  make_pacer(retry);
}

void World::fail(const std::string& faults_json) {
  const auto answer =
      frame_->handle(take(sim::Request::make("POST", "/__sim/faults", {}, faults_json)));
  if (answer.status >= 300) throw std::runtime_error(answer.body);
}

}  // namespace flit::engine::test
