#pragma once
/// @file One request on its way through an endpoint: what it may see and what it asked.
///
/// Endpoints are free functions, one file per group; api/routes.cpp has the table of all of them.

#include <string_view>
#include <vector>

#include "sim/base/request.hpp"
#include "sim/base/response.hpp"
#include "sim/interactive/api/access.hpp"
#include "sim/interactive/api/api_error.hpp"
#include "sim/interactive/api/list_query.hpp"
#include "sim/interactive/store/dataset.hpp"
#include "sim/interactive/store/visibility.hpp"

namespace flit::sim::interactive {

struct Call {
  const Dataset& data;
  const Visibility& visibility;
  const Token* token;  ///< null only for what needs none
  const Request& request;
  std::int64_t now_ms;
  std::vector<std::string_view> captures{};  ///< what stood in the {…} of the path

  const Target& target() const { return request.target; }
  ListRules rules(std::string list, std::size_t most = 100) const {
    return {.list = std::move(list), .most = most, .now_ms = now_ms};
  }
};

using Handler = Checked<Response> (*)(const Call&);

// schema_endpoints.cpp
Checked<Response> get_me(const Call& call);
Checked<Response> get_account(const Call& call);
Checked<Response> get_modules(const Call& call);
Checked<Response> get_objects(const Call& call);
Checked<Response> get_properties(const Call& call);
Checked<Response> get_association_types(const Call& call);

// object_endpoints.cpp
Checked<Response> list_records(const Call& call);
Checked<Response> get_record(const Call& call);
Checked<Response> count_records(const Call& call);
Checked<Response> batch_read(const Call& call);

// association_endpoints.cpp
Checked<Response> list_edges(const Call& call);
Checked<Response> list_edges_of_record(const Call& call);

// catalogue_endpoints.cpp
Checked<Response> list_owners(const Call& call);
Checked<Response> get_pipelines(const Call& call);
Checked<Response> list_stage_history(const Call& call);
Checked<Response> list_stage_history_of_deal(const Call& call);
Checked<Response> list_tags(const Call& call);
Checked<Response> list_workflows(const Call& call);
Checked<Response> get_workflow(const Call& call);
Checked<Response> get_clause_library(const Call& call);
Checked<Response> list_clauses(const Call& call);
Checked<Response> get_clause_body(const Call& call);

// file_endpoints.cpp
Checked<Response> list_files(const Call& call);
Checked<Response> get_file(const Call& call);
Checked<Response> get_file_content(const Call& call);
/// GET /_cdn/{key}: outside the API, without a token, with errors of its own.
Response get_signed_content(const Dataset& data, const Request& request, std::int64_t now_ms);

/// A number that every browser could hold, or 404: ids that are no numbers name nothing.
Checked<std::uint64_t> id_of(std::string_view text);

/// The table of an object that exists and whose module is there.
Checked<const RecordTable*> table_of(const Call& call, std::string_view object);

}  // namespace flit::sim::interactive
