#include "automap/trainer.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace flit::automap {

namespace {

constexpr std::size_t none_answer = static_cast<std::size_t>(-1);

struct Example {
  const Case* entry = nullptr;
  std::vector<std::size_t> accepted{};  // candidate indices, or none_answer
};

std::vector<Example> examples_of(const Lessons& lessons) {
  std::vector<Example> examples;
  for (const Lesson* lesson : lessons)
    for (std::size_t i = 0; i < lesson->cases().size(); ++i) {
      const GoldField* gold = lesson->gold(i);
      if (gold == nullptr) continue;
      Example example{&lesson->cases()[i], {}};
      if (!gold->mapped) example.accepted.push_back(none_answer);
      if (gold->mapped)
        for (std::size_t c = 0; c < example.entry->candidates.size(); ++c)
          if (lesson->accepts(i, c)) example.accepted.push_back(c);
      if (!example.accepted.empty()) examples.push_back(std::move(example));
    }
  return examples;
}

// A fixed shuffle: order must not depend on the standard library.
std::vector<std::size_t> order_of(std::size_t count, std::uint64_t seed) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  std::uint64_t state = seed * 6364136223846793005ULL + 1442695040888963407ULL;
  for (std::size_t i = count; i > 1; --i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    std::swap(order[i - 1], order[(state >> 33U) % i]);
  }
  return order;
}

class Ascent {
 public:
  explicit Ascent(const Training& training) : training_(training) { squares_.fill(1e-3); }

  void step(const Example& example, Model& model) {
    const std::vector<double> p = probabilities(*example.entry, model);
    const std::size_t none = p.size() - 1;
    double accepted = 0.0;
    for (const std::size_t index : example.accepted)
      accepted += p[index == none_answer ? none : index];
    std::array<double, feature_count> gradient{};
    for (std::size_t i = 0; i < p.size(); ++i) {
      const std::size_t answer = i == none ? none_answer : i;
      const bool good = std::find(example.accepted.begin(), example.accepted.end(), answer) !=
                        example.accepted.end();
      const double wanted = good ? p[i] / std::max(accepted, 1e-9) : 0.0;
      const Features& features =
          i == none ? example.entry->none : example.entry->candidates[i].features;
      const double push = wanted - p[i];
      if (std::abs(push) < 1e-9) continue;
      for (std::size_t f = 0; f < feature_count; ++f) gradient[f] += push * features[f];
    }
    for (std::size_t f = 0; f < feature_count; ++f) {
      const double g = gradient[f] - training_.ridge * model.weights[f];
      squares_[f] += g * g;
      model.weights[f] += training_.rate * g / std::sqrt(squares_[f]);
      if (model.weights[f] * direction_of(static_cast<Feature>(f)) < 0.0) model.weights[f] = 0.0;
    }
  }

 private:
  const Training& training_;
  std::array<double, feature_count> squares_{};
};

struct Observation {
  Signs signs{};
  double right = 0.0;
  double weight = 1.0;
};

void observe(const Lesson& lesson, const Model& model, double weight,
             std::vector<Observation>& into) {
  const std::vector<Decision> decisions = decide(lesson.cases(), lesson.guesses(), model);
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    if (lesson.gold(i) == nullptr || decisions[i].order.empty()) continue;
    const bool right = lesson.gold(i)->mapped &&
                       lesson.accepts(i, static_cast<std::size_t>(decisions[i].order.front()));
    into.push_back({decisions[i].signs, right ? 1.0 : 0.0, weight});
  }
}

// Solves a x = b for a small symmetric positive matrix, in place.
Signs solve(std::array<Signs, sign_count> a, Signs b) {
  for (std::size_t k = 0; k < sign_count; ++k)
    for (std::size_t i = k + 1; i < sign_count; ++i) {
      const double ratio = a[i][k] / a[k][k];
      for (std::size_t j = k; j < sign_count; ++j) a[i][j] -= ratio * a[k][j];
      b[i] -= ratio * b[k];
    }
  for (std::size_t k = sign_count; k-- > 0;) {
    for (std::size_t j = k + 1; j < sign_count; ++j) b[k] -= a[k][j] * b[j];
    b[k] /= a[k][k];
  }
  return b;
}

void fit_calibration(const std::vector<Observation>& observations, double ridge, Model& model) {
  model.calibration.fill(0.0);
  for (int round = 0; round < 25; ++round) {
    std::array<Signs, sign_count> curvature{};
    Signs gradient{};
    for (std::size_t i = 0; i < sign_count; ++i) {
      curvature[i][i] = i == 0 ? 1e-6 : ridge;
      gradient[i] = i == 0 ? 0.0 : -ridge * model.calibration[i];
    }
    for (const Observation& o : observations) {
      const double p = model.calibrated(o.signs);
      const double w = o.weight * std::max(p * (1.0 - p), 1e-6);
      for (std::size_t i = 0; i < sign_count; ++i) {
        gradient[i] += o.weight * (o.right - p) * o.signs[i];
        for (std::size_t j = 0; j < sign_count; ++j) curvature[i][j] += w * o.signs[i] * o.signs[j];
      }
    }
    const Signs step = solve(curvature, gradient);
    for (std::size_t i = 0; i < sign_count; ++i)
      model.calibration[i] += std::clamp(step[i], -2.0, 2.0);
  }
}

}  // namespace

namespace {
std::vector<Case> all_cases(const std::vector<ObjectGuess>& guesses, const Destination& destination,
                            const Lexicon& lexicon) {
  std::vector<Case> cases;
  for (std::size_t object = 0; object < guesses.size(); ++object)
    for (Case& entry : make_cases(guesses, object, destination, lexicon))
      cases.push_back(std::move(entry));
  return cases;
}
}  // namespace

Lesson::Lesson(Scenario scenario, Schema destination, const Lexicon& lexicon)
    : scenario_(std::move(scenario)),
      schema_(std::move(destination)),
      destination_((merge(schema_, scenario_.overlay), schema_), lexicon),
      guesses_(map_objects(scenario_.source, destination_, lexicon)),
      cases_(all_cases(guesses_, destination_, lexicon)) {
  std::map<std::pair<std::string, std::string>, const GoldField*> by_name;
  for (const GoldField& gold : scenario_.gold) by_name[{gold.object, gold.field}] = &gold;
  for (const Case& entry : cases_) {
    const ObjectGuess& guess = guesses_[static_cast<std::size_t>(entry.object)];
    const FieldTerms& field = guess.parts[static_cast<std::size_t>(entry.part)]
                                  .terms.fields[static_cast<std::size_t>(entry.field)];
    const auto found = by_name.find({guess.object->name, field.field->name});
    labels_.push_back(found == by_name.end() ? nullptr : found->second);
  }
}

bool Lesson::accepts(std::size_t index, std::size_t candidate) const {
  const Candidate& choice = cases_[index].candidates[candidate];
  const TableTerms& table = destination_.tables()[static_cast<std::size_t>(choice.table)];
  const std::string& column = table.columns[static_cast<std::size_t>(choice.column)].field->name;
  return std::any_of(labels_[index]->accepted.begin(), labels_[index]->accepted.end(),
                     [&](const auto& answer) {
                       return lower_case(answer.first) == table.key &&
                              lower_case(answer.second) == lower_case(column);
                     });
}

Model fit_ranking(const Lessons& lessons, const Training& training) {
  Model model;
  const std::vector<Example> examples = examples_of(lessons);
  Ascent ascent(training);
  for (int epoch = 0; epoch < training.epochs; ++epoch)
    for (const std::size_t index : order_of(examples.size(), static_cast<std::uint64_t>(epoch) + 1))
      ascent.step(examples[index], model);
  return model;
}

Model fit(const Lessons& lessons, const Training& training) {
  std::vector<Observation> observations;
  for (const std::string& system : systems_of(lessons)) {
    const Model model = fit_ranking(without_system(lessons, system), training);
    const double weight = training.unread.count(system) > 0 ? training.unread_weight : 1.0;
    for (const Lesson* lesson : lessons)
      if (lesson->scenario().source_system == system) observe(*lesson, model, weight, observations);
  }
  Model model = fit_ranking(lessons, training);
  fit_calibration(observations, training.calibration_ridge, model);
  model.threshold = training.threshold;
  return model;
}

Lessons without_system(const Lessons& lessons, const std::string& system) {
  Lessons rest;
  for (const Lesson* lesson : lessons)
    if (lesson->scenario().source_system != system) rest.push_back(lesson);
  return rest;
}

std::vector<std::string> systems_of(const Lessons& lessons) {
  std::vector<std::string> systems;
  for (const Lesson* lesson : lessons)
    if (std::find(systems.begin(), systems.end(), lesson->scenario().source_system) ==
        systems.end())
      systems.push_back(lesson->scenario().source_system);
  return systems;
}

}  // namespace flit::automap
