#include "world.hpp"

#include <fstream>
#include <map>
#include <stdexcept>
#include <string_view>

#include <fmt/format.h>

#include "base/check.hpp"
#include "base/json_reader.hpp"
#include "sim/base/request.hpp"
#include "tests/support/golden.hpp"

namespace flit::test {

void WorldClock::attach(const Clock& process) {
  process_ = &process;
}

void WorldClock::detach() {
  before_ += process_->tick().time_since_epoch();
  process_ = nullptr;
}

Tick WorldClock::tick() const {
  const Duration now = process_ == nullptr ? Duration{} : process_->tick().time_since_epoch();
  return Tick(before_ + now);
}

Instant WorldClock::now() const {
  return start_ + std::chrono::floor<Instant::duration>(tick().time_since_epoch());
}

bool WorldClock::sleep_until(Tick /*deadline*/, std::stop_token /*stop*/) {
  throw Bug("a platform does not sleep");
}

World::World(const WorldSettings& settings)
    : place_(folder_.path()),
      clock_(std::chrono::sys_days(std::chrono::year(2026) / 11 / 30)),
      disk_(0) {
  auto source = sim::interactive::InteractiveSimulator::create(
      {}, {source_clock_, source_stats_},
      [data = settings.data]() -> Result<std::unique_ptr<sim::interactive::Dataset>> {
        return sim::interactive::generate(data);
      });
  if (!source) throw std::runtime_error(source.error().text());
  source_ = std::move(*source);
  source_clock_.restart(source_->own_clock());
  sim::dataverse::SimulatorSettings platform;
  platform.organization.client_secret = settings.client_secret;
  destination_ = std::make_unique<sim::dataverse::DataverseSimulator>(
      platform, sim::Surroundings{destination_clock_, destination_stats_});
  destination_->served_at("http://crm.example");
  metadata_.emplace(*destination_);
  if (settings.inhabited) inhabit();
}

std::string World::an_email_at_the_source() {
  sim::Headers headers;
  headers.add("Authorization", "Bearer " + source_->access().access_token);
  const auto asked =
      sim::Request::make("GET", "/api/v1/objects/contacts?properties=email&limit=100", headers);
  const auto document = json::parse(source_->handle(*asked).body);
  std::map<std::string, int> seen;
  for (const json::Value contact : document->root()["results"].elements())
    ++seen[std::string(contact["properties"]["email"].string_or(""))];
  for (const auto& [email, times] : seen)
    if (times == 1 && email.find('@') != std::string::npos) return email;
  throw std::runtime_error("no contact has an e-mail address of its own");
}

void World::inhabit() {
  constexpr std::string_view account = "5a1f0e52-8f3a-4b0e-9c64-0d5b7a6f1c01";
  const std::string edits = fmt::format(
      R"x([{{"op":"create","table":"account","id":"{0}","values":{{"name":"Resident"}}}},
           {{"op":"create","table":"contact","id":"5a1f0e52-8f3a-4b0e-9c64-0d5b7a6f1c02","values":
             {{"lastname":"Resident","parentcustomerid_account@odata.bind":"/accounts({0})"}}}},
           {{"op":"create","table":"contact","id":"5a1f0e52-8f3a-4b0e-9c64-0d5b7a6f1c03","values":
             {{"lastname":"Matching","description":"Was here","emailaddress1":"{1}"}}}}])x",
      account, an_email_at_the_source());
  const auto document = json::parse(edits);
  const auto done = destination_->edit(document->root());
  if (!done) throw std::runtime_error(done.error().text());
}

void World::load_as_two_users() const {
  const std::filesystem::path file = project() / "flitstack.yaml";
  std::string text = read_file(file.string());
  if (text.find("SECOND_CLIENT_ID") != std::string::npos) return;  // a command before
  const std::string_view end_of_credentials = "\n\n# fallback_owner";
  const std::size_t place = text.find(end_of_credentials);
  if (place == std::string::npos) throw std::runtime_error("a project ends otherwise");
  text.insert(place, R"x(
  further_users:
    - {client_id: {env: SECOND_CLIENT_ID}, client_secret: {env: FLIT_DEST_CLIENT_SECRET}})x");
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

void World::let_matches_update() const {
  const std::filesystem::path file = project() / "map" / "contacts.yaml";
  std::string map = read_file(file.string());
  const std::size_t line = map.find("to: emailaddress1");
  const std::size_t hold = map.find("match: hold", line);
  if (line == std::string::npos || hold == std::string::npos)
    throw std::runtime_error("the map matches no contact by its e-mail address");
  map.replace(hold, std::string_view("match: hold").size(), "match: update");
  std::ofstream(file, std::ios::binary | std::ios::trunc) << map;
}

void World::branch(const std::filesystem::path& place, std::uint64_t seed) {
  const std::filesystem::path before = project();
  place_ = place;
  if (std::filesystem::exists(before))
    std::filesystem::copy(before, project(), std::filesystem::copy_options::recursive);
  disk_.branch(before, project(), seed);
}

}  // namespace flit::test
