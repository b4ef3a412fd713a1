/// @file Trains and evaluates the map proposer; script/automap-train and script/automap-eval call
/// it.
///
///   automap_lab train GOLD_DIR MODEL_FILE          fit on every scenario of the folder
///   automap_lab crossval GOLD_DIR PREDICTIONS      predict each system with a model that never
///                                                  saw it
///   automap_lab predict GOLD_DIR PREDICTIONS MODEL_FILE
///
/// --also DIR adds the scenarios of another folder to what is learned from; they are never
/// predicted. Destination metadata is looked for beside GOLD_DIR.
///
/// --unread DIR does the same with scenarios whose errors nobody has read; to the calibrator their
/// fields count more. `crossval DIR OUT --unread DIR` asks how such systems judge each other.
///
/// crossval --quick leaves out three groups of systems instead of each system, and fits for fewer
/// epochs: the form that the test suite can afford. It is the stricter one: it learns from less.
///
/// --lexicon DIR takes the lexicon from a folder instead of the shipped one, so
/// that a change can be tried without building.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>

#include <fmt/core.h>

#include "automap/propose.hpp"
#include "automap/shipped.hpp"
#include "automap/trainer.hpp"
#include "base/json_reader.hpp"

namespace {

namespace fs = std::filesystem;
using namespace flit;
using namespace flit::automap;

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
}

using OwnedLessons = std::vector<std::unique_ptr<Lesson>>;

Result<OwnedLessons> read_lessons(const fs::path& folder, const fs::path& metadata,
                                  const Lexicon& lexicon) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  OwnedLessons lessons;
  for (const fs::path& file : files) {
    json::Document document;
    FLIT_TRY(root, document.read(text_of(file)));
    FLIT_TRY(scenario, read_scenario(root, file.string()));
    json::Document destination_document;
    const fs::path destination_file = metadata / scenario.destination_path;
    FLIT_TRY(destination_root, destination_document.read(text_of(destination_file)));
    FLIT_TRY(destination, read_destination(destination_root, destination_file.string()));
    lessons.push_back(
        std::make_unique<Lesson>(std::move(scenario), std::move(destination), lexicon));
  }
  return lessons;
}

void predict(const Lesson& lesson, const Lexicon& lexicon, const Model& model,
             const fs::path& folder) {
  const Destination destination(lesson.destination_schema(), lexicon);
  const Proposal proposal = proposal_of(
      {lesson.guesses(), lesson.scenario().source.system, destination, lexicon, model}, model);
  write(folder / (lesson.scenario().id + ".json"), to_json(proposal));
}

// Pairs read in a vendor's or project's own mapping: the part of the labels no annotator
// influenced.
struct Published {
  int pairs = 0;
  int first = 0;
  int among_three = 0;
  int proposed = 0;  // at the threshold
  int right = 0;     // of those

  void add(const Lesson& lesson, const Model& model) {
    const std::vector<Decision> decisions = decide(lesson.cases(), lesson.guesses(), model);
    for (std::size_t i = 0; i < decisions.size(); ++i) {
      const GoldField* gold = lesson.gold(i);
      if (gold == nullptr || !gold->mapped || !gold->published) continue;
      const auto& order = decisions[i].order;
      const auto hit = std::find_if(order.begin(), order.end(), [&](int c) {
        return lesson.accepts(i, static_cast<std::size_t>(c));
      });
      const auto rank = hit - order.begin();
      ++pairs;
      first += hit != order.end() && rank == 0 ? 1 : 0;
      among_three += hit != order.end() && rank < 3 ? 1 : 0;
      const bool on = !order.empty() && decisions[i].confidence >= model.threshold;
      proposed += on ? 1 : 0;
      right += on && rank == 0 ? 1 : 0;
    }
  }

  std::string text() const {
    const auto share = [](int part, int whole) {
      return whole == 0 ? 0.0 : static_cast<double>(part) / whole;
    };
    return fmt::format("published rows only: {} pairs  P {:.3f}  R {:.3f}  R@1 {:.3f}  R@3 {:.3f}",
                       pairs, share(right, proposed), share(right, pairs), share(first, pairs),
                       share(among_three, pairs));
  }
};

// How to get the same bytes again.
std::string recipe(const Lessons& lessons, const Training& training, const Lexicon& lexicon) {
  std::size_t labelled = 0;
  for (const Lesson* lesson : lessons) labelled += lesson->scenario().gold.size();
  return fmt::format(
      "conditional logit with the alternative none, AdaGrad, {} epochs, rate {}, ridge {}, weights "
      "keep the sign of their feature\n"
      "calibrator: logistic regression, ridge {}, on predictions for systems left out one by one; "
      "fields of the {} systems whose errors nobody has read count {} times\n"
      "{} scenarios of {} systems, {} labelled fields; {} concepts, the lexicon is written by "
      "hand, gaps in it were also read off errors on these scenarios\n",
      training.epochs, training.rate, training.ridge, training.calibration_ridge,
      training.unread.size(), training.unread_weight, lessons.size(), systems_of(lessons).size(),
      labelled, lexicon.concept_count());
}

// What stands behind an option; empty where it is not given.
std::string value_of(const std::vector<std::string>& arguments, const std::string& option) {
  const auto given = std::find(arguments.begin(), arguments.end(), option);
  return given == arguments.end() || given + 1 == arguments.end() ? "" : *(given + 1);
}

Result<Lexicon> lexicon_of(const std::vector<std::string>& arguments) {
  const fs::path folder = value_of(arguments, "--lexicon");
  if (folder.empty()) return shipped_lexicon();
  const std::string words = text_of(folder / "words.txt");
  const std::string columns = text_of(folder / "columns.txt");
  const std::string homeless = text_of(folder / "homeless.txt");
  const std::string objects = text_of(folder / "objects.txt");
  const std::string values = text_of(folder / "values.txt");
  return Lexicon::read({words, columns, homeless, objects, values});
}

// Systems that are left out together.
std::vector<std::vector<std::string>> folds_of(const Lessons& lessons, bool quick) {
  const std::vector<std::string> systems = systems_of(lessons);
  std::vector<std::vector<std::string>> folds(quick ? 3 : systems.size());
  for (std::size_t i = 0; i < systems.size(); ++i) folds[i % folds.size()].push_back(systems[i]);
  return folds;
}

struct Lectures {
  Lessons judged{};  ///< of GOLD_DIR
  Lessons all{};     ///< and what is learned from besides
  Training training{};
};

void cross_validate(const Lectures& lectures, const Lexicon& lexicon, bool quick,
                    const fs::path& folder) {
  Training training = lectures.training;
  if (quick) training.epochs = 10;
  Published published;
  for (const std::vector<std::string>& fold : folds_of(lectures.judged, quick)) {
    Lessons seen = lectures.all;
    for (const std::string& system : fold) seen = without_system(seen, system);
    const Model model = fit(seen, training);
    for (const Lesson* lesson : lectures.judged) {
      const std::string& system = lesson->scenario().source_system;
      if (std::find(fold.begin(), fold.end(), system) == fold.end()) continue;
      predict(*lesson, lexicon, model, folder);
      published.add(*lesson, model);
    }
  }
  std::cout << published.text() << "\n";
}

int run(const std::vector<std::string>& arguments) {
  const std::string command = arguments[0];
  const fs::path gold = fs::path(arguments[1] + "/").lexically_normal().parent_path();
  const auto read_lexicon = lexicon_of(arguments);
  if (!read_lexicon) {
    std::cerr << read_lexicon.error().text() << "\n";
    return 2;
  }
  const Lexicon& lexicon = *read_lexicon;
  auto read = read_lessons(gold, gold.parent_path(), lexicon);
  const auto besides = [&](const std::string& option) {
    const std::string folder = value_of(arguments, option);
    return folder.empty() ? Result<OwnedLessons>(OwnedLessons{})
                          : read_lessons(folder, gold.parent_path(), lexicon);
  };
  auto further = besides("--also");
  const std::string unread_folder = value_of(arguments, "--unread");
  const bool judges_unread = !unread_folder.empty() &&
                             fs::path(unread_folder + "/").lexically_normal().parent_path() == gold;
  auto unread = judges_unread ? Result<OwnedLessons>(OwnedLessons{}) : besides("--unread");
  for (const auto* one : {&read, &further, &unread})
    if (!*one) {
      std::cerr << one->error().text() << "\n";
      return 2;
    }
  Lectures lectures;
  for (const auto& lesson : *read) lectures.judged.push_back(lesson.get());
  lectures.all = lectures.judged;
  for (const auto& lesson : *further) lectures.all.push_back(lesson.get());
  if (judges_unread)
    for (const Lesson* lesson : lectures.judged)
      lectures.training.unread.insert(lesson->scenario().source_system);
  for (const auto& lesson : *unread) {
    lectures.all.push_back(lesson.get());
    lectures.training.unread.insert(lesson->scenario().source_system);
  }
  if (command == "train") {
    Model model = fit(lectures.all, lectures.training);
    model.recipe = recipe(lectures.all, lectures.training, lexicon);
    write(arguments[2], write_model(model));
    return 0;
  }
  fs::create_directories(arguments[2]);
  if (command == "predict") {
    const auto model = read_model(text_of(arguments[3]), arguments[3]);
    if (!model) {
      std::cerr << model.error().text() << "\n";
      return 2;
    }
    for (const Lesson* lesson : lectures.judged) predict(*lesson, lexicon, *model, arguments[2]);
    return 0;
  }
  const bool quick = std::find(arguments.begin(), arguments.end(), "--quick") != arguments.end();
  cross_validate(lectures, lexicon, quick, arguments[2]);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const bool usable =
      arguments.size() >= 3 && (arguments[0] == "train" || arguments[0] == "crossval" ||
                                (arguments[0] == "predict" && arguments.size() >= 4));
  if (!usable) {
    std::cerr << "usage: automap_lab train GOLD_DIR MODEL | crossval GOLD_DIR OUT_DIR | predict "
                 "GOLD_DIR OUT_DIR MODEL   [--also DIR] [--unread DIR] [--lexicon DIR] [--quick]\n";
    return 2;
  }
  return run(arguments);
}
