#pragma once
/// @file S-05: which rows records speak of beside their own, before anything is built.
///
/// One assignment for each key, however many records have it. Of these the one that says most of
/// the row gives its values, the first of equals; where others say something else, that is a
/// finding. Records that do not move speak of nothing. A row that was sent stays as it is.
/// Repeatable; memory: one chunk of records and a bounded number of rows.

#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "engine/identity.hpp"
#include "engine/migration.hpp"

namespace flit::engine {

class AlsoPlan {
 public:
  /// The arguments outlive this.
  AlsoPlan(const Migration& migration, const Identities& identities, const std::string& object)
      : migration_(migration), identities_(identities), object_(object) {}

  Result<void> run(std::stop_token stop);

 private:
  using Speak = Result<void> (AlsoPlan::*)(const mapping::CompiledAlso&, const std::string&,
                                           const store::StagedRecord&, store::sql::Connection&);
  /// What one record says of a row: of each of its columns a digest, 0 where it says nothing.
  using Words = std::vector<std::uint64_t>;
  struct Row {
    store::Assignment assignment{};
    Words words{};
    bool sent = false;
    bool changed = false;  ///< since the ledger knows of it
  };

  Result<void> hear(Speak speak, const store::StagedRecord& staged, const store::Assignment& record,
                    store::sql::Connection& reader);
  Result<void> pass(Speak speak, std::stop_token stop);
  Result<void> plan(const mapping::CompiledAlso& also, const std::string& key,
                    const store::StagedRecord& staged, store::sql::Connection& reader);
  Result<void> compare(const mapping::CompiledAlso& also, const std::string& key,
                       const store::StagedRecord& staged, store::sql::Connection& reader);
  Result<Row*> known(const mapping::CompiledAlso& also, const std::string& key,
                     store::sql::Connection& reader);
  Words words_of(const mapping::CompiledAlso& also, const mapping::RecordView& view) const;
  Result<void> write();

  const Migration& migration_;
  const Identities& identities_;
  const std::string& object_;
  std::optional<mapping::RecordView> view_;
  std::map<std::string, std::unordered_map<std::string, Row>> rows_;  // by role, then key
  std::map<std::string, std::vector<std::string>> differing_;         // by name: source ids
};

}  // namespace flit::engine
