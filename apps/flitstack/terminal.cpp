#include "apps/flitstack/terminal.hpp"

#include <ostream>

#include <fmt/format.h>

#include "base/json_writer.hpp"

namespace flit::app {

void Terminal::print(std::string_view line) {
  if (!settings_.json) out_ << line << '\n';
}

void Terminal::print_json(std::string_view document) {
  if (settings_.json) out_ << document << '\n';
}

void Terminal::note(std::string_view line) {
  clear_progress();
  err_ << line << '\n';
}

void Terminal::show_progress(std::string_view line, bool last) {
  if (settings_.json) return;
  if (!settings_.interactive) {
    err_ << line << '\n';
    return;
  }
  err_ << "\r\033[K" << line << (last ? "\n" : "") << std::flush;
  is_drawn_ = !last;
}

void Terminal::clear_progress() {
  if (is_drawn_) err_ << "\r\033[K";
  is_drawn_ = false;
}

void Terminal::fail(const Error& error) {
  clear_progress();
  const std::string label = settings_.colour_err ? "\033[1;31merror:\033[0m" : "error:";
  err_ << label << ' ' << error.text() << '\n';
  if (!settings_.json) return;
  json::Writer out(json::Writer::Style::pretty);
  out.begin_object().key("error").begin_object();
  out.member("fault", to_string(error.fault)).member("message", error.message);
  out.member("where", error.where).member("code", error.code).member("remedy", error.remedy);
  out.key("while").begin_array();
  for (const std::string& step : error.trail) out.string(step);
  out.end_array().end_object().end_object();
  out_ << out.take() << '\n';
}

void Terminal::next(std::string_view command) {
  if (!settings_.json) out_ << '\n' << "next: " << bold(command) << '\n';
}

std::string Terminal::bold(std::string_view text) const {
  if (!settings_.colour_out) return std::string(text);
  return fmt::format("\033[1m{}\033[0m", text);
}

}  // namespace flit::app
