#include "base/log.hpp"

#include <array>
#include <exception>
#include <utility>

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "base/clock.hpp"
#include "base/event.hpp"
#include "base/json_writer.hpp"
#include "base/time.hpp"
#include "base/utf8.hpp"

namespace flit {
namespace {

constexpr std::size_t file_bytes = 64U << 20U;
constexpr std::size_t old_files = 3;

constexpr std::array<std::string_view, 4> level_names = {"error", "warn", "info", "debug"};

spdlog::level::level_enum theirs(Level level) {
  switch (level) {
    case Level::error:
      return spdlog::level::err;
    case Level::warn:
      return spdlog::level::warn;
    case Level::info:
      return spdlog::level::info;
    case Level::debug:
      return spdlog::level::debug;
  }
  return spdlog::level::err;
}

std::string shown(Instant instant) {
  return format_instant(instant, {.fraction_digits = 3});
}

/// One line break becomes an indented one, other control characters '?'.
std::string harmless(std::string_view message) {
  std::string out;
  out.reserve(message.size());
  for (const char c : utf8::repaired(message)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n')
      out.append("\n    ");
    else
      out.push_back((byte < 0x20 && c != '\t') || byte == 0x7F ? '?' : c);
  }
  return out;
}

/// Makes the lines; spdlog's sink locks, writes and flushes.
class SpdLogger final : public Logger {
 public:
  SpdLogger(spdlog::sink_ptr sink, const LogSettings& settings, const Clock& clock)
      : spdlog_("flit", std::move(sink)), settings_(settings), clock_(clock) {
    auto line_as_it_is =
        std::make_unique<spdlog::pattern_formatter>("%v", spdlog::pattern_time_type::utc, "\n");
    spdlog_.set_formatter(std::move(line_as_it_is));
    spdlog_.set_level(theirs(settings.level));
    spdlog_.flush_on(spdlog::level::info);
  }

  bool wants(Level level) const noexcept override { return level <= settings_.level; }

  void write(Level level, std::string_view message) noexcept override {
    if (!wants(level)) return;
    if (settings_.form == LogSettings::Form::text) {
      put(level, text_line(level, message));
      return;
    }
    json::Writer out = open_json(level);
    out.member("message", message).end_object();
    put(level, out.take());
  }

  void write_event(const Event& event) noexcept override {
    if (!wants(event.level())) return;
    if (settings_.form == LogSettings::Form::text) {
      put(event.level(), text_line(event.level(), event.sentence()));
      return;
    }
    json::Writer out = open_json(event.level());
    event.write_members(out);
    out.end_object();
    put(event.level(), out.take());
  }

 private:
  std::string text_line(Level level, std::string_view message) const {
    return fmt::format("{} {:<5} {}", shown(clock_.now()), to_string(level), harmless(message));
  }

  json::Writer open_json(Level level) const {
    json::Writer out;
    out.begin_object().member("time", shown(clock_.now())).member("level", to_string(level));
    return out;
  }

  void put(Level level, const std::string& line) noexcept {
    spdlog_.log(theirs(level), spdlog::string_view_t(line));  // reports its own failures to stderr
  }

  spdlog::logger spdlog_;
  LogSettings settings_;
  const Clock& clock_;
};

}  // namespace

std::string_view to_string(Level level) {
  return level_names.at(static_cast<std::size_t>(level));
}

std::optional<Level> level_of(std::string_view name) {
  for (const Level level : {Level::error, Level::warn, Level::info, Level::debug})
    if (to_string(level) == name) return level;
  return {};
}

void Logger::write_formatted(Level level, fmt::string_view format, fmt::format_args args) noexcept {
  if (!wants(level)) return;
  try {
    write(level, fmt::vformat(format, args));
  } catch (const std::exception& error) {
    write(Level::error, error.what());
  }
}

std::unique_ptr<Logger> log_to_stderr(const LogSettings& settings, const Clock& clock) {
  return std::make_unique<SpdLogger>(std::make_shared<spdlog::sinks::stderr_sink_mt>(), settings,
                                     clock);
}

std::unique_ptr<Logger> log_to(std::ostream& out, const LogSettings& settings, const Clock& clock) {
  return std::make_unique<SpdLogger>(std::make_shared<spdlog::sinks::ostream_sink_mt>(out),
                                     settings, clock);
}

Result<std::unique_ptr<Logger>> log_to_file(const std::filesystem::path& path,
                                            const LogSettings& settings, const Clock& clock) {
  try {
    auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(path.string(), file_bytes,
                                                                       old_files);
    return std::unique_ptr<Logger>(std::make_unique<SpdLogger>(std::move(sink), settings, clock));
  } catch (const std::exception& error) {
    return Error{.fault = Fault::setup,
                 .message = fmt::format("the log cannot be written: {}", error.what()),
                 .where = path.string(),
                 .remedy = "Name a file in a folder that exists and can be written"};
  }
}

}  // namespace flit
