// URLs, filters and batches as loaders send them.

#include <string>

#include <benchmark/benchmark.h>

#include "sim/dataverse/batch/batch_request.hpp"
#include "sim/dataverse/batch/references.hpp"
#include "sim/dataverse/odata/query_options.hpp"
#include "sim/dataverse/odata/resource_path.hpp"

namespace flit::sim::dataverse {
namespace {

void ordinary_url(benchmark::State& state) {
  const std::string path = "accounts";
  const std::string query =
      "$select=name,_ownerid_value,statecode&$filter=statecode%20eq%200%20and%20contains(name,"
      "%27Contoso%27)%20and%20createdon%20ge%202024-01-01T00:00:00Z&$orderby=name%20asc&$top=50";
  for (auto _ : state) {
    auto options = odata::parse_query(query);
    auto segments = odata::parse_resource_path(path, options->aliases);
    benchmark::DoNotOptimize(options);
    benchmark::DoNotOptimize(segments);
  }
}
BENCHMARK(ordinary_url);

void key_url(benchmark::State& state) {
  const std::string path = "accounts(accountnumber='AB-1000017')";
  for (auto _ : state) {
    auto segments = odata::parse_resource_path(path, {});
    benchmark::DoNotOptimize(segments);
  }
}
BENCHMARK(key_url);

void filter_of_many_ids(benchmark::State& state) {
  std::string filter;
  for (int i = 0; i < 100; ++i)
    filter +=
        (i == 0 ? "" : " or ") + std::string("accountid eq 7eb682f1-ca75-e511-80d4-00155d2a68d1");
  for (auto _ : state) {
    auto expression = odata::parse_filter(filter, {});
    benchmark::DoNotOptimize(expression);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(filter.size()));
}
BENCHMARK(filter_of_many_ids);

std::string big_batch() {
  std::string body;
  std::string row = "{";
  for (int i = 0; i < 15; ++i)
    row += (i == 0 ? "\"" : ",\"") + std::string("acme_column") + std::to_string(i) +
           "\":\"7eb682f1-ca75-e511-80d4-00155d2a68d1\"";
  row += ",\"parentaccountid@odata.bind\":\"/accounts(7eb682f1-ca75-e511-80d4-00155d2a68d1)\"}";
  for (int i = 0; i < 1000; ++i)
    body +=
        "--batch_b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        "POST /api/data/v9.2/tasks HTTP/1.1\r\nContent-Type: application/json\r\n\r\n" +
        row + "\r\n";
  return body + "--batch_b--\r\n";
}

void batch_of_a_thousand(benchmark::State& state) {
  const std::string body = big_batch();
  for (auto _ : state) {
    auto batch = batch::parse_batch("multipart/mixed; boundary=batch_b", body);
    benchmark::DoNotOptimize(batch);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
}
BENCHMARK(batch_of_a_thousand);

void references_in_bodies(benchmark::State& state) {
  const std::string body = big_batch();
  const auto batch = batch::parse_batch("multipart/mixed; boundary=batch_b", body);
  batch::References references;
  for (auto _ : state)
    for (const auto& part : batch->parts) {
      auto resolved = references.resolve_body(part.operations.front().body);
      benchmark::DoNotOptimize(resolved);
    }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
}
BENCHMARK(references_in_bodies);

}  // namespace
}  // namespace flit::sim::dataverse
