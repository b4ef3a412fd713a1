#pragma once
/// @file What a list was asked for: limit, cursor, filters (facts/sources.md §1.3).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/target.hpp"
#include "sim/interactive/api/cursor.hpp"

namespace flit::sim::interactive {

struct ListRules {
  std::string list;  ///< "objects/contacts": what cursors are bound to
  std::size_t most = 100;
  std::int64_t now_ms = 0;
};

struct ListQuery {
  std::size_t limit = 50;
  bool archived = false;
  std::optional<std::int64_t> since_ms{};  ///< in whole seconds
  std::string owner_id{};
  std::optional<ListPlace> after{};
  Cursor bound{};  ///< what the next cursor is made from
};

Checked<ListQuery> read_list_query(const Target& target, const ListRules& rules);

/// `true` or `false`, else bad_parameter.
Checked<bool> read_flag(const Target& target, std::string_view name);

/// "…SSZ" or "…SS.mmmZ", cut to whole seconds; nothing else.
Checked<std::int64_t> read_since(std::string_view text);

/// Appends `,"paging":{…}` with the link that continues this very request.
void append_paging(std::string& out, const Target& target, const ListQuery& query,
                   const ListPlace& last);

}  // namespace flit::sim::interactive
