#include "branch.hpp"

#include <cerrno>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"

namespace flit::test {
namespace {

std::string written(const DrillReport& report) {
  json::Writer out;
  out.begin_object().member("failure", report.failure).member("told", report.told);
  out.member("deaths", report.deaths).member("stops", report.stops);
  out.member("processes", report.processes).member("switches", report.switches);
  out.member("digest", std::to_string(report.digest)).end_object();
  return out.take();
}

DrillReport read_report(std::string_view text) {
  const auto document = json::parse(text);
  if (!document) return {.failure = "it crashed"};
  const json::Value root = document->root();
  const auto number = [&](std::string_view name) {
    return static_cast<std::uint64_t>(root[name].as_integer().value_or(0));
  };
  return {.failure = std::string(root["failure"].string_or("")),
          .told = std::string(root["told"].string_or("")),
          .deaths = number("deaths"),
          .stops = number("stops"),
          .processes = number("processes"),
          .switches = number("switches"),
          .digest = std::stoull(std::string(root["digest"].string_or("0")))};
}

DrillReport survived(const std::function<DrillReport()>& drill) {
  try {
    return drill();
  } catch (const std::exception& bug) {
    return {.failure = fmt::format("the drill itself failed: {}", bug.what())};
  }
}

void write_all(int pipe, std::string_view text) {
  while (!text.empty()) {
    const ssize_t done = ::write(pipe, text.data(), text.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(done));
  }
}

std::string read_all(int pipe) {
  std::string text;
  char some[16384];
  for (;;) {
    const ssize_t got = ::read(pipe, some, sizeof(some));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return text;
    text.append(some, static_cast<std::size_t>(got));
  }
}

std::string crash(int status) {
  return WIFSIGNALED(status) ? fmt::format("it crashed with signal {}", WTERMSIG(status))
                             : fmt::format("it ended with {}", WEXITSTATUS(status));
}

}  // namespace

DrillReport in_own_process(const std::function<DrillReport()>& drill) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("no process");
  if (child == 0) {
    ::close(ends[0]);
    write_all(ends[1], written(survived(drill)));
    ::_exit(0);  // what the copied objects would tidy up is not this process's
  }
  ::close(ends[1]);
  const std::string text = read_all(ends[0]);
  ::close(ends[0]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (status != 0) return {.failure = crash(status)};
  return read_report(text);
}

}  // namespace flit::test
