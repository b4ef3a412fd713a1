#include "base/event.hpp"

#include <thread>

#include <gtest/gtest.h>

#include "base/json_writer.hpp"
#include "base/metrics.hpp"

namespace flit {
namespace {

using namespace std::chrono_literals;

struct BatchSettled {
  std::string object;
  std::int64_t batch = 0;
  std::int64_t done = 0;
  std::int64_t failed = 0;
  std::chrono::nanoseconds took{};
  Ratio progress{};
};

Event to_event(const BatchSettled& e) {
  return Event("batch_settled", Level::debug)
      .label("object", e.object)
      .number("batch", e.batch)
      .count("done", e.done)
      .count("failed", e.failed)
      .duration("took", e.took)
      .ratio("progress", e.progress);
}

const BatchSettled news{"contacts", 17, 500, 2, 1'234'400us, {502, 2000}};

class Recorder final : public EventSink {
 public:
  explicit Recorder(std::vector<std::string>& seen) : seen_(seen) {}
  void on(const Event& event) override { seen_.emplace_back(event.name()); }

 private:
  std::vector<std::string>& seen_;
};

TEST(Event, ReadsAsASentence) {
  EXPECT_EQ(to_event(news).sentence(),
            "batch settled: object contacts, batch 17, done 500, failed 2, took 1.234 s, "
            "progress 502 of 2000");
}

TEST(Event, IsWrittenAsJsonMembers) {
  json::Writer out;
  out.begin_object();
  to_event(news).write_members(out);
  out.end_object();

  EXPECT_EQ(out.take(),
            R"({"event":"batch_settled","object":"contacts","batch":17,"done":500,"failed":2,)"
            R"("took_ms":1234,"progress":{"part":502,"whole":2000}})");
}

TEST(EventHub, EverySubscriberHearsEveryEventUntilItLeaves) {
  std::vector<std::string> first;
  std::vector<std::string> second;
  Recorder one(first);
  Recorder two(second);
  EventHub hub;
  const auto stays = hub.subscribe(one);
  {
    const auto leaves = hub.subscribe(two);
    emit(hub, news);
  }
  emit(hub, news);

  EXPECT_EQ(first.size(), 2U);
  EXPECT_EQ(second.size(), 1U);
}

TEST(EventHub, ASubscriptionMayBeMoved) {
  std::vector<std::string> seen;
  Recorder recorder(seen);
  EventHub hub;
  EventHub::Subscription kept;
  {
    auto subscription = hub.subscribe(recorder);
    kept = std::move(subscription);
  }
  emit(hub, news);
  kept = {};
  emit(hub, news);

  EXPECT_EQ(seen.size(), 1U);
}

TEST(Metrics, CountsAddUpUnderTheirLabelsAndGaugesKeepTheLast) {
  Metrics metrics;
  emit(metrics, news);
  emit(metrics, BatchSettled{"contacts", 18, 100, 0, 766ms, {602, 2000}});
  emit(metrics, BatchSettled{"de\"als\n", 1, 7, 0, 1ms, {}});

  EXPECT_EQ(metrics.text(),
            R"(# TYPE flit_batch_settled_done_total counter
flit_batch_settled_done_total{object="contacts"} 600
flit_batch_settled_done_total{object="de\"als\n"} 7
# TYPE flit_batch_settled_failed_total counter
flit_batch_settled_failed_total{object="contacts"} 2
flit_batch_settled_failed_total{object="de\"als\n"} 0
# TYPE flit_batch_settled_progress_part gauge
flit_batch_settled_progress_part{object="contacts"} 602
flit_batch_settled_progress_part{object="de\"als\n"} 0
# TYPE flit_batch_settled_progress_whole gauge
flit_batch_settled_progress_whole{object="contacts"} 2000
flit_batch_settled_progress_whole{object="de\"als\n"} 0
# TYPE flit_batch_settled_took_seconds_total counter
flit_batch_settled_took_seconds_total{object="contacts"} 2.000
flit_batch_settled_took_seconds_total{object="de\"als\n"} 0.001
# TYPE flit_batch_settled_total counter
flit_batch_settled_total{object="contacts"} 2
flit_batch_settled_total{object="de\"als\n"} 1
)");
  EXPECT_EQ(metrics.value_of("flit_batch_settled_took_seconds_total{object=\"contacts\"}"), 2000);
}

TEST(Metrics, ALabelOfManyValuesDoesNotFillTheMemory) {
  Metrics metrics;
  for (int i = 0; i < 2000; ++i)
    metrics.on(Event("seen", Level::debug).label("id", std::to_string(i)));

  EXPECT_NE(metrics.text().find("flit_metrics_left_out_total 1000\n"), std::string::npos);
}

TEST(EventHub, ManyThreadsMayEmitWhileSubscribersComeAndGo) {
  Metrics metrics;
  EventHub hub;
  const auto counted = hub.subscribe(metrics);
  std::vector<std::string> seen;
  {
    std::vector<std::jthread> lanes;
    lanes.reserve(4);
    for (int lane = 0; lane < 4; ++lane)
      lanes.emplace_back([&] {
        for (int i = 0; i < 250; ++i) emit(hub, BatchSettled{.object = "contacts", .done = 1});
      });
    for (int i = 0; i < 50; ++i) {
      Metrics passing;
      const auto subscription = hub.subscribe(passing);
    }
  }

  EXPECT_EQ(metrics.value_of("flit_batch_settled_done_total{object=\"contacts\"}"), 1000);
}

}  // namespace
}  // namespace flit
