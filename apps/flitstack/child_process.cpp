#include "apps/flitstack/child_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace flit::app {
namespace {

/// Signals that we block are not blocked in the child.
class Attributes {
 public:
  Attributes() {
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK);
  }
  ~Attributes() { posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

Result<pid_t> spawn(const std::vector<std::string>& command,
                    const posix_spawn_file_actions_t* actions) {
  std::vector<char*> words;
  words.reserve(command.size() + 1);
  for (const std::string& word : command)
    words.push_back(const_cast<char*>(word.c_str()));  // NOLINT: execve's signature
  words.push_back(nullptr);
  const Attributes attributes;
  pid_t child = -1;
  const int failed =
      ::posix_spawnp(&child, words.front(), actions, attributes.get(), words.data(), environ);
  if (failed == 0) return child;
  return Error{
      .fault = Fault::setup,
      .message = "the program cannot be started: " + std::generic_category().message(failed),
      .where = command.front()};
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Up to the first line end, or all there is.
std::string read_line(int from) {
  std::string line;
  char one = 0;
  while (true) {
    const ssize_t read = ::read(from, &one, 1);
    if (read < 0 && errno == EINTR) continue;
    if (read <= 0 || one == '\n') return line;
    line.push_back(one);
  }
}

}  // namespace

Result<int> run_to_end(const std::vector<std::string>& command) {
  FLIT_TRY(child, spawn(command, nullptr));
  return wait_for(child);
}

Result<Companion> Companion::start(const std::vector<std::string>& command) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    return Error{.fault = Fault::setup, .message = "no pipe can be made"};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  auto child = spawn(command, &actions);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (!child) {
    ::close(ends[0]);
    return Error(child.error());
  }
  Companion companion(*child, ends[0]);
  companion.first_line_ = read_line(ends[0]);
  if (companion.first_line_.empty())
    return Error{.fault = Fault::setup,
                 .message = "the program ended before it was ready",
                 .where = command.front()};
  return companion;
}

Companion::Companion(Companion&& other) noexcept
    : child_(std::exchange(other.child_, -1)),
      out_(std::exchange(other.out_, -1)),
      first_line_(std::move(other.first_line_)) {}

Companion::~Companion() {
  if (child_ < 0) return;
  ::kill(child_, SIGTERM);
  wait_for(child_);
  ::close(out_);
}

std::string own_folder() {
  std::error_code failed;
  return std::filesystem::read_symlink("/proc/self/exe", failed).parent_path().string();
}

}  // namespace flit::app
