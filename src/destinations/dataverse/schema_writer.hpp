#pragma once
/// @file SchemaWriter of Dataverse: tables, columns, choices, relationships and keys, one at a
/// time.
///
/// What is there already as asked is success, what is there otherwise is Fault::permanent with
/// found and expected (facts/dataverse.md §11). Everything new goes into the pack's solution under
/// its publisher, both made with the first change. A key is done when its index is Active; until
/// then apply() answers Fault::transient with the time after which to ask again, and never waits
/// itself. The platform serialises changes of schema, so call from one lane.

#include <map>
#include <memory>
#include <string>

#include "base/sync.hpp"
#include "destinations/dataverse/metadata.hpp"
#include "destinations/dataverse/web_api.hpp"
#include "model/destination.hpp"

namespace flit::destinations::dataverse {

class SchemaWriter final : public model::SchemaWriter {
 public:
  /// `api` and `metadata` outlive this.
  SchemaWriter(const WebApi& api, Metadata& metadata) : api_(api), metadata_(metadata) {}

  Result<void> apply(const model::SchemaChange& change, std::stop_token stop) override;
  Result<void> revert(const model::SchemaChange& change, std::stop_token stop) override;
  Result<void> publish(std::span<const std::string> tables, std::stop_token stop) override;
  Result<std::vector<std::string>> scaffolding(std::stop_token stop) override;
  Result<void> remove_scaffolding(std::span<const std::string> kept, std::stop_token stop) override;

 private:
  using Objects = std::map<std::string, std::shared_ptr<const model::Object>, std::less<>>;

  Result<void> prepare_solution(std::stop_token stop);
  /// Empty: there is none yet.
  Result<std::string> publisher_named(std::stop_token stop) const;
  Result<std::string> publisher_id(std::stop_token stop);
  /// The row of that unique name; empty: it is not there.
  Result<std::string> row_named(std::string_view set, std::string_view key, std::string_view name,
                                std::stop_token stop) const;

  Result<void> make(const model::CreateTable& change, std::stop_token stop);
  Result<void> make(const model::CreateColumn& change, std::stop_token stop);
  Result<void> make(const model::CreateChoice& change, std::stop_token stop);
  Result<void> make(const model::AddOption& change, std::stop_token stop);
  Result<void> make(const model::CreateRelationship& change, std::stop_token stop);
  Result<void> make(const model::CreateKey& change, std::stop_token stop);

  /// The table as it stood when this writer first looked, or now; null: it is not there.
  enum class Look { kept, fresh };
  Result<std::shared_ptr<const model::Object>> object(const std::string& table, Look look,
                                                      std::stop_token stop);
  Result<std::optional<std::vector<model::Option>>> choice_options(const std::string& name,
                                                                   std::stop_token stop);
  Result<std::optional<std::string>> choice_id(const std::string& name, std::stop_token stop);
  Result<void> post(std::string target, std::string body, std::stop_token stop);

  const WebApi& api_;
  Metadata& metadata_;
  Sync<Objects> objects_;
  Sync<bool> has_solution_{false};
};

}  // namespace flit::destinations::dataverse
