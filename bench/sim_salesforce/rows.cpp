// How fast rows go in and out: a Bulk 2.0 ingest job of 15 columns (100,000 rows/s wanted), Bulk
// query results and REST query pages (300,000 rows/s wanted); in process, one core.

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "base/clock.hpp"
#include "base/encoding.hpp"
#include "base/json_reader.hpp"
#include "sim/salesforce/service/salesforce_simulator.hpp"

namespace flit::sim::salesforce {
namespace {

constexpr int rows_per_job = 20'000;

std::string csv(int first) {
  std::string out =
      "Name,AccountNumber,Phone,Website,BillingStreet,BillingCity,BillingPostalCode,BillingCountry,"
      "NumberOfEmployees,AnnualRevenue,Industry,Type,Rating,Description,TickerSymbol\n";
  for (int i = first; i < first + rows_per_job; ++i)
    out += fmt::format(
        "Contoso {0} Ltd,A-{0},+45 12 {0},https://example.com/{0},\"Street {0}, left\",Aarhus,8000,"
        "Denmark,{1},{0}.25,Energy,Prospect,Hot,Loaded row number {0},T{1}\n",
        i, i % 1000);
  return out;
}

class Org {
 public:
  Response send(std::string method, const std::string& path, std::string body = {},
                const char* type = "application/json") {
    const auto request = Request::make(
        std::move(method), "/services/data/v66.0/" + path,
        {{"Authorization", "Bearer " + simulator.access().access_token}, {"Content-Type", type}},
        std::move(body));
    return simulator.handle(*request);
  }

  /// Creates, uploads, closes, polls to the end.
  void load(std::string rows) {
    const auto created =
        send("POST", "jobs/ingest", R"({"object":"Account","operation":"insert"})");
    const auto document = json::parse(created.body);
    const std::string path = "jobs/ingest/" + std::string(document->root()["id"].string_or(""));
    send("PUT", path + "/batches", std::move(rows), "text/csv");
    send("PATCH", path, R"({"state":"UploadComplete"})");
    benchmark::DoNotOptimize(send("GET", path));
  }

 private:
  RealClock machine;
  SimClock clock{machine};
  Stats stats;

 public:
  SalesforceSimulator simulator{{}, Surroundings{clock, stats}};
};

void count(benchmark::State& state, double rows) {
  state.counters["rows/s"] = benchmark::Counter(rows, benchmark::Counter::kIsRate);
}

void ingest(benchmark::State& state) {
  Org org;
  int first = 0;
  for (auto _ : state) {
    state.PauseTiming();
    std::string rows = csv(first);
    first += rows_per_job;
    state.ResumeTiming();
    org.load(std::move(rows));
  }
  count(state, first);
}
BENCHMARK(ingest)->Unit(benchmark::kMillisecond)->Iterations(5);

constexpr const char* soql =
    "SELECT Id, Name, Phone, BillingCity, NumberOfEmployees, AnnualRevenue, Industry FROM Account";

void bulk_query(benchmark::State& state) {
  Org org;
  org.load(csv(0));
  double rows = 0;
  for (auto _ : state) {
    const auto created = org.send("POST", "jobs/query",
                                  fmt::format(R"({{"operation":"query","query":"{}"}})", soql));
    const auto document = json::parse(created.body);
    const std::string path = "jobs/query/" + std::string(document->root()["id"].string_or(""));
    benchmark::DoNotOptimize(org.send("GET", path + "/results"));
    rows += rows_per_job;
  }
  count(state, rows);
}
BENCHMARK(bulk_query)->Unit(benchmark::kMillisecond)->Iterations(10);

void rest_query(benchmark::State& state) {
  Org org;
  org.load(csv(0));
  const std::string path = "query?q=" + percent::encode(soql);
  double rows = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(org.send("GET", path));
    rows += 2'000;
  }
  count(state, rows);
}
BENCHMARK(rest_query)->Unit(benchmark::kMillisecond)->Iterations(20);

}  // namespace
}  // namespace flit::sim::salesforce
