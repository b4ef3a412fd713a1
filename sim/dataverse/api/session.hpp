#pragma once
/// @file What a handler is given: the environment, the call, the parsed URL, and what to write
/// with (§3, §7: a request is a transaction of its own or part of a change set).

#include "sim/dataverse/api/api_call.hpp"
#include "sim/dataverse/payload/reference.hpp"

namespace flit::sim::dataverse {

struct Session {
  Organization& org;
  const ApiCall& call;
  const Target& target;
  Work* work = nullptr;  ///< null while reading
  TextArena arena{};

  const odata::Segment& segment(std::size_t i) const { return target.path[i]; }
  std::size_t segments() const { return target.path.size(); }

  /// "https://host/api/data/v9.2/accounts(guid)"
  std::string row_url(const Table& table, const Uuid& id) const {
    return call.root + table.entity_set + "(" + id.text() + ")";
  }
};

/// A row that the URL's first segment addresses; it may not exist.
Answer<RowAddress> addressed_row(Session& session, const Table& table);

/// The same, and 404 when it does not exist.
Answer<const Row*> existing_row(Session& session, const RowAddress& address);

/// The row as a body, as return=representation and a single GET give it.
Answer<std::string> representation(Session& session, const Table& table, const Uuid& id);

// Handlers. Each knows its methods and refuses the others.
Answer<ApiReply> handle_collection(Session& session, const Table& table);
Answer<ApiReply> handle_row(Session& session, const Table& table);
Answer<ApiReply> handle_below_row(Session& session, const Table& table);
Answer<ApiReply> handle_bound_action(Session& session, const Table& table);
Answer<ApiReply> handle_row_action(Session& session, const Table& table);
Answer<ApiReply> handle_query(Session& session, const Table& table);

/// Unbound functions and actions; empty when the name is none.
std::optional<Answer<ApiReply>> handle_operation(Session& session);

/// "v9.2" → 405 with the platform's code.
Refusal wrong_method(const Session& session);

}  // namespace flit::sim::dataverse
