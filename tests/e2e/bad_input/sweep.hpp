#pragma once
/// @file What people are told when something is wrong: case → exit code → text, as a golden file.
///
/// A sweep types commands of the real product and writes down what each said on standard error.
/// What differs from machine to machine (folders, ports, progress) is left out, so that the golden
/// files below tests/golden/e2e read like the answers that a person gets.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/e2e/migration/both_ends.hpp"

namespace flit::test {

class Sweep {
 public:
  explicit Sweep(const BothEnds& ends) : ends_(ends) {}

  /// Types the command, expects the exit code and writes down what it said.
  void expect(std::string_view what, int exit_code, const std::vector<std::string>& words,
              const std::vector<std::string>& environment = {});

  /// The same around a change of one file of the project, which is then as it was.
  void expect_with(std::string_view what, int exit_code, const std::string& file,
                   const std::function<std::string(std::string)>& change,
                   const std::vector<std::string>& words);

  /// Commands are typed behind this program from here on.
  void through(std::vector<std::string> launcher) { launcher_ = std::move(launcher); }

  /// Shows `shown` for what only this machine says.
  void hide(const std::string& left, const std::string& shown) {
    hidden_.emplace_back(left, shown);
  }

  /// Compares everything with tests/golden/e2e/<name>.
  void compare(std::string_view name) const;

  const std::string& all() const { return all_; }

  std::string read(const std::string& file) const;
  void write(const std::string& file, const std::string& text) const;

 private:
  static std::string told(const Finished& finished);
  std::string masked(std::string text) const;

  const BothEnds& ends_;
  std::vector<std::string> launcher_{};
  std::vector<std::pair<std::string, std::string>> hidden_{};
  std::string all_{};
};

/// The text with `found` replaced once; a test failure when it is not there.
std::string replaced(std::string text, const std::string& found, const std::string& by);

/// A change for expect_with().
std::function<std::string(std::string)> swap(std::string found, std::string by);
std::function<std::string(std::string)> append(std::string line);
std::function<std::string(std::string)> become(std::string text);

}  // namespace flit::test
