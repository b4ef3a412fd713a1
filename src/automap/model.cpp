#include "automap/model.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <fmt/core.h>

namespace flit::automap {

namespace {

constexpr std::array<std::string_view, sign_count> sign_names{"bias",
                                                              "log_odds",
                                                              "margin",
                                                              "over_none",
                                                              "contended",
                                                              "contending",
                                                              "contended_exact",
                                                              "same_meaning",
                                                              "readings_agree",
                                                              "kind_fits",
                                                              "class_agrees",
                                                              "class_contradicts",
                                                              "target_matches",
                                                              "homeless",
                                                              "slot_agrees",
                                                              "first_table",
                                                              "table_confidence",
                                                              "no_label",
                                                              "weak_meaning",
                                                              "gave_way",
                                                              "weak_required",
                                                              "contended_qualified",
                                                              "unknown_words",
                                                              "distance",
                                                              "words_lost",
                                                              "words_extra",
                                                              "derived_words",
                                                              "kind_clashes",
                                                              "unread_choices",
                                                              "second_claim",
                                                              "unnamed_table"};

constexpr std::string_view header = "flit-automap-model 1";

void write_comment(std::string& out, std::string_view key, const std::string& text) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    out += fmt::format("{} {}\n", key, text.substr(begin, end - begin));
    begin = end + 1;
  }
}

}  // namespace

std::string_view name_of(Sign sign) {
  return sign_names[static_cast<std::size_t>(sign)];
}

double Model::score(const Features& features) const {
  double sum = 0.0;
  for (std::size_t i = 0; i < feature_count; ++i) sum += weights[i] * features[i];
  return sum;
}

double Model::calibrated(const Signs& signs) const {
  double sum = 0.0;
  for (std::size_t i = 0; i < sign_count; ++i) sum += calibration[i] * signs[i];
  return 1.0 / (1.0 + std::exp(-sum));
}

std::vector<double> probabilities(const Case& entry, const Model& model) {
  std::vector<double> values;
  values.reserve(entry.candidates.size() + 1);
  for (const Candidate& candidate : entry.candidates)
    values.push_back(model.score(candidate.features));
  values.push_back(model.score(entry.none));
  const double highest = *std::max_element(values.begin(), values.end());
  double total = 0.0;
  for (double& value : values) total += value = std::exp(value - highest);
  for (double& value : values) value /= total;
  return values;
}

std::string write_model(const Model& model) {
  std::string out = std::string(header) + "\n";
  write_comment(out, "recipe", model.recipe);
  write_comment(out, "scores", model.scores);
  out += fmt::format("threshold {:.3f}\n", model.threshold);
  for (std::size_t i = 0; i < feature_count; ++i)
    out += fmt::format("weight {} {:.6f}\n", name_of(static_cast<Feature>(i)), model.weights[i]);
  for (std::size_t i = 0; i < sign_count; ++i)
    out += fmt::format("sign {} {:.6f}\n", name_of(static_cast<Sign>(i)), model.calibration[i]);
  return out;
}

namespace {

template <typename Names, typename Values>
bool set_named(std::string_view rest, const Names& names, Values& values) {
  const std::size_t blank = rest.find(' ');
  if (blank == std::string_view::npos) return false;
  const auto found = std::find(names.begin(), names.end(), rest.substr(0, blank));
  if (found == names.end()) return false;
  const std::string number(rest.substr(blank + 1));
  char* end = nullptr;
  const double value = std::strtod(number.c_str(), &end);
  if (end == number.c_str() || !std::isfinite(value)) return false;
  values[static_cast<std::size_t>(found - names.begin())] = value;
  return true;
}

bool read_line(std::string_view key, std::string_view rest, Model& model) {
  std::array<std::string_view, feature_count> features;
  for (std::size_t i = 0; i < feature_count; ++i) features[i] = name_of(static_cast<Feature>(i));
  if (key == "weight") return set_named(rest, features, model.weights);
  if (key == "sign") return set_named(rest, sign_names, model.calibration);
  if (key == "recipe") model.recipe += std::string(rest) + "\n";
  if (key == "scores") model.scores += std::string(rest) + "\n";
  if (key == "threshold") model.threshold = std::strtod(std::string(rest).c_str(), nullptr);
  return key == "recipe" || key == "scores" ||
         (key == "threshold" && model.threshold > 0.0 && model.threshold < 1.0);
}

}  // namespace

Result<Model> read_model(std::string_view text, const std::string& where) {
  Model model;
  int number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    const std::size_t blank = std::min(line.find(' '), line.size());
    const bool good =
        number == 1
            ? line == header
            : line.empty() || read_line(line.substr(0, blank),
                                        line.substr(std::min(blank + 1, line.size())), model);
    if (!good)
      return Error{.fault = Fault::setup,
                   .message = fmt::format("\"{}\" is no line of a model of this version",
                                          line.substr(0, 60)),
                   .where = fmt::format("{}:{}", where, number),
                   .remedy = "Train the model again with script/automap-train."};
  }
  if (number == 0)
    return Error{.fault = Fault::setup,
                 .message = "the model file is empty",
                 .where = where,
                 .remedy = "Train it with script/automap-train."};
  return model;
}

}  // namespace flit::automap
