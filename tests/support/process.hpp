#pragma once
/// @file Runs a real binary and catches what it says.

#include <string>
#include <vector>

namespace flit::test {

struct Finished {
  int exit_code = -1;  ///< 128 + signal when a signal ended it
  std::string out;
  std::string err;
};

struct ProcessSettings {
  std::vector<std::string> environment{};  ///< "NAME=value", added to ours
  std::string directory{};                 ///< where it runs; empty: where we are
};

/// Runs `command` (program first, looked up in PATH unless it has a slash) to its end, standard
/// input closed. A program that cannot be started gives exit code 127.
Finished run_process(const std::vector<std::string>& command, const ProcessSettings& settings = {});

/// The path of one of our own binaries: binary("flitstack"). Of this build, or of the folder that
/// FLIT_TEST_BINARIES names: optimised ones for long runs.
std::string binary(const std::string& name);

}  // namespace flit::test
