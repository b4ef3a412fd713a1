#include "tests/support/process.hpp"

#include <array>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace flit::test {
namespace {

struct Pipe {
  Pipe() {
    if (pipe2(ends.data(), O_CLOEXEC) != 0) std::abort();
  }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void close_end(std::size_t end) {
    if (ends[end] >= 0) close(ends[end]);
    ends[end] = -1;
  }
  std::array<int, 2> ends{-1, -1};
};

[[noreturn]] void become(const std::vector<std::string>& command, const ProcessSettings& settings,
                         const Pipe& out, const Pipe& err) {
  const int nothing = open("/dev/null", O_RDONLY);
  dup2(nothing, STDIN_FILENO);
  dup2(out.ends[1], STDOUT_FILENO);
  dup2(err.ends[1], STDERR_FILENO);
  if (!settings.directory.empty() && chdir(settings.directory.c_str()) != 0) _exit(127);
  for (const std::string& variable : settings.environment) putenv(strdup(variable.c_str()));
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

/// Reads what is there into `text`; closes the pipe at its end.
void drain(Pipe& pipe, std::string& text) {
  std::array<char, 65536> buffer;
  const ssize_t count = read(pipe.ends[0], buffer.data(), buffer.size());
  if (count > 0)
    text.append(buffer.data(), static_cast<std::size_t>(count));
  else
    pipe.close_end(0);
}

void read_both(Pipe& out, Pipe& err, Finished& finished) {
  while (out.ends[0] >= 0 || err.ends[0] >= 0) {
    std::array<pollfd, 2> waiting{{{out.ends[0], POLLIN, 0}, {err.ends[0], POLLIN, 0}}};
    if (poll(waiting.data(), waiting.size(), -1) < 0) continue;
    if (waiting[0].revents != 0) drain(out, finished.out);
    if (waiting[1].revents != 0) drain(err, finished.err);
  }
}

}  // namespace

Finished run_process(const std::vector<std::string>& command, const ProcessSettings& settings) {
  Finished finished;
  Pipe out;
  Pipe err;
  const pid_t child = fork();
  if (child == 0) become(command, settings, out, err);
  out.close_end(1);
  err.close_end(1);
  read_both(out, err, finished);
  int status = 0;
  waitpid(child, &status, 0);
  finished.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return finished;
}

std::string binary(const std::string& name) {
  const char* folder = std::getenv("FLIT_TEST_BINARIES");
  return std::string(folder != nullptr ? folder : FLIT_BIN_DIR) + "/" + name;
}

}  // namespace flit::test
