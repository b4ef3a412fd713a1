// `flitstack paths`: which migrations this version knows.

#include <algorithm>

#include <fmt/format.h>

#include "apps/flitstack/command.hpp"
#include "apps/flitstack/session.hpp"
#include "base/json_writer.hpp"

namespace flit::app {
namespace {

std::string_view kind_of(packs::RowKind kind) {
  switch (kind) {
    case packs::RowKind::one_to_one:
      return "1:1";
    case packs::RowKind::one_to_many:
      return "1:many";
    case packs::RowKind::lossy:
      return "lossy";
  }
  return "";
}

long rows_one_to_one(const packs::PathPack& path) {
  return std::count_if(path.rows.begin(), path.rows.end(), [](const packs::PathRow& row) {
    return row.kind == packs::RowKind::one_to_one;
  });
}

void write_path(json::Writer& out, const packs::PathPack& path) {
  out.begin_object().member("path", path.path).member("title", path.title);
  out.key("stated").begin_object().member("one_to_one", path.stated.one_to_one);
  out.member("objects", path.stated.objects).member("grade", path.stated.grade);
  out.member("timeline", path.stated.timeline).end_object();
  out.key("computed").begin_object().member("one_to_one", rows_one_to_one(path));
  out.member("objects", path.rows.size()).end_object();
  out.key("rows").begin_array();
  for (const packs::PathRow& row : path.rows) {
    out.begin_object().member("id", row.id).member("source", row.source);
    out.member("destination", row.destination).member("kind", kind_of(row.kind));
    out.member("what", row.what).member("held", row.held).end_object();
  }
  out.end_array().end_object();
}

Result<Exit> list(const Invocation& invocation) {
  FLIT_TRY(library, library_of(invocation.global));
  json::Writer out(json::Writer::Style::pretty);
  out.begin_array();
  for (const packs::PathPack& path : library.paths()) {
    write_path(out, path);
    invocation.terminal.print(fmt::format("{:<32} {}, {} of {} objects 1:1", path.path, path.title,
                                          rows_one_to_one(path), path.rows.size()));
  }
  out.end_array();
  invocation.terminal.print_json(out.take());
  invocation.terminal.next("flitstack paths show PATH");
  return Exit::done;
}

Result<Exit> show(const Invocation& invocation) {
  FLIT_TRY(library, library_of(invocation.global));
  FLIT_TRY(path, library.path(invocation.arguments.value_or("PATH", "")));
  json::Writer out(json::Writer::Style::pretty);
  write_path(out, *path);
  Terminal& terminal = invocation.terminal;
  terminal.print_json(out.take());
  terminal.print(terminal.bold(path->title));
  terminal.print(fmt::format("stated: {} of {} objects 1:1, complexity {}, {}",
                             path->stated.one_to_one, path->stated.objects, path->stated.grade,
                             path->stated.timeline));
  for (const packs::PathRow& row : path->rows) {
    terminal.print(fmt::format("\n{}  {} → {}  ({})", terminal.bold(row.id), row.source,
                               row.destination, kind_of(row.kind)));
    terminal.print("    " + row.what);
    if (!row.held.empty()) terminal.print("    not moved by this version: " + row.held);
  }
  terminal.next("flitstack init " + path->path + " DIR --source-url U --destination-url U");
  return Exit::done;
}

}  // namespace

Command paths_command() {
  Command command;
  command.name = "paths";
  command.summary = "which migrations this version knows, row by row";
  command.teaching = "A path is a source, a destination, and what becomes of each object between.";
  Command listing;
  listing.name = "list";
  listing.summary = "all paths";
  listing.run = list;
  Command showing;
  showing.name = "show";
  showing.summary = "one path, row by row";
  showing.options = {{"PATH", "PATH", "The path's name.", Option::Kind::value, true}};
  showing.run = show;
  command.subcommands = {listing, showing};
  return command;
}

}  // namespace flit::app
