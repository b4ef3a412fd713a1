// Values to and from text, and the hashes over them.

#include <array>
#include <string>

#include <benchmark/benchmark.h>

#include "base/decimal.hpp"
#include "base/encoding.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "base/zone.hpp"

namespace flit {
namespace {

/// Several texts in turn, so that no branch is learnt by heart.
template <std::size_t Count, typename Function>
void run_over(benchmark::State& state, const std::array<std::string, Count>& texts,
              Function function) {
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(function(texts[i]));
    i = i + 1 == Count ? 0 : i + 1;
  }
}

const std::array<std::string, 5> numbers = {"412500.10", "-0.5", "1100040000", "7",
                                            "99999999999.9999999999"};
const std::array<std::string, 3> uuids = {"6ba7b810-9dad-11d1-80b4-00c04fd430c8",
                                          "{2ED6657D-E927-568B-95E1-2665A8AEA6A2}",
                                          "886313e1-3b8a-5372-9b90-0c9aee199e5d"};
const std::array<std::string, 4> instants = {"2026-01-31T14:05:09Z", "2019-08-01T12:00:00.000Z",
                                             "2018-12-18T22:51:36.000+0000",
                                             "2026-01-31T14:05:00+01:00"};
const std::array<std::string, 3> names = {"Nordlager A/S", "GTX Pro", "Front Range  Lending"};
const std::array<std::string, 3> foreign_names = {"Müller & Söhne", "Ågård", "Société Générale"};

void decimal_parse(benchmark::State& state) {
  run_over(state, numbers, [](const std::string& text) { return Decimal::parse(text)->scale(); });
}
BENCHMARK(decimal_parse);

void decimal_text(benchmark::State& state) {
  const Decimal decimal = Decimal::of(41250010, 2);
  std::string out;
  for (auto _ : state) {
    out.clear();
    decimal.append_to(out);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(decimal_text);

void decimal_plus(benchmark::State& state) {
  Decimal total;
  const Decimal one = Decimal::of(12345, 2);
  for (auto _ : state) benchmark::DoNotOptimize(total = *total.plus(one));
}
BENCHMARK(decimal_plus);

void uuid_parse(benchmark::State& state) {
  run_over(state, uuids, [](const std::string& text) { return Uuid::parse(text)->bytes()[0]; });
}
BENCHMARK(uuid_parse);

void uuid_text(benchmark::State& state) {
  const Uuid uuid = *Uuid::parse(uuids[0]);
  std::string out;
  for (auto _ : state) {
    out.clear();
    uuid.append_to(out);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(uuid_text);

void uuid_version5(benchmark::State& state) {
  const Uuid space = *Uuid::parse(uuids[0]);
  for (auto _ : state)
    benchmark::DoNotOptimize(Uuid::version5(space, "3|contact|contacts|105|primary"));
}
BENCHMARK(uuid_version5);

void instant_parse(benchmark::State& state) {
  run_over(state, instants, [](const std::string& text) { return *parse_instant(text); });
}
BENCHMARK(instant_parse);

void instant_text(benchmark::State& state) {
  Instant instant = *parse_instant(instants[1]);
  std::string out;
  for (auto _ : state) {
    out.clear();
    append_instant(out, instant += std::chrono::milliseconds(1), {.fraction_digits = 3});
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(instant_text);

void date_parse(benchmark::State& state) {
  const std::string text = "2026-01-31";
  for (auto _ : state) benchmark::DoNotOptimize(*parse_date(text));
}
BENCHMARK(date_parse);

void zone_resolve(benchmark::State& state) {
  const Zone zone = *Zone::find("America/Denver");
  LocalTime time = *parse_local_time("2025-11-02 01:30:00");
  for (auto _ : state) benchmark::DoNotOptimize(zone.resolve(time += std::chrono::minutes(7)));
}
BENCHMARK(zone_resolve);

void hash64_short(benchmark::State& state) {
  run_over(state, names, [](const std::string& text) { return hash64(text); });
}
BENCHMARK(hash64_short);

void sha256_of_a_kilobyte(benchmark::State& state) {
  const std::string bytes(1024, 'x');
  for (auto _ : state) benchmark::DoNotOptimize(sha256(bytes));
}
BENCHMARK(sha256_of_a_kilobyte);

void base64_of_a_megabyte(benchmark::State& state) {
  const std::string bytes(1'000'000, 'x');
  for (auto _ : state) benchmark::DoNotOptimize(base64::encode(bytes));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}
BENCHMARK(base64_of_a_megabyte);

void fold_ascii(benchmark::State& state) {
  run_over(state, names, [](const std::string& text) { return text::fold(text).size(); });
}
BENCHMARK(fold_ascii);

void fold_foreign(benchmark::State& state) {
  run_over(state, foreign_names, [](const std::string& text) { return text::fold(text).size(); });
}
BENCHMARK(fold_foreign);

}  // namespace
}  // namespace flit
