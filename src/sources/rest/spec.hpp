#pragma once
/// @file What a source pack says about a REST source: addresses, keys, pages, types, look-ups.
///
/// Read from packs/sources/<name>.yaml, with the block `source:` of flitstack.yaml laid over it
/// (facts/sources.md §0.6), so that another installation needs other data and no other code. Keys
/// of JSON answers are dotted paths ("paging.next.after"). docs/reference/source_pack.md is made
/// from these descriptions. Plain data; nothing here asks anybody anything.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/spec.hpp"
#include "base/yaml_node.hpp"
#include "packs/library.hpp"
#include "sources/rest/schema_spec.hpp"

namespace flit::sources::rest {

using Query = std::vector<std::pair<std::string, spec::ScalarText>>;

struct Auth {
  enum class Kind { bearer, header, query };
  Kind kind = Kind::bearer;
  std::string name = "Authorization";
  std::string prefix{};
  std::string value_from = "env:FLIT_SOURCE_TOKEN";  ///< resolved by the application
};

struct Paging {
  enum class Kind { cursor, page };
  Kind kind = Kind::cursor;
  std::string limit_param = "limit";
  int limit = 100;
  std::string cursor_param = "after";
  std::string next_key = "paging.next.after";
  std::string page_param = "page";
  std::string total_key = "meta.total";
  std::string limit_key{};             ///< what the server really took; empty: what was asked for
  std::vector<std::string> expired{};  ///< error codes of a cursor that is no longer known
};

/// Where a record and an error keep what every source has.
struct Keys {
  std::string results = "results";
  std::string id = "id";
  std::string created_at = "created_at";
  std::string updated_at = "updated_at";
  std::string archived = "archived";
  std::string archived_at = "archived_at";
  std::string merged_into = "merged_into";
  std::string properties = "properties";
  std::string error_code = "error.code";
  std::string error_message = "error.message";
};

struct Incremental {
  enum class Precision { s, ms };
  std::string param = "updated_since";
  Precision precision = Precision::s;
  bool inclusive = true;
  int overlap_s = 300;
};

/// For the governor: what a source may be asked, published or found out.
struct Limits {
  struct WithoutHint {
    enum class Jitter { full, none };
    int base_ms = 1000;
    double factor = 2;
    int max_ms = 60'000;
    Jitter jitter = Jitter::full;
  };
  double per_second = 0;  ///< 0: no such limit
  int concurrent = 4;
  std::int64_t per_hour = 0;
  std::int64_t per_day = 0;
  WithoutHint on_429_without_hint{};
};

/// What an answer means, where the status alone does not say it.
struct AnswerRule {
  enum class Is { setup, permanent, limit, transient };
  enum class Reach { none, partial, forbidden, absent };
  enum class Until { none, midnight_utc };
  enum class Wait { none, seconds, epoch_seconds };
  int status = 0;
  std::string code{};  ///< empty: any
  Is is = Is::permanent;
  std::string says{};  ///< "missing scope {error.required_scopes}"
  std::string remedy{};
  Until until = Until::none;
  std::string wait_header{};
  Wait wait = Wait::none;
  Reach reach = Reach::none;  ///< what it says about the endpoint when it is probed
};

/// One address of the source, and what its answers hold.
struct Endpoint {
  enum class Holds { records, one, nothing };
  std::string name{};
  std::optional<std::string> path{};  ///< null: does not exist here
  Query query{};
  Holds holds = Holds::records;
  bool paged = true;
  int limit = 0;  ///< 0: that of `paging`
  std::string results{};
  std::string id{};
  std::string each{};           ///< key of a list within a record, whose elements are the records
  std::string parent_prefix{};  ///< of the outer record's keys within the inner one's
  std::string details{};        ///< path of the whole record: "/workflows/{id}"
  std::vector<std::string> omit{};  ///< keys of nested records that are not kept
  bool incremental = false;
  bool archived = false;  ///< has a list of archived records of its own
  bool nested = false;    ///< properties stand under Keys::properties, the rest becomes "@…"
  bool listed = true;     ///< part of a complete extraction
};

/// One value that a look-up adds to a record.
struct AddedField {
  std::string name{};  ///< "@stage"
  std::string take{};  ///< a key of the row, or a template: "{first_name} {last_name}"
  FieldKind type{};
  std::string label{};
  std::string options_of{};  ///< a field of the same object whose options come first
};

/// Adds to records what a small list says about an id that they hold.
struct Join {
  std::string list{};
  std::string on{};                    ///< the field that holds the id, or a list of ids
  std::vector<std::string> objects{};  ///< empty: all that have the field
  std::string separator = "; ";        ///< between the texts of several rows
  std::vector<std::string> order{};    ///< keys of a row, numbers, by which options stand
  std::vector<AddedField> add{};

  bool applies_to(std::string_view object) const;
};

/// Where the account's own facts stand.
struct FactsSpec {
  std::string endpoint{};  ///< its name; empty: there is none
  std::string account{};
  std::string account_id{};
  std::string time_zone{};
  std::string currency{};
  std::string locale{};
  std::string edition{};
};

struct FilesSpec {
  std::string path{};  ///< "/files/{id}/content"
  bool ranges = true;  ///< a cut download can go on where it ended
};

struct RestSpec {
  std::string platform{};  ///< the pack's name
  std::string base_url{};
  Auth auth{};
  std::map<std::string, std::string> headers{};
  Paging paging{};
  Keys keys{};
  Incremental incremental{};
  Limits limits{};
  std::vector<AnswerRule> answers{};
  Endpoint objects{};  ///< what is true of every object's list
  std::vector<Endpoint> endpoints{};
  std::vector<std::string> required{};  ///< lists that a migration cannot do without
  SchemaSpec schema{};
  AssociationSpec associations{};
  std::vector<Join> joins{};
  FactsSpec facts{};
  FilesSpec files{};
  std::map<std::string, std::map<std::string, std::string>> fields{};  ///< logical → source name

  const Endpoint* find_endpoint(std::string_view name) const;
  /// Every list that no endpoint describes is an object's; an endpoint that schema.order names only
  /// overrides one.
  bool is_object(std::string_view name) const;
  /// The list of an object: `objects` with what `endpoints` says of it.
  Endpoint object_endpoint(std::string_view object) const;
};

/// The pack's body with the overrides laid over it. Fault::setup with every mistake, its place, and
/// what was probably meant. An empty map overrides nothing.
Result<RestSpec> read_spec(const packs::PlatformPack& pack, const yaml::Node& overrides);

void describe(spec::Spec<Auth>& spec);
void describe(spec::Spec<Paging>& spec);
void describe(spec::Spec<Keys>& spec);
void describe(spec::Spec<Incremental>& spec);
void describe(spec::Spec<Limits>& spec);
void describe(spec::Spec<RestSpec>& spec);

}  // namespace flit::sources::rest
