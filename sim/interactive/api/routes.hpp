#pragma once
/// @file The table of all endpoints: method, path, scope, module, who answers (facts/sources.md
/// §1.4).

#include <optional>
#include <string_view>
#include <vector>

#include "sim/interactive/api/call.hpp"

namespace flit::sim::interactive {

struct Route {
  std::string_view method;
  std::string_view path;    ///< its template, "/objects/{object}/{id}"; "{…}" matches one segment
  std::string_view scope;   ///< empty: none is needed
  std::string_view module;  ///< empty: the core, or decided by the object
  Handler handler;          ///< null: not part of this installation
};

struct FoundRoute {
  const Route* route;
  std::vector<std::string_view> captures;
};

/// `segments` without "api", "v1". Of two routes that match, literal segments win.
std::optional<FoundRoute> find_route(std::string_view method,
                                     const std::vector<std::string>& segments);

}  // namespace flit::sim::interactive
