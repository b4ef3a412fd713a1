// Files, their versions, links and notes (fact sheet §7).

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "sim/salesforce/rules/object_rules.hpp"
#include "sim/salesforce/schema/errors.hpp"

namespace flit::sim::salesforce {
namespace {

/// "a/b/report.pdf" → "pdf".
std::string extension_of(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string() : text::ascii_lower(name.substr(dot + 1));
}

std::string_view name_of(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// FileType by extension, as far as there is a name of its own.
std::string file_type(const std::string& extension) {
  static const std::pair<std::string_view, std::string_view> special[] = {
      {"txt", "TEXT"},  {"docx", "WORD_X"},        {"doc", "WORD"},        {"xlsx", "EXCEL_X"},
      {"xls", "EXCEL"}, {"pptx", "POWER_POINT_X"}, {"ppt", "POWER_POINT"}, {"snote", "SNOTE"}};
  if (extension.empty()) return "UNKNOWN";
  for (const auto& [name, type] : special)
    if (name == extension) return std::string(type);
  return text::upper(extension);
}

/// Bytes that came with the request are put into the file store; what is said of them follows.
void store_bytes(Work& work, Draft& draft, std::string_view field) {
  const Cell bytes = draft.value(field);
  if (bytes.kind != CellKind::blob || bytes.number >= 0) return;
  const std::int64_t file = work.org.store->add_file(std::string(bytes.text));
  const std::string& content = work.org.store->file(file);
  draft.derive(field, Cell::blob(file));
  draft.derive("ContentSize", Cell::integer(static_cast<std::int64_t>(content.size())));
  draft.derive("BodyLength", Cell::integer(static_cast<std::int64_t>(content.size())));
  draft.derive("Checksum", Cell::of_text(draft.scratch.keep(hex::encode(bytes_of(md5(content))))));
}

/// A first version makes its document, before itself: it names it.
Answer<RecordId> make_document(Work& work, Draft& draft) {
  return make_record(work, "ContentDocument",
                     {{"Title", draft.value("Title")},
                      {"Description", draft.value("Description")},
                      {"OwnerId", draft.value("OwnerId")},
                      {"FileType", draft.value("FileType")},
                      {"FileExtension", draft.value("FileExtension")},
                      {"ContentSize", draft.value("ContentSize")},
                      {"PublishStatus", Cell::of_text("P")}});
}

Answer<void> prepare_version(Work& work, Draft& draft) {
  if (draft.before() == nullptr && !work.org.limits->take_file_version(work.org.now()) &&
      work.org.settings.daily_limits)
    return refuse("LIMIT_EXCEEDED", "ContentPublication Limit exceeded.");
  store_bytes(work, draft, "VersionData");
  if (draft.before() != nullptr) return {};
  const std::string_view path = draft.value("PathOnClient").text;
  if (path.empty()) return refuse(errors::required_missing({"PathOnClient"}));
  if (draft.value("VersionData").is_null())
    return refuse(errors::required_missing({"VersionData"}));
  const std::string extension = extension_of(path);
  const std::string_view kept = draft.scratch.keep(extension);
  if (draft.value("Title").is_null()) {
    const std::string_view name = name_of(path);
    draft.derive("Title",
                 Cell::of_text(name.substr(0, name.size() - (kept.empty() ? 0 : kept.size() + 1))));
  }
  draft.derive("FileExtension", Cell::of_text(kept));
  draft.derive("FileType", Cell::of_text(draft.scratch.keep(file_type(extension))));
  draft.derive("IsLatest", Cell::boolean(true));
  if (draft.value("OwnerId").is_null()) draft.derive("OwnerId", Cell::of_id(work.caller.user));
  const RecordId document = draft.value("ContentDocumentId").id();
  std::int64_t number = 1;
  if (!document) {
    FLIT_TRY(made, make_document(work, draft));
    draft.derive("ContentDocumentId", Cell::of_id(made));
  } else {
    const Field& latest = *draft.object().find("IsLatest");
    const Row* before =
        find_record(work, "ContentVersion", "ContentDocumentId", Cell::of_id(document),
                    [&](const Row& row) { return row.cell(latest).is_true(); });
    if (before != nullptr) {
      const std::string_view last = value_of(work, "ContentVersion", *before, "VersionNumber").text;
      number = std::atoll(std::string(last).c_str()) + 1;
      FLIT_TRY_VOID(change_record(work, "ContentVersion", before->head.id,
                                  {{"IsLatest", Cell::boolean(false)}}));
    }
  }
  draft.derive("VersionNumber", Cell::of_text(draft.scratch.keep(std::to_string(number))));
  return {};
}

/// The document shows its latest version; a first place of publication becomes a link.
Answer<void> publish_version(Work& work, Draft& draft, RecordId id) {
  const RecordId document = draft.value("ContentDocumentId").id();
  const bool creating = draft.before() == nullptr;
  if (creating || draft.changes("Title") || draft.changes("VersionData"))
    FLIT_TRY_VOID(change_record(work, "ContentDocument", document,
                                {{"Title", draft.value("Title")},
                                 {"LatestPublishedVersionId", Cell::of_id(id)},
                                 {"FileType", draft.value("FileType")},
                                 {"FileExtension", draft.value("FileExtension")},
                                 {"ContentSize", draft.value("ContentSize")}}));
  if (!creating) return {};
  const auto link = [&](Cell to, std::string_view share) -> Answer<void> {
    FLIT_TRY_VOID(make_record(work, "ContentDocumentLink",
                              {{"ContentDocumentId", Cell::of_id(document)},
                               {"LinkedEntityId", to},
                               {"ShareType", Cell::of_text(share)},
                               {"Visibility", Cell::of_text("AllUsers")}}));
    return {};
  };
  if (draft.value("VersionNumber").text == "1") FLIT_TRY_VOID(link(draft.value("OwnerId"), "I"));
  const Cell place = draft.value("FirstPublishLocationId");
  if (!place.is_null() && place != draft.value("OwnerId")) return link(place, "V");
  return {};
}

Answer<void> check_link(Work& work, Draft& draft) {
  if (draft.before() != nullptr) return {};
  if (draft.value("ShareType").is_null()) draft.derive("ShareType", Cell::of_text("V"));
  if (draft.value("Visibility").is_null()) draft.derive("Visibility", Cell::of_text("AllUsers"));
  const Field& entity = *draft.object().find("LinkedEntityId");
  const Row* known = find_record(
      work, "ContentDocumentLink", "ContentDocumentId", draft.value("ContentDocumentId"),
      [&](const Row& row) { return row.cell(entity) == draft.value(entity); });
  if (known != nullptr)
    return refuse(
        "DUPLICATE_VALUE",
        fmt::format("duplicate value found: LinkedEntityId duplicates value on record with id: {}",
                    known->head.id.text15()));
  return {};
}

/// All versions go with their document.
Answer<void> delete_versions(Work& work, const Row& document) {
  const Object& versions = work.org.object("ContentVersion");
  std::vector<RecordId> ids;
  work.org.store->table(versions).each_with(*versions.find("ContentDocumentId"),
                                            Cell::of_id(document.head.id), [&](const Row& row) {
                                              if (row.is_live()) ids.push_back(row.head.id);
                                              return true;
                                            });
  for (const RecordId id : ids) FLIT_TRY_VOID(delete_record(work, id));
  return {};
}

/// Content is base64 of HTML whose text is escaped; a lone "<" or "&" is refused (§7).
Answer<void> check_note(Work& work, Draft& draft) {
  const Cell content = draft.value("Content");
  if (content.kind == CellKind::blob && content.number < 0) {
    const std::string_view html = content.text;
    for (std::size_t i = 0; i < html.size(); ++i) {
      const bool bad_amp = html[i] == '&' && html.find(';', i) > i + 10;
      const char next = i + 1 < html.size() ? html[i + 1] : ' ';
      const bool bad_tag = html[i] == '<' && next != '/' && (next < 'A' || next > 'z');
      if (bad_amp || bad_tag)
        return refuse(errors::integrity("Note content isn't valid HTML: escape special characters",
                                        {"Content"}));
    }
    const std::string_view text = html.substr(0, utf8::valid_prefix(html));  // bytes may be any
    const std::string_view preview = utf8::prefix_of_utf16_units(text, 255);
    draft.derive("TextPreview", Cell::of_text(draft.scratch.keep(std::string(preview))));
  }
  store_bytes(work, draft, "Content");
  draft.derive("FileType", Cell::of_text("SNOTE"));
  draft.derive("FileExtension", Cell::of_text("snote"));
  return {};
}

Answer<void> store_attachment(Work& work, Draft& draft) {
  store_bytes(work, draft, "Body");
  return {};
}

Answer<void> check_topic(Work& work, Draft& draft) {
  if (!draft.changes("Name")) return {};
  const Row* known = find_record(work, "Topic", "Name", draft.value("Name"),
                                 [&](const Row& row) { return &row != draft.before(); });
  if (known != nullptr) return refuse(errors::duplicate_value("Name", known->head.id));
  return {};
}

Answer<void> check_assignment(Work& work, Draft& draft) {
  if (draft.before() != nullptr) return {};
  const Field& entity = *draft.object().find("EntityId");
  const Row* known =
      find_record(work, "TopicAssignment", "TopicId", draft.value("TopicId"),
                  [&](const Row& row) { return row.cell(entity) == draft.value(entity); });
  if (known != nullptr) return refuse(errors::duplicate_value("TopicId, EntityId", known->head.id));
  const Object* kind = nullptr;
  if (work.org.store->find(draft.value(entity).id(), &kind) == nullptr) return {};
  draft.derive("EntityKeyPrefix", Cell::of_text(draft.scratch.keep(kind->prefix_text())));
  draft.derive("EntityType", Cell::of_text(kind->name));
  return {};
}

}  // namespace

namespace rules {
const ObjectRules content_version{.before_save = prepare_version, .after_save = publish_version};
const ObjectRules content_document{.before_delete = delete_versions};
const ObjectRules content_document_link{.before_save = check_link};
const ObjectRules content_note{.before_save = check_note};
const ObjectRules attachment{.before_save = store_attachment};
const ObjectRules topic{.before_save = check_topic};
const ObjectRules topic_assignment{.before_save = check_assignment};
}  // namespace rules

}  // namespace flit::sim::salesforce
