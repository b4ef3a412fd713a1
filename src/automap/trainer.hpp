#pragma once
/// @file Fits a model to labelled scenarios, and lets no scenario judge a model that has seen its
/// system.
///
/// The ranking weights are a conditional logit (softmax over candidates and "none") fitted by
/// AdaGrad with a fixed order; the calibrator is a ridge logistic regression on predictions for
/// systems left out of the fit. Deterministic: the same lessons give the same bytes.

#include <set>
#include <string>
#include <vector>

#include "automap/decision.hpp"
#include "automap/features.hpp"
#include "automap/model.hpp"
#include "automap/scenario.hpp"

namespace flit::automap {

/// A labelled scenario, worked up to cases. Not copyable: cases point into it.
class Lesson {
 public:
  Lesson(Scenario scenario, Schema destination, const Lexicon& lexicon);
  Lesson(const Lesson&) = delete;
  Lesson& operator=(const Lesson&) = delete;

  const Scenario& scenario() const { return scenario_; }
  const Schema& destination_schema() const { return schema_; }
  const std::vector<ObjectGuess>& guesses() const { return guesses_; }
  const std::vector<Case>& cases() const { return cases_; }

  /// The label of a case, nullptr if it is not to be judged.
  const GoldField* gold(std::size_t index) const { return labels_[index]; }

  /// Whether candidate `candidate` of case `index` is an accepted answer.
  bool accepts(std::size_t index, std::size_t candidate) const;

 private:
  Scenario scenario_;
  Schema schema_;
  Destination destination_;
  std::vector<ObjectGuess> guesses_;
  std::vector<Case> cases_;
  std::vector<const GoldField*> labels_;
};

struct Training {
  int epochs = 30;
  double rate = 0.15;
  double ridge = 2e-4;
  double calibration_ridge = 1.0;
  /// Systems whose errors nobody has read: the lexicon knows nothing of them, so they show how sure
  /// one may be of the next unknown system. Each of their fields counts this often to the
  /// calibrator.
  double unread_weight = 12.0;
  std::set<std::string> unread{};
  /// Refusals are worth more than guesses. On the unread systems, each left out, this is where
  /// precision passes 0.94 while recall still is above 0.84; from 0.86 on recall falls steeply.
  double threshold = 0.82;
};

using Lessons = std::vector<const Lesson*>;

/// Ranking weights only; the calibrator stays empty.
Model fit_ranking(const Lessons& lessons, const Training& training);

/// The whole model: ranking on all lessons, calibrator on predictions for systems left out one by
/// one.
Model fit(const Lessons& lessons, const Training& training);

/// The lessons of other systems than `system`.
Lessons without_system(const Lessons& lessons, const std::string& system);

/// Systems in order of first appearance.
std::vector<std::string> systems_of(const Lessons& lessons);

}  // namespace flit::automap
