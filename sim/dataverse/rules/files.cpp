// Notes and e-mail attachments (fact sheet §12): size, blocked extensions, computed columns.

#include "sim/dataverse/rules/files.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/facts/line.hpp"
#include "sim/dataverse/rules/rule_set.hpp"

namespace flit::sim::dataverse {
namespace {

std::string_view text_of(const RowDraft& draft, const Table& table, std::string_view column) {
  const Cell* cell = draft.find(table.column(column)->index);
  return cell == nullptr ? std::string_view{} : cell->text;
}

Answer<void> settle_file(Work& work, const Table& table, RowDraft& draft,
                         std::string_view body_column) {
  const std::string_view body = text_of(draft, table, body_column);
  FLIT_TRY_VOID(check_file(work, text_of(draft, table, "filename"), body));
  if (draft.find(table.column(body_column)->index) == nullptr) return {};
  draft.set(table.column("filesize")->index, Cell::integer(decoded_size(body)));
  return {};
}

Answer<void> annotation_before_create(Work& work, const Table& table, RowDraft& draft) {
  const Cell* object = draft.find(table.column("objectid")->index);
  if (object != nullptr && object->has_value()) {
    const Table& target = work.catalogue().table_at(object->table);
    if (!target.has_notes)
      return refuse(errors::invalid_argument("The entity '" + target.logical_name +
                                             "' does not take notes (HasNotes is false)."));
    draft.set(table.column("objecttypecode")->index, Cell::of_text(target.logical_name));
  }
  const bool has_body = !text_of(draft, table, "documentbody").empty();
  if (has_body) draft.set(table.column("isdocument")->index, Cell::boolean(true));
  return settle_file(work, table, draft, "documentbody");
}

Answer<void> annotation_before_update(Work& work, const Table& table, const Row&, RowDraft& draft) {
  return settle_file(work, table, draft, "documentbody");
}

/// "objectid_activitypointer" leaves the kind of activity to the client's objecttypecode (§12).
Answer<void> attachment_before_create(Work& work, const Table& table, RowDraft& draft) {
  const Cell* object = draft.find(table.column("objectid")->index);
  if (object == nullptr || !object->has_value())
    return refuse(errors::required_field_missing(table.logical_name, "objectid"));
  const Table& target = work.catalogue().table_at(object->table);
  const std::uint16_t type = table.column("objecttypecode")->index;
  if (target.logical_name != "activitypointer" || draft.find(type) == nullptr)
    draft.set(type, Cell::of_text(target.logical_name));
  return settle_file(work, table, draft, "body");
}

Answer<void> attachment_before_update(Work& work, const Table& table, const Row&, RowDraft& draft) {
  return settle_file(work, table, draft, "body");
}

}  // namespace

std::int64_t decoded_size(std::string_view text) {
  std::size_t padding = 0;
  while (padding < text.size() && padding < 2 && text[text.size() - 1 - padding] == '=') ++padding;
  return static_cast<std::int64_t>(text.size() / 4 * 3 - padding);
}

Answer<void> check_file(const Work& work, std::string_view name, std::string_view body) {
  const Organization& org = work.org;
  const auto limit = org.number_of("organization", org.known.organization, "maxuploadfilesize");
  if (static_cast<std::int64_t>(body.size()) > limit.value_or(org.settings.max_upload_bytes))
    return refuse(errors::file_too_big());
  FLIT_TRY_VOID(check_extension(work, name));
  if (!body.empty() && !base64::decode(body))
    return refuse(errors::invalid_argument("The file's content is not valid base64."));
  return {};
}

Answer<void> check_extension(const Work& work, std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return {};
  const Organization& org = work.org;
  const std::string extension = facts::lower_ascii(name.substr(dot + 1));
  const auto blocked =
      facts::split(org.text_of("organization", org.known.organization, "blockedattachments"), ';');
  if (std::find(blocked.begin(), blocked.end(), extension) == blocked.end()) return {};
  return refuse(errors::other(400, 0x80043e09,
                              "The attachment is either not a valid type or is too large. It "
                              "cannot be uploaded or downloaded."));
}

const RuleSet annotation_rules{.before_create = annotation_before_create,
                               .before_update = annotation_before_update};
const RuleSet attachment_rules{.before_create = attachment_before_create,
                               .before_update = attachment_before_update};

}  // namespace flit::sim::dataverse
