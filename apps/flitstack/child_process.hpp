#pragma once
/// @file Another program, started from a command: run to its end, or kept beside us.

#include <string>
#include <vector>

#include <sys/types.h>

#include "base/result.hpp"

namespace flit::app {

/// Runs a program to its end with our own stdin, stdout and stderr; the exit code, 128 + signal
/// when a signal ended it. Fault::setup when it cannot be started.
Result<int> run_to_end(const std::vector<std::string>& command);

/// A program that runs until this goes away: then it gets SIGTERM and is waited for.
class Companion {
 public:
  /// Starts it and waits for the first line of its stdout.
  static Result<Companion> start(const std::vector<std::string>& command);
  ~Companion();
  Companion(Companion&& other) noexcept;
  Companion& operator=(Companion&&) = delete;

  const std::string& first_line() const { return first_line_; }

 private:
  Companion(pid_t child, int out) : child_(child), out_(out) {}

  pid_t child_ = -1;
  int out_ = -1;  // kept open, so that what it prints later does not end it
  std::string first_line_{};
};

/// The folder of the running binary.
std::string own_folder();

}  // namespace flit::app
