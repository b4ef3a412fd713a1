#include "metadata_memory.hpp"

#include <set>
#include <unordered_map>

#include "base/hash.hpp"

namespace flit::test {
namespace {

constexpr std::size_t most_remembered = 1000;  // of some hundred kilobytes

std::unordered_map<std::string, sim::Response>& remembered() {
  static std::unordered_map<std::string, sim::Response> answers;
  return answers;
}

/// The tables that a request asks about when it reads metadata of named tables and nothing else,
/// alone or as a batch; none for other requests.
std::set<std::string_view> described(const sim::Request& request) {
  std::set<std::string_view> tables;
  const bool batch = request.method == "POST" && request.target.path.ends_with("/$batch");
  if (request.injected || !batch) return tables;
  const std::string_view body = request.body;
  constexpr std::string_view named = "/EntityDefinitions(LogicalName='";
  for (std::size_t at = body.find(" HTTP/1.1"); at != std::string::npos;
       at = body.find(" HTTP/1.1", at + 1)) {
    const std::size_t line = body.rfind('\n', at) + 1;
    const std::string_view asked = body.substr(line, at - line);
    const std::size_t table = asked.find(named);
    const bool messages = asked.find("/sdkmessagefilters") != std::string_view::npos;
    if (!asked.starts_with("GET ") || (table == std::string_view::npos && !messages)) return {};
    if (messages) continue;
    const std::size_t name = table + named.size();
    tables.insert(asked.substr(name, asked.find('\'', name) - name));
  }
  return tables;
}

}  // namespace

std::string MetadataMemory::changes_of(std::string_view table) const {
  std::string changes;
  for (const auto& one : inner_.organization().metadata_requests)
    if (one.path.find(table) != std::string::npos || one.body.find(table) != std::string::npos)
      changes += one.method + one.path + one.solution + one.body;
  return changes;
}

sim::Response MetadataMemory::handle(const sim::Request& request) {
  const auto tables = described(request);
  if (tables.empty()) return inner_.handle(request);
  std::string key = request.target.raw + request.body;
  key += request.headers.value_or("Content-Type", "");
  for (const std::string_view table : tables) key += changes_of(table);
  key = sha256_hex(key);
  if (remembered().size() > most_remembered) remembered().clear();
  const auto known = remembered().find(key);
  if (known == remembered().end()) {
    sim::Response answer = inner_.handle(request);
    if (answer.status == 200 && !answer.stream) remembered().emplace(std::move(key), answer);
    return answer;
  }
  // Whether the token holds only the platform knows: it is asked for something small.
  sim::Request cheap = request;
  cheap.method = "GET";
  cheap.body.clear();
  cheap.target = *sim::Target::parse("/api/data/v9.2/WhoAmI");
  sim::Response access = inner_.handle(cheap);
  return access.status == 200 ? known->second : access;
}

}  // namespace flit::test
