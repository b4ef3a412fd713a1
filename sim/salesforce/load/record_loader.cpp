#include "sim/salesforce/load/record_loader.hpp"

#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/salesforce/api/upsert.hpp"
#include "sim/salesforce/load/load_columns.hpp"
#include "sim/salesforce/query/store_view.hpp"
#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/setup/field_access.hpp"
#include "sim/salesforce/values/read_value.hpp"
#include "sim/salesforce/write/record_reader.hpp"
#include "sim/salesforce/write/work.hpp"

namespace flit::sim::salesforce {
namespace {

using bulk::Operation;
using bulk::RowOutcome;

constexpr std::string_view null_text = "#N/A";

Error refused(std::string code, std::string message) {
  return Error{.message = std::move(message), .code = std::move(code)};
}

bool deletes(Operation operation) {
  return operation == Operation::remove || operation == Operation::hard_remove;
}

/// An object and the columns that are written to it; the place of the one that finds its rows.
struct LoadTarget {
  const Object& object;
  std::vector<LoadColumn> columns;
  std::optional<std::size_t> key;
};

/// One load: its columns, and a draft that is used again for every row.
class Load : public bulk::BoundLoad {
 public:
  Load(Organization& org, const RecordLoader::OnSaved& on_saved, bulk::LoadRequest request,
       LoadTarget target)
      : org_(org),
        on_saved_(on_saved),
        request_(std::move(request)),
        object_(target.object),
        columns_(std::move(target.columns)),
        key_(target.key),
        resets_(org.resets),
        user_(RecordId::parse(request_.user).value_or(org.known.user)) {}

  void apply(std::span<const std::string_view> cells, std::vector<RowOutcome>& out) override {
    const std::unique_lock lock(org_.mutex);
    if (org_.resets != resets_) return abandon(cells, out);
    Transaction transaction(*org_.store);
    Work work{org_,
              transaction,
              Caller{.user = user_},
              {.skip_bin = request_.operation == Operation::hard_remove}};
    const std::size_t width = columns_.size();
    const auto repeated = repeated_keys(cells);
    Draft draft(object_);
    std::uint64_t saved = 0;
    for (std::size_t at = 0; at < cells.size(); at += width) {
      const auto row = cells.subspan(at, width);
      draft.clear();
      RowOutcome& outcome = out.emplace_back();
      if (key_ && repeated.contains(row[*key_]))
        fail(outcome, errors::duplicate_in_request(row[*key_]));
      else if (const auto done = save(work, draft, row, outcome); !done)
        fail(outcome, done.error());
      if (outcome.success) ++saved;
    }
    transaction.commit();
    if (decides_access(object_.name)) {
      work_out_access(org_);
      org_.schema_changed();
    }
    on_saved_(object_.name, saved);
  }

  void locks_of(std::span<const std::string_view> row,
                std::vector<std::uint64_t>& out) const override {
    const std::shared_lock lock(org_.mutex);
    if (org_.resets != resets_) return;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const LoadColumn& column = columns_[i];
      if (row[i].empty() || row[i] == null_text) continue;
      if (column.kind == LoadColumn::Kind::id || column.field->is_reference())
        if (const RecordId id = named(column, row[i])) out.push_back(id.bits());
    }
  }

 private:
  /// The org was reset since the header was bound: object and columns are no more.
  void abandon(std::span<const std::string_view> cells, std::vector<RowOutcome>& out) const {
    for (std::size_t at = 0; at < cells.size(); at += columns_.size())
      out.push_back({.error = "INVALIDJOBSTATE:The org was reset:--"});
  }

  static void fail(RowOutcome& outcome, const Refusal& refusal) {
    outcome.success = outcome.created = false;
    outcome.error = refusal.bulk_text();
  }

  /// The record that a cell names, if it is there.
  RecordId named(const LoadColumn& column, std::string_view cell) const {
    if (column.kind != LoadColumn::Kind::parent) return RecordId::parse(cell).value_or(RecordId());
    Scratch scratch;
    const auto value = read_text(*column.parent_key, cell, scratch);
    if (!value) return {};
    return find_by_key(org_, *column.parent, *column.parent_key, *value).value_or(RecordId());
  }

  /// Keys of an upsert that stand in the chunk more than once: none of their rows is saved (§2.5).
  std::set<std::string_view> repeated_keys(std::span<const std::string_view> cells) const {
    std::set<std::string_view> repeated;
    if (!key_) return repeated;
    std::set<std::string_view> seen;
    for (std::size_t at = *key_; at < cells.size(); at += columns_.size())
      if (!cells[at].empty() && !seen.insert(cells[at]).second) repeated.insert(cells[at]);
    return repeated;
  }

  Answer<void> save(Work& work, Draft& draft, std::span<const std::string_view> row,
                    RowOutcome& outcome) {
    FLIT_TRY_VOID(read(draft, row));
    switch (request_.operation) {
      case Operation::insert: {
        if (!id_of(row).empty())
          return refuse("INVALID_FIELD_FOR_INSERT_UPDATE", "cannot specify Id in an insert call",
                        {"Id"});
        FLIT_TRY(id, create_record(work, draft));
        return done(outcome, id, true);
      }
      case Operation::update: {
        FLIT_TRY(before, live_record(org_, object_, id_of(row)));
        const RecordId id = before->head.id;
        outcome.id = id.text();
        FLIT_TRY_VOID(update_record(work, id, draft));
        return done(outcome, id, false);
      }
      case Operation::upsert:
        return upsert(work, draft, row, outcome);
      case Operation::remove:
      case Operation::hard_remove: {
        FLIT_TRY(before, live_record(org_, object_, id_of(row)));
        const RecordId id = before->head.id;
        outcome.id = id.text();
        FLIT_TRY_VOID(delete_record(work, id));
        return done(outcome, id, false);
      }
    }
    return {};
  }

  Answer<void> upsert(Work& work, Draft& draft, std::span<const std::string_view> row,
                      RowOutcome& outcome) {
    const Field& key = *columns_[*key_].field;
    const std::string_view cell = row[*key_] == null_text ? std::string_view() : row[*key_];
    if (cell.empty() && key.home != Home::id)
      return refuse("MISSING_ARGUMENT", fmt::format("{} not specified", key.name), {key.name});
    FLIT_TRY(value, read_text(key, cell, draft.scratch));
    FLIT_TRY(upserted, upsert_record(work, key, value, draft));
    return done(outcome, upserted.id, upserted.created);
  }

  static Answer<void> done(RowOutcome& outcome, RecordId id, bool created) {
    outcome.success = true;
    outcome.created = created;
    outcome.id = id.text();
    return {};
  }

  /// Fills the draft: an empty cell is ignored, #N/A sets null (§3).
  Answer<void> read(Draft& draft, std::span<const std::string_view> row) const {
    if (deletes(request_.operation)) return {};
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const LoadColumn& column = columns_[i];
      const std::string_view text = row[i];
      if (text.empty() || column.kind == LoadColumn::Kind::id || i == key_) continue;
      if (text == null_text) {
        draft.set(*column.field, Cell{});
        continue;
      }
      if (column.kind == LoadColumn::Kind::field) {
        FLIT_TRY(cell, read_text(*column.field, text, draft.scratch));
        draft.set(*column.field, cell);
        continue;
      }
      FLIT_TRY(key, read_text(*column.parent_key, text, draft.scratch));
      FLIT_TRY(parent, find_by_key(org_, *column.parent, *column.parent_key, key));
      draft.set(*column.field, Cell::of_id(parent));
    }
    return {};
  }

  std::string_view id_of(std::span<const std::string_view> row) const {
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i].kind == LoadColumn::Kind::id) return row[i] == null_text ? "" : row[i];
    return {};
  }

  Organization& org_;
  const RecordLoader::OnSaved& on_saved_;
  bulk::LoadRequest request_;
  const Object& object_;
  std::vector<LoadColumn> columns_;
  std::optional<std::size_t> key_;  // of an upsert
  std::uint64_t resets_;            // of the org, when the header was bound
  RecordId user_;
};

/// The column of the upsert's key.
Result<std::optional<std::size_t>> key_column(const bulk::LoadRequest& request,
                                              const std::vector<LoadColumn>& columns) {
  if (request.operation != Operation::upsert) return std::optional<std::size_t>();
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].kind != LoadColumn::Kind::parent &&
        text::equals_ascii_fold(columns[i].field->name, request.external_id_field))
      return std::optional(i);
  return refused("INVALIDBATCH",
                 "InvalidBatch : Field name not found : " + request.external_id_field);
}

}  // namespace

Result<void> RecordLoader::check(const bulk::LoadRequest& request) const {
  const std::shared_lock lock(org_.mutex);
  const Object* object = org_.catalogue->find(request.object);
  if (object == nullptr)
    return refused("INVALIDENTITY",
                   fmt::format("Entity '{}' is not supported by the Bulk API.", request.object));
  if (request.operation == Operation::hard_remove && !org_.settings.permissions.bulk_hard_delete)
    return refused("FEATURENOTENABLED",
                   "hardDelete operation requires special user profile permission, please contact "
                   "your system administrator");
  if (request.operation != Operation::upsert) return {};
  if (!key_field(*object, request.external_id_field))
    return refused("INVALIDJOB",
                   fmt::format("Field name provided, {} does not match an External ID, Salesforce "
                               "Id, or indexed field for {}",
                               request.external_id_field, object->name));
  return {};
}

Result<std::unique_ptr<bulk::BoundLoad>> RecordLoader::bind(const bulk::LoadRequest& request,
                                                            std::span<const std::string> header) {
  const std::shared_lock lock(org_.mutex);
  const Object* object = org_.catalogue->find(request.object);
  if (object == nullptr)
    return refused("INVALIDENTITY",
                   fmt::format("Entity '{}' is not supported by the Bulk API.", request.object));
  FLIT_TRY(columns, bind_columns(org_, *object, header));
  const bool only_id = columns.size() == 1 && columns.front().kind == LoadColumn::Kind::id;
  if (deletes(request.operation) && !only_id)
    return refused("CLIENTINPUTERROR", "ClientInputError : a delete job has one column, Id");
  FLIT_TRY(key, key_column(request, columns));
  return std::unique_ptr<bulk::BoundLoad>(std::make_unique<Load>(
      org_, on_saved_, request, LoadTarget{*object, std::move(columns), key}));
}

void RecordLoader::read(const Use& use) const {
  const std::shared_lock lock(org_.mutex);
  const std::string user = org_.known.user.text();
  use(org_.view(), {.now_ms = org_.now_ms(), .user = user});
}

}  // namespace flit::sim::salesforce
