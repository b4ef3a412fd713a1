// How fast rows go in: CreateMultiple of 500 rows of 15 columns, in process, one core.
//   dataverse_rows [--benchmark_filter=…]
// Counters: rows per second, and bytes that a stored row takes (rows, indexes).

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "base/clock.hpp"
#include "sim/base/sim_clock.hpp"
#include "sim/base/stats.hpp"
#include "sim/dataverse/service/dataverse_simulator.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr int rows_per_request = 500;

std::string account_row(int number) {
  return fmt::format(
      R"({{"@odata.type":"Microsoft.Dynamics.CRM.account","name":"Contoso {0} Ltd","accountnumber":"A-{0}",)"
      R"("telephone1":"+45 12 34 {0}","emailaddress1":"info{0}@example.com","websiteurl":"https://example.com/{0}",)"
      R"("address1_line1":"Street {0}","address1_city":"Aarhus","address1_postalcode":"8000","address1_country":"Denmark",)"
      R"("numberofemployees":{1},"revenue":{0}.25,"accountcategorycode":1,"creditonhold":false,)"
      R"("description":"Loaded row number {0}","overriddencreatedon":"2019-03-04T05:06:07Z"}})",
      number, number % 1000);
}

std::string lead_row(int number) {
  return fmt::format(
      R"({{"@odata.type":"Microsoft.Dynamics.CRM.lead","subject":"Lead {0}","firstname":"F{0}","lastname":"L{0}",)"
      R"("companyname":"Contoso {0}","telephone1":"+45 12 {0}","emailaddress1":"l{0}@example.com","jobtitle":"CTO",)"
      R"("address1_line1":"Street {0}","address1_city":"Aarhus","address1_postalcode":"8000","address1_country":"Denmark",)"
      R"("numberofemployees":{1},"revenue":{0}.25,"leadqualitycode":1,"description":"Row {0}"}})",
      number, number % 1000);
}

/// A table of one's own, which no rule adds rows to: what a stored row costs by itself.
constexpr int own_columns = 14;

std::string own_row(int number) {
  std::string row = fmt::format(
      R"({{"@odata.type":"Microsoft.Dynamics.CRM.acme_thing","acme_name":"Thing {}")", number);
  for (int i = 0; i < own_columns; ++i)
    row += i % 2 == 0 ? fmt::format(R"(,"acme_c{}":"value {} of {}")", i, i, number)
                      : fmt::format(R"(,"acme_c{}":{})", i, number + i);
  return row + '}';
}

Response post(DataverseSimulator& simulator, const std::string& bearer, const std::string& path,
              std::string body) {
  return simulator.handle(*Request::make(
      "POST", "/api/data/v9.2/" + path,
      {{"Authorization", bearer}, {"Content-Type", "application/json"}}, std::move(body)));
}

void make_own_table(DataverseSimulator& simulator, const std::string& bearer) {
  constexpr std::string_view text =
      R"("@odata.type":"Microsoft.Dynamics.CRM.StringAttributeMetadata","MaxLength":100)";
  constexpr std::string_view number =
      R"("@odata.type":"Microsoft.Dynamics.CRM.IntegerAttributeMetadata")";
  const auto label = [](std::string_view name) {
    return fmt::format(R"({{"LocalizedLabels":[{{"Label":"{}","LanguageCode":1033}}]}})", name);
  };
  post(
      simulator, bearer, "EntityDefinitions",
      fmt::format(
          R"({{"SchemaName":"acme_Thing","DisplayName":{0},"DisplayCollectionName":{1},)"
          R"("OwnershipType":"UserOwned","HasNotes":false,"HasActivities":false,)"
          R"("Attributes":[{{{2},"SchemaName":"acme_Name","IsPrimaryName":true,"DisplayName":{0}}}]}})",
          label("Thing"), label("Things"), text));
  for (int i = 0; i < own_columns; ++i)
    post(simulator, bearer, "EntityDefinitions(LogicalName='acme_thing')/Attributes",
         fmt::format(R"({{{},"SchemaName":"acme_C{}","DisplayName":{}}})",
                     i % 2 == 0 ? text : number, i, label("C")));
}

std::string body_of(std::string (*row)(int), int first) {
  std::string body = R"({"Targets":[)";
  for (int i = 0; i < rows_per_request; ++i) {
    if (i > 0) body += ',';
    body += row(first + i);
  }
  return body + "]}";
}

void create_multiple(benchmark::State& state, const char* set, std::string (*row)(int)) {
  RealClock machine;
  SimClock clock(machine);
  Stats stats;
  DataverseSimulator simulator({}, Surroundings{clock, stats});
  const std::string bearer = "Bearer " + simulator.access().access_token;
  make_own_table(simulator, bearer);
  int first = 0;
  for (auto _ : state) {
    state.PauseTiming();
    auto request = Request::make(
        "POST", fmt::format("/api/data/v9.2/{}/Microsoft.Dynamics.CRM.CreateMultiple", set),
        {{"Authorization", bearer}, {"Content-Type", "application/json"}}, body_of(row, first));
    first += rows_per_request;
    state.ResumeTiming();
    const Response response = simulator.handle(*request);
    if (response.status != 200) state.SkipWithError(response.body.c_str());
  }
  state.counters["rows/s"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * rows_per_request, benchmark::Counter::kIsRate);
  state.counters["bytes/row"] =
      static_cast<double>(simulator.organization().store->memory()) / static_cast<double>(first);
}

BENCHMARK_CAPTURE(create_multiple, accounts, "accounts", account_row)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(400);
BENCHMARK_CAPTURE(create_multiple, leads, "leads", lead_row)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(400);

BENCHMARK_CAPTURE(create_multiple, own_table, "acme_things", own_row)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(400);

}  // namespace
}  // namespace flit::sim::dataverse

BENCHMARK_MAIN();
