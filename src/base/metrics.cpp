#include "base/metrics.hpp"

#include <string_view>
#include <variant>

#include <fmt/format.h>

namespace flit {
namespace {

using Role = EventField::Role;

/// A label's value: backslash, quote and line end are escaped (Prometheus, "Exposition formats").
void append_label(std::string& out, const EventField& field) {
  out.append(out.empty() ? "{" : ",").append(field.name).append("=\"");
  for (const char c : std::get<std::string>(field.value)) {
    if (c == '\\' || c == '"') out.push_back('\\');
    out.append(c == '\n' ? "\\n" : std::string(1, c));
  }
  out.push_back('"');
}

std::string labels_of(const Event& event) {
  std::string out;
  for (const EventField& field : event.fields())
    if (field.role == Role::label) append_label(out, field);
  return out.empty() ? out : out + "}";
}

}  // namespace

Metrics::Sample* Metrics::Samples::find_or_make(const std::string& series) {
  const auto known = by_series.find(series);
  if (known != by_series.end()) return &known->second;
  if (by_series.size() < most_series) return &by_series[series];
  ++left_out;
  return nullptr;
}

void Metrics::Samples::add(const std::string& series, std::int64_t by, bool is_milliseconds) {
  if (Sample* const sample = find_or_make(series)) {
    sample->value += by;
    sample->is_milliseconds = is_milliseconds;
  }
}

void Metrics::Samples::set(const std::string& series, std::int64_t value) {
  if (Sample* const sample = find_or_make(series)) {
    sample->value = value;
    sample->is_counter = false;
  }
}

void Metrics::Samples::note(const EventField& field, const std::string& name,
                            const std::string& labels) {
  if (field.role != Role::count && field.role != Role::gauge) return;
  const std::string series = fmt::format("{}_{}", name, field.name);
  if (const auto* took = std::get_if<std::chrono::milliseconds>(&field.value)) {
    add(series + "_seconds_total" + labels, took->count(), true);
  } else if (const auto* ratio = std::get_if<Ratio>(&field.value)) {
    set(series + "_part" + labels, ratio->part);
    set(series + "_whole" + labels, ratio->whole);
  } else if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
    if (field.role == Role::count)
      add(series + "_total" + labels, *number, false);
    else
      set(series + labels, *number);
  }
}

void Metrics::on(const Event& event) {
  const std::string labels = labels_of(event);
  const std::string name = fmt::format("flit_{}", event.name());
  samples_.with([&](Samples& samples) {
    samples.add(name + "_total" + labels, 1, false);
    for (const EventField& field : event.fields()) samples.note(field, name, labels);
  });
}

std::string Metrics::text() const {
  const Samples now = samples_.with([](const Samples& samples) { return samples; });
  std::string out;
  std::string family;
  for (const auto& [series, sample] : now.by_series) {
    const std::string name = series.substr(0, series.find('{'));
    if (name != family)
      out += fmt::format("# TYPE {} {}\n", name, sample.is_counter ? "counter" : "gauge");
    family = name;
    if (sample.is_milliseconds)
      out += fmt::format("{} {:.3f}\n", series, static_cast<double>(sample.value) / 1000);
    else
      out += fmt::format("{} {}\n", series, sample.value);
  }
  if (now.left_out > 0)
    out +=
        fmt::format("# TYPE flit_metrics_left_out_total counter\nflit_metrics_left_out_total {}\n",
                    now.left_out);
  return out;
}

std::int64_t Metrics::value_of(const std::string& series) const {
  return samples_.with([&](const Samples& samples) {
    const auto found = samples.by_series.find(series);
    return found == samples.by_series.end() ? 0 : found->second.value;
  });
}

}  // namespace flit
