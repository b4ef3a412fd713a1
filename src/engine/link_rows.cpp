#include "engine/link_rows.hpp"

#include <map>

#include <fmt/format.h>

#include "engine/row_builder.hpp"
#include "store/edges.hpp"

namespace flit::engine {
namespace {

using Kind = MadeRow::Kind;
using model::Value;

constexpr std::string_view link_prefix = "link:";
enum Place : std::size_t {
  from_place,
  to_place,
  role_place,
  label_place,
  owner_place,
  stamp_place
};

}  // namespace

bool is_link(std::string_view role) {
  return role.starts_with(link_prefix);
}

std::string LinkName::assignment_role() const {
  return fmt::format("{}{}|{}", link_prefix, association, role);
}

LinkName LinkName::of(const store::Assignment& assignment) {
  const std::string_view role = std::string_view(assignment.role).substr(link_prefix.size());
  const std::size_t bar = role.find('|');
  const auto [from, to] = store::ends_of(assignment.source_id);
  return {.association = std::string(role.substr(0, bar)),
          .role = std::string(bar == std::string_view::npos ? "" : role.substr(bar + 1)),
          .from = std::string(from),
          .to = std::string(to)};
}

LinkRows::LinkRows(const Migration& migration, const packs::LinkTable& spec)
    : migration_(migration),
      spec_(spec),
      identities_(migration.environment.ledger.info().id,
                  migration.environment.ledger.info().generation),
      lookups_(migration.environment.ledger, migration.environment.books, migration.owners),
      columns_{spec.from,           spec.to, spec.role, spec.label, migration.path.owner,
               migration.path.stamp} {}

Result<std::unique_ptr<RowMaker>> LinkRows::make(const Migration& migration,
                                                 const std::string& table) {
  for (const packs::LinkTable& spec : migration.path.link_tables)
    if (spec.table == table) return std::unique_ptr<RowMaker>(new LinkRows(migration, spec));
  return Error{.fault = Fault::setup,
               .message = "the path says nothing about links in " + table,
               .where = "path pack"};
}

Result<std::vector<MadeRow>> LinkRows::make(std::span<const store::Assignment> chunk,
                                            model::Arena& arena, std::span<Value> cells) {
  std::vector<MadeRow> made;
  for (std::size_t row = 0; row < chunk.size(); ++row)
    made.push_back(made_of(LinkName::of(chunk[row]), arena,
                           cells.subspan(row * columns_.size(), columns_.size())));
  if (lookups_.failure()) return Error(*lookups_.failure());
  FLIT_TRY_VOID(add_labels(chunk, arena, cells));
  return made;
}

MadeRow LinkRows::made_of(const LinkName& link, model::Arena& arena, std::span<Value> cells) {
  const auto [from, to] = store::ends_of(link.association);
  if (!take(from, link.from, arena, cells[from_place]) ||
      !take(to, link.to, arena, cells[to_place]))
    return {
        .kind = Kind::refused,
        .reason = "reference_not_moved",
        .detail = fmt::format("{} {} or {} {} is not over there", from, link.from, to, link.to)};
  if (!link.role.empty()) cells[role_place] = role_of(link.role, arena);
  const mapping::Lookup owner = lookups_.owner("");
  if (owner.kind == mapping::Lookup::Kind::found)
    cells[owner_place] = Value::reference(owner.target, arena);
  cells[stamp_place] = Value::integer(stamp_of(migration_.environment.ledger.info()));
  return {.kind = Kind::ready};
}

bool LinkRows::take(std::string_view object, const std::string& id, model::Arena& arena,
                    Value& cell) const {
  const mapping::Lookup lookup = lookups_.record(object, id);
  if (lookup.kind != mapping::Lookup::Kind::found) return false;
  cell = Value::reference(lookup.target, arena);
  return true;
}

Value LinkRows::role_of(const std::string& name, model::Arena& arena) const {
  for (const packs::OwnRecord& record : migration_.path.records) {
    if (record.name != name) continue;
    const std::string id = own_record(identities_, record.table, name).text();
    return Value::reference({.table = record.table, .id = id}, arena);
  }
  return {};
}

/// The source's own words for the association, where it has any.
Result<void> LinkRows::add_labels(std::span<const store::Assignment> chunk, model::Arena& arena,
                                  std::span<Value> cells) {
  std::map<std::string, std::vector<std::size_t>> rows_of;  // by association
  for (std::size_t row = 0; row < chunk.size(); ++row)
    rows_of[LinkName::of(chunk[row]).association].push_back(row);
  const auto& books = migration_.environment.books;
  return migration_.environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    for (const auto& one : rows_of) {
      const auto& association = one.first;  // not bound together: clang 14 lets no lambda see that
      const auto& rows = one.second;
      std::vector<std::string> ids;
      for (const std::size_t row : rows) ids.push_back(LinkName::of(chunk[row]).from);
      std::vector<std::string> labels(rows.size());
      FLIT_TRY_VOID(books.edges.of(reader, {association, ids},
                                   [&, &rows = rows](const store::NearEdge& edge) -> Result<void> {
                                     const bool same =
                                         LinkName::of(chunk[rows[edge.place]]).to == edge.to_id;
                                     if (!same || edge.label.empty()) return {};
                                     std::string& label = labels[edge.place];
                                     label += (label.empty() ? "" : "; ") + edge.label;
                                     return {};
                                   }));
      for (std::size_t i = 0; i < rows.size(); ++i)
        if (!labels[i].empty())
          cells[rows[i] * columns_.size() + label_place] = Value::text(labels[i], arena);
    }
    return {};
  });
}

}  // namespace flit::engine
