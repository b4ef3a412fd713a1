#pragma once
/// @file A real binary that runs beside the test: read its first line, talk to it, end it.
///
/// The process is killed when the object goes away. Reads have a deadline of thirty seconds.

#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace flit::test {

class BackgroundProcess {
 public:
  /// Program first; its stderr goes to ours.
  explicit BackgroundProcess(const std::vector<std::string>& command);
  ~BackgroundProcess();
  BackgroundProcess(const BackgroundProcess&) = delete;
  BackgroundProcess& operator=(const BackgroundProcess&) = delete;

  /// The next line of its stdout, without the line end; empty when there is none in time.
  std::optional<std::string> read_line();

  pid_t pid() const { return child_; }

  /// Sends the signal and waits for the end: the exit code, or 128 + signal.
  int end_with(int signal);

 private:
  pid_t child_ = -1;
  int out_ = -1;
  std::string buffer_;
};

}  // namespace flit::test
