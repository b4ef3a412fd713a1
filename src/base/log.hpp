#pragma once
/// @file The log: a Logger is handed to whoever has something to say.
///
/// What the levels mean: `error`, a person must act; `warn`, odd, but nothing is lost; `info`, a
/// few lines per phase; `debug`, per batch; nothing per record at any level. A line holds counts,
/// keys and names, never a record's values; a Secret cannot be formatted, so it cannot be logged.
/// What happens often is said as a typed event (base/event.hpp), which is also counted and shown
/// live. Thread-safe; writing never fails and never throws. spdlog writes, seen only in log.cpp.

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string_view>

#include <fmt/core.h>

#include "base/result.hpp"

namespace flit {

class Clock;
class Event;

enum class Level : std::uint8_t { error, warn, info, debug };

/// "error", "warn", "info", "debug".
std::string_view to_string(Level level);
std::optional<Level> level_of(std::string_view name);

class Logger {
 public:
  virtual ~Logger() = default;

  virtual bool wants(Level level) const noexcept = 0;
  virtual void write(Level level, std::string_view message) noexcept = 0;
  virtual void write_event(const Event& event) noexcept = 0;

  template <typename... Args>
  void error(fmt::format_string<Args...> format, Args&&... args) {
    write_formatted(Level::error, format, fmt::make_format_args(args...));
  }
  template <typename... Args>
  void warn(fmt::format_string<Args...> format, Args&&... args) {
    write_formatted(Level::warn, format, fmt::make_format_args(args...));
  }
  template <typename... Args>
  void info(fmt::format_string<Args...> format, Args&&... args) {
    write_formatted(Level::info, format, fmt::make_format_args(args...));
  }
  template <typename... Args>
  void debug(fmt::format_string<Args...> format, Args&&... args) {
    write_formatted(Level::debug, format, fmt::make_format_args(args...));
  }

 private:
  void write_formatted(Level level, fmt::string_view format, fmt::format_args args) noexcept;
};

/// Says nothing; for code under test whose words do not matter.
class QuietLogger final : public Logger {
 public:
  bool wants(Level) const noexcept override { return false; }
  void write(Level, std::string_view) noexcept override {}
  void write_event(const Event&) noexcept override {}
};

struct LogSettings {
  enum class Form : std::uint8_t {
    text,        ///< 2026-11-02T08:00:00.123Z warn  12 owners have no match
    json_lines,  ///< {"time":"…","level":"warn","message":"…"}; an event adds its name and fields
  };
  Level level = Level::info;  ///< this one and all graver ones
  Form form = Form::text;
};

/// A line break in a message starts an indented line, other control characters become '?', so that
/// no text from outside can pretend to be a line of ours. `clock` outlives the logger.
std::unique_ptr<Logger> log_to_stderr(const LogSettings& settings, const Clock& clock);
std::unique_ptr<Logger> log_to(std::ostream& out, const LogSettings& settings, const Clock& clock);

/// Appends; at 64 MiB the file is renamed to name.1.log and so on, three old ones are kept.
Result<std::unique_ptr<Logger>> log_to_file(const std::filesystem::path& path,
                                            const LogSettings& settings, const Clock& clock);

}  // namespace flit
