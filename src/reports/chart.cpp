#include "reports/chart.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "reports/page.hpp"

namespace flit::reports {
namespace {

constexpr int width = 1080;
constexpr int label_width = 170;
constexpr int number_width = 90;
constexpr int line = 26;
constexpr int bar_height = 16;

std::string at(double place) {
  return fmt::format("{:.1f}", place);
}

void rectangle(Html& html, const std::string& name, double x, int y, double wide) {
  html.open("rect", {{"class", "s-" + name},
                     {"x", at(x)},
                     {"y", std::to_string(y)},
                     {"width", at(wide)},
                     {"height", std::to_string(bar_height)}});
}

void draw_bar(Html& html, const StackedBar& bar, int y, double scale) {
  html.element("text", bar.label,
               {{"x", std::to_string(label_width - 10)},
                {"y", std::to_string(y + 13)},
                {"text-anchor", "end"}});
  double x = label_width;
  for (const Slice& slice : bar.slices) {
    if (slice.count == 0) continue;
    const double wide = std::max(1.0, static_cast<double>(slice.count) * scale);
    rectangle(html, slice.name, x, y, wide);
    html.element("title", fmt::format("{}: {} {}", bar.label, grouped(slice.count), slice.name));
    html.close();
    x += wide;
  }
  html.element("text", grouped(bar.total()),
               {{"x", at(x + 8)}, {"y", std::to_string(y + 13)}, {"class", "soft"}});
}

void draw_legend(Html& html, const std::vector<StackedBar>& bars, int y) {
  std::vector<std::string> names;
  for (const StackedBar& bar : bars)
    for (const Slice& slice : bar.slices)
      if (slice.count > 0 && std::find(names.begin(), names.end(), slice.name) == names.end())
        names.push_back(slice.name);
  int x = label_width;
  for (const std::string& name : names) {
    rectangle(html, name, x, y, bar_height);
    html.close();
    html.element("text", name, {{"x", std::to_string(x + 22)}, {"y", std::to_string(y + 13)}});
    x += 40 + static_cast<int>(name.size()) * 8;
  }
}

}  // namespace

std::uint64_t StackedBar::total() const {
  std::uint64_t sum = 0;
  for (const Slice& slice : slices) sum += slice.count;
  return sum;
}

void draw_stacked(Html& html, const std::string& title, const std::vector<StackedBar>& bars) {
  std::uint64_t most = 1;
  for (const StackedBar& bar : bars) most = std::max(most, bar.total());
  const double scale = (width - label_width - number_width) / static_cast<double>(most);
  const int height = static_cast<int>(bars.size()) * line + 34;
  html.open("svg", {{"viewBox", fmt::format("0 0 {} {}", width, height)},
                    {"width", std::to_string(width)},
                    {"height", std::to_string(height)},
                    {"role", "img"},
                    {"aria-label", title}});
  int y = 4;
  for (const StackedBar& bar : bars) {
    draw_bar(html, bar, y, scale);
    y += line;
  }
  draw_legend(html, bars, y + 8);
  html.close();
}

void draw_share(Html& html, std::uint64_t part, std::uint64_t whole) {
  constexpr double wide = 90;
  const double filled =
      whole == 0 ? 0 : wide * static_cast<double>(part) / static_cast<double>(whole);
  html.open("svg", {{"viewBox", "0 0 90 10"},
                    {"width", "90"},
                    {"height", "10"},
                    {"role", "img"},
                    {"aria-label", fmt::format("{} of {}", part, whole)}});
  html.open("rect", {{"class", "s-empty"}, {"width", "90"}, {"height", "10"}}).close();
  html.open("rect", {{"class", "s-filled"}, {"width", at(filled)}, {"height", "10"}}).close();
  html.close();
}

}  // namespace flit::reports
