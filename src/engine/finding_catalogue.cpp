#include "engine/finding_catalogue.hpp"

#include <algorithm>
#include <array>

namespace flit::engine {
namespace {

using store::Severity;

struct Entry {
  std::string_view code;
  Severity severity;
  std::string_view message;
  std::string_view remedy;
};

constexpr std::array entries{
    // records
    Entry{"duplicate_email", Severity::warning, "records share an e-mail address",
          "Nothing is merged; decide with the list which are one person, before or after the move"},
    Entry{"missing_required", Severity::warning, "a field that must be filled is empty",
          "Fill it at the source; where the destination insists on it too the record fails"},
    Entry{"broken_reference", Severity::warning, "names a record that is not there",
          "The link is left out; correct it at the source if it should exist"},
    Entry{"invalid_email", Severity::warning, "is no e-mail address",
          "It is kept as text; correct it at the source"},
    Entry{"invalid_phone", Severity::warning, "is no phone number",
          "It is kept as text; correct it at the source"},
    Entry{"value_not_an_option", Severity::warning,
          "a choice that the source does not offer, or no longer",
          "The set-up plan offers it over there as well; map it to another one to tidy up"},
    Entry{"outlier", Severity::note, "a number far from all others", "Look whether it is meant"},
    Entry{"date_far_away", Severity::note, "a date before 1900 or more than 30 years ahead",
          "Look whether it is meant"},
    Entry{"not_readable", Severity::warning, "a record that is no JSON object",
          "It is counted and fails; ask the source's vendor"},
    Entry{"contact_without_company", Severity::note, "contacts without a company",
          "They land under the fallback account"},
    Entry{"foreign_currency", Severity::note, "amounts in another currency than the account's",
          "The amount is kept as written, its currency beside it; nothing is converted"},
    Entry{"stage_won_unset", Severity::note, "deals whose stage does not say whether it is won",
          "Closed ones end as lost"},
    Entry{"stage_unknown", Severity::warning, "deals in a stage that no pipeline has",
          "Move them to a stage at the source"},
    Entry{"stage_deleted", Severity::note, "deals whose history names a stage that was deleted",
          "Only the history of that stage is lost"},
    Entry{"stage_pipeline_mismatch", Severity::warning,
          "deals whose stage belongs to another pipeline", "The stage's own pipeline wins"},
    Entry{"also_differs", Severity::warning, "records that share a row say different things of it",
          "The record that says most is taken; correct the others, or let the key tell them apart"},
    // a source that is not as it was when it was last looked at
    Entry{"source_object_gone", Severity::warning, "an object that the source no longer has",
          "Its records here are those of the inventory before; `flitstack map check` says whether "
          "the map needs it"},
    Entry{"source_object_new", Severity::warning, "an object that was not there before",
          "Write a file for it in map/; `flitstack map check` says what is missing"},
    Entry{"source_field_gone", Severity::warning, "a field that the source no longer has",
          "`flitstack map check` says whether the map needs it"},
    Entry{
        "source_field_new", Severity::warning, "a field that was not there before",
        "Map it or ignore it with a reason: `flitstack map check` shows the line that is missing"},
    Entry{"source_type_changed", Severity::warning, "a field of another type than before",
          "Look at its line in map/ and at what the preflight says of its values"},
    Entry{"source_option_gone", Severity::warning, "choices that are no longer offered",
          "Values that records have stay as they are; look at the value map"},
    // people who own records
    Entry{"owner_missing", Severity::warning, "records without an owner",
          "They go to the fallback owner"},
    Entry{"owner_unknown", Severity::warning, "owners who are in no list any more",
          "Their records go to the fallback owner"},
    Entry{"owner_inactive", Severity::note, "owners who are inactive at the source",
          "They are looked for over there all the same"},
    Entry{"owner_without_email", Severity::warning, "owners without an e-mail address",
          "They cannot be matched; their records go to the fallback owner"},
    Entry{"owner_shared_email", Severity::warning, "owners who share an e-mail address",
          "Both become one user over there"},
    Entry{"owner_unmatched", Severity::warning, "owners without a user over there",
          "Create the user, or let the fallback owner take the records"},
    // merges and hierarchies
    Entry{"merge_loop", Severity::warning, "records that were merged into one another",
          "None of them is live; they are skipped"},
    Entry{"merge_target_purged", Severity::warning,
          "records that were merged into one that is gone", "They are skipped"},
    Entry{"hierarchy_cycle", Severity::warning, "records that are their own parents",
          "The chain is cut where it leaves the highest id; set the missing parent by hand"},
    Entry{"primary_guessed", Severity::note, "none or several links are marked as the main one",
          "The oldest link counts"},
    Entry{"lifecycle_unrouted", Severity::note, "no route names this value",
          "The last route takes them; add the value to the map's route if it should be another"},
    Entry{"activity_without_parent", Severity::note, "activities that are about nobody",
          "They move without a parent"},
    Entry{"end_before_start", Severity::warning, "ends before it starts",
          "The record is held; correct it at the source"},
    Entry{"out_of_range", Severity::warning, "a number beyond what the column takes",
          "The record fails; correct it at the source, or map it to a wider column"},
    // rich text and pictures
    Entry{"unsafe_markup", Severity::warning, "rich text that could run as a program",
          "What could run is taken out; the text stays"},
    Entry{"remote_image", Severity::note, "pictures that are shown from somebody's server",
          "They stay links"},
    Entry{"image_missing", Severity::warning, "pictures that are gone", "The place stays empty"},
    // rows that were there, or that people changed
    Entry{"placeholder_stood_in", Severity::note, "its placeholder was there and took its values",
          "Nothing"},
    Entry{"would_be_closed", Severity::warning, "closed here, while the row over there is open",
          "The record is held; close the row by hand or leave it"},
    Entry{"edited_meanwhile", Severity::note, "somebody changed the row while the migration ran",
          "What they put into a column stays, and a rollback keeps the row"},
    // the law office
    Entry{"former_spouses", Severity::note, "pairs that are spouses no more",
          "They are listed and not linked"},
    Entry{"spouse_archived", Severity::warning, "pairs of which one is archived or gone",
          "They are not linked; restore the record at the source if they should be"},
    Entry{"proprietary_clauses", Severity::warning,
          "clauses of the vendor's library, which nobody may export",
          "List what you use and ask its publisher for the successor"},
    Entry{"hotdocs_without_template", Severity::warning, "answer files whose template is not there",
          "Find the template before the source is switched off"},
    Entry{"modules_differ", Severity::warning,
          "modules that the edition should have are off, or others are on",
          "Ask whether data lies in modules that were merged in"},
    Entry{"endpoint_missing", Severity::warning, "a part of the source that cannot be read",
          "Grant the scope named, or accept that this part stays behind"},
};

}  // namespace

store::Finding finding_of(std::string_view stage, std::string_view code, std::string_view object,
                          std::string_view field) {
  store::Finding made{.stage = std::string(stage),
                      .code = std::string(code),
                      .object = std::string(object),
                      .field = std::string(field),
                      .message = title_of(code)};
  const auto* known = std::find_if(entries.begin(), entries.end(),
                                   [code](const Entry& one) { return one.code == code; });
  if (known == entries.end()) return made;
  made.severity = known->severity;
  made.remedy = known->remedy;
  return made;
}

std::string title_of(std::string_view code) {
  const auto* known = std::find_if(entries.begin(), entries.end(),
                                   [code](const Entry& one) { return one.code == code; });
  if (known != entries.end()) return std::string(known->message);
  std::string words(code);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

}  // namespace flit::engine
