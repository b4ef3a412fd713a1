#pragma once
/// @file A REST source as the engine sees it: facts, schema, lists, pages, files.
///
/// Joins the parts of this room: the pack says what to ask (spec.hpp), Caller asks, place.hpp says
/// where a list goes on, payload.hpp makes records. A page is one request, plus one for each record
/// that has details of its own, plus, for the first page that needs one, the small lists that
/// records look up. Those are read again whenever listings() is asked, because that begins a pass.
/// Two lanes that want the same small list at once may both ask for it; nobody waits for anybody.
/// Reads only (facts/sources.md §0.1). Thread-safe.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "base/sync.hpp"
#include "http/transport.hpp"
#include "model/source.hpp"
#include "sources/rest/caller.hpp"
#include "sources/rest/join_table.hpp"
#include "sources/rest/payload.hpp"
#include "sources/rest/place.hpp"
#include "sources/rest/spec.hpp"

namespace flit::sources::rest {

class RestSource final : public model::SourceSchema,
                         public model::SourceReader,
                         public model::SourceFiles {
 public:
  /// `transport` and `clock` outlive the source. Fault::setup: base_url is no URL.
  static Result<std::unique_ptr<RestSource>> open(http::Transport& transport, const Clock& clock,
                                                  RestSpec spec, Secret credential);

  /// The account, and a verdict for each endpoint and object (G-INT-4).
  Result<model::SourceFacts> facts(std::stop_token stop) override;
  Result<model::Schema> describe(std::stop_token stop) override;

  /// What is not in RestSpec::required and cannot be reached is left out; facts() says why.
  Result<std::vector<model::Listing>> listings(std::stop_token stop) override;

  /// `changed_since` is a watermark: the pack's overlap is subtracted here. Records that change
  /// while such a pass runs are left to the next one.
  Result<model::Page> read(const model::Listing& listing, const std::optional<model::Cursor>& from,
                           std::stop_token stop) override;

  Result<void> download(std::string_view file_id, std::uint64_t offset, const model::ByteSink& sink,
                        std::stop_token stop) override;

 private:
  /// A small list on its way into the table of a join.
  struct Loading {
    std::optional<model::Cursor> next{};
    std::size_t pages = 0;
    std::unique_ptr<JoinTable> table{};
  };
  /// Shared because a pass may begin while another lane still looks something up.
  using TablePtr = std::shared_ptr<const JoinTable>;
  struct Tables {
    std::map<const Join*, TablePtr> ready{};
    std::map<const Join*, Loading> loading{};
  };
  /// What to ask for one listing.
  struct Target {
    Endpoint endpoint{};
    bool is_association = false;
  };

  RestSource(http::Transport& transport, const Clock& clock, RestSpec spec, http::Url base,
             Secret credential);

  Result<std::vector<model::Object>> objects(std::stop_token stop);
  Result<void> add_fields(model::Object& object, std::stop_token stop);
  Result<model::Reach> probe(const Endpoint& endpoint, bool archived, std::stop_token stop);
  Result<bool> is_listed(const Endpoint& endpoint, bool archived, std::stop_token stop);
  void forget();

  Target target_of(const model::Listing& listing) const;
  int limit_of(const Endpoint& endpoint) const;
  Result<Heard> ask(const Target& target, bool archived, const Place& place, std::stop_token stop);
  Result<Heard> ask_or_restart(const Target& target, bool archived, Place& place,
                               std::stop_token stop);
  Result<void> take(const Target& target, const Heard& heard, model::Page& page,
                    std::stop_token stop);
  /// Where the list goes on; what changed since the pass began is left to the next one.
  Result<void> go_on(const Endpoint& endpoint, const Heard& heard, Place& place,
                     model::Page& page) const;
  Result<void> take_row(const Endpoint& endpoint, const RecordMaker& maker, json::Value row,
                        std::vector<model::Record>& records, std::stop_token stop);

  Result<Lookups> lookups_for(const Endpoint& endpoint, std::vector<TablePtr>& keep,
                              std::stop_token stop);
  Result<TablePtr> table_of(const Join& join, std::stop_token stop);
  static Result<void> extend(Tables& tables, const Join& join, std::size_t pages,
                             const model::Page& page);

  RestSpec spec_;
  Caller caller_;
  Sync<Tables> tables_;
  Sync<std::map<std::string, model::Reach>> probed_;  // until the call that asked has its answer
};

}  // namespace flit::sources::rest
