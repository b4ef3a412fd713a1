#pragma once
/// @file Rows of a table of links: who else a record has to do with, and as what.
///
/// An assignment of a link says everything: its role names the association and the role over there,
/// its source id the two records. One row is written for a pair; that a platform mirrors it is the
/// platform's business (facts/dataverse.md §12, Connections).

#include <string>
#include <string_view>
#include <vector>

#include "engine/identity.hpp"
#include "engine/row_maker.hpp"

namespace flit::engine {

/// What the name of a link's role and its source id say.
struct LinkName {
  std::string association{};  ///< "contacts→companies"
  std::string role{};         ///< the pack's record of the role over there; may be empty
  std::string from{};         ///< source ids
  std::string to{};

  /// "link:contacts→companies|role further company"
  std::string assignment_role() const;
  /// "101→501"
  std::string assignment_id() const { return from + "→" + to; }
  static LinkName of(const store::Assignment& assignment);
};

/// Whether an assignment's role is that of a link.
bool is_link(std::string_view role);

class LinkRows final : public RowMaker {
 public:
  static Result<std::unique_ptr<RowMaker>> make(const Migration& migration,
                                                const std::string& table);

  const std::string& table() const override { return spec_.table; }
  const std::vector<std::string>& columns() const override { return columns_; }
  Result<std::vector<MadeRow>> make(std::span<const store::Assignment> chunk, model::Arena& arena,
                                    std::span<model::Value> cells) override;

 private:
  LinkRows(const Migration& migration, const packs::LinkTable& spec);
  MadeRow made_of(const LinkName& link, model::Arena& arena, std::span<model::Value> cells);
  bool take(std::string_view object, const std::string& id, model::Arena& arena,
            model::Value& cell) const;
  model::Value role_of(const std::string& name, model::Arena& arena) const;
  Result<void> add_labels(std::span<const store::Assignment> chunk, model::Arena& arena,
                          std::span<model::Value> cells);

  const Migration& migration_;
  const packs::LinkTable& spec_;
  Identities identities_;
  LedgerLookups lookups_;
  std::vector<std::string> columns_;  // from, to, role, label, then owner and stamp
};

}  // namespace flit::engine
