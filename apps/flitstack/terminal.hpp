#pragma once
/// @file Where a command's words go: results to stdout, everything else to stderr.
///
/// With --json a command prints exactly one JSON document on stdout and keeps its prose to itself.
/// Colour is used only when stderr or stdout is a terminal and NO_COLOR is not set (main decides).

#include <iosfwd>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace flit::app {

class Terminal {
 public:
  struct Settings {
    bool json = false;
    bool colour_out = false;
    bool colour_err = false;
    bool interactive = false;  ///< stderr is a terminal
  };

  Terminal(std::ostream& out, std::ostream& err, Settings settings)
      : out_(out), err_(err), settings_(settings) {}

  bool json() const { return settings_.json; }

  /// A line of the result, for people. Silent with --json.
  void print(std::string_view line = {});
  /// The result as one JSON document. Silent without --json.
  void print_json(std::string_view document);
  /// A line about what is going on, on stderr.
  void note(std::string_view line);
  /// A line that says how far something is, on stderr: drawn over the one before it on a terminal,
  /// a line of its own elsewhere; `last` leaves it standing. Silent with --json.
  void show_progress(std::string_view line, bool last);

  /// stderr is a terminal that a line can be drawn over.
  bool is_interactive() const { return settings_.interactive; }

  /// "error: …" on stderr; with --json also {"error": {…}} on stdout.
  void fail(const Error& error);
  /// The exact next command, the last thing that a command says.
  void next(std::string_view command);

  std::string bold(std::string_view text) const;

 private:
  void clear_progress();

  std::ostream& out_;
  std::ostream& err_;
  Settings settings_;
  bool is_drawn_ = false;  // a progress line stands on the terminal's last line
};

}  // namespace flit::app
