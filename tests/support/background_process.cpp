#include "tests/support/background_process.hpp"

#include <array>
#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace flit::test {
namespace {

constexpr int patience_ms = 30'000;

[[noreturn]] void become(const std::vector<std::string>& command, int out) {
  dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

}  // namespace

BackgroundProcess::BackgroundProcess(const std::vector<std::string>& command) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) std::abort();
  child_ = fork();
  if (child_ == 0) become(command, ends[1]);
  close(ends[1]);
  out_ = ends[0];
}

BackgroundProcess::~BackgroundProcess() {
  if (child_ > 0) end_with(SIGKILL);
  close(out_);
}

std::optional<std::string> BackgroundProcess::read_line() {
  while (true) {
    if (const auto end = buffer_.find('\n'); end != std::string::npos) {
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      return line;
    }
    pollfd waiting{out_, POLLIN, 0};
    if (poll(&waiting, 1, patience_ms) <= 0) return std::nullopt;
    std::array<char, 4096> room{};
    const ssize_t size = read(out_, room.data(), room.size());
    if (size <= 0) return std::nullopt;
    buffer_.append(room.data(), static_cast<std::size_t>(size));
  }
}

int BackgroundProcess::end_with(int signal) {
  kill(child_, signal);
  int status = 0;
  waitpid(child_, &status, 0);
  child_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace flit::test
