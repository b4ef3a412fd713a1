#include "sim/interactive/folder/manifest.hpp"

#include <fmt/format.h>

#include "base/yaml_merge.hpp"
#include "sim/base/snapshot.hpp"

namespace flit::sim::interactive {

namespace {

template <typename T>
void describe_selection(spec::Spec<T>& spec) {
  spec.field(&T::from, "from", "Input whose rows are taken.");
  spec.field(&T::where, "where", "Which of its rows; all without it.");
  spec.field(&T::distinct, "distinct", "Columns of which only the first of equal rows is taken.");
}

}  // namespace

void describe(spec::Choices<InputFormat>& choices) {
  choices.add("csv", InputFormat::csv);
  choices.add("json", InputFormat::json);
  choices.add("jsonl", InputFormat::jsonl);
}

void describe(spec::Choices<InputEncoding>& choices) {
  choices.add("utf-8", InputEncoding::utf_8);
  choices.add("utf-16", InputEncoding::utf_16);
  choices.add("windows-1252", InputEncoding::windows_1252);
}

void describe(spec::Choices<Match>& choices) {
  choices.add("exact", Match::exact);
  choices.add("trim", Match::trim);
  choices.add("fold", Match::fold);
  choices.add("squash", Match::squash);
}

void describe(spec::Choices<OnMany>& choices) {
  choices.add("error", OnMany::error);
  choices.add("first", OnMany::first);
}

void describe(spec::Choices<LetterCase>& choices) {
  choices.add("lower", LetterCase::lower);
  choices.add("upper", LetterCase::upper);
}

void describe(spec::Converted<MissingRule>& type) {
  type.from<yaml::Node>([](const yaml::Node& node) -> Result<MissingRule> {
    if (node.is_null() || node.text() == "null") return MissingRule{Missing::null};
    if (node.text() == "error") return MissingRule{Missing::error};
    if (node.text() == "keep") return MissingRule{Missing::keep};
    if (node.text() == "dangling") return MissingRule{Missing::dangling};
    return Error{.fault = Fault::setup, .message = "expects null, error, keep or dangling"};
  });
}

void describe(spec::Spec<InputSettings>& spec) {
  spec.named("input", "A file of rows.");
  spec.field(&InputSettings::path, "path", "The file, below root.").required();
  spec.field(&InputSettings::format, "format", "How it is written.");
  spec.field(&InputSettings::encoding, "encoding", "Its encoding; a byte order mark wins.");
  spec.field(&InputSettings::delimiter, "delimiter", "Between two cells.");
  spec.field(&InputSettings::quote, "quote", "Around a cell.");
  spec.field(&InputSettings::header, "header", "Whether the first row names the columns.");
  spec.field(&InputSettings::columns, "columns", "Their names, when it does not.");
  spec.field(&InputSettings::records, "records", "JSON pointer to the list of records.");
  spec.field(&InputSettings::key, "key", "A column in which no value stands twice.");
  spec.field(&InputSettings::expect_rows, "expect_rows", "How many rows there must be.");
}

void describe(spec::Spec<MapMaker>& spec) {
  spec.named("map", "Value by value of one column, exact text.");
  spec.field(&MapMaker::fallback, "default", "For every other value.");
  spec.field(&MapMaker::missing, "missing", "What other values become without a default.");
  spec.rest(&MapMaker::columns);
}

void describe(spec::Spec<JoinMaker>& spec) {
  spec.named("join", "A column of the matching row of another input.");
  spec.field(&JoinMaker::input, "input", "The other input.").required();
  spec.field(&JoinMaker::col, "col", "Our column.").required();
  spec.field(&JoinMaker::to, "to", "Its column.").required();
  spec.field(&JoinMaker::match, "match", "How two texts are equal.");
  spec.field(&JoinMaker::take, "take", "The column whose value is taken.").required();
  spec.field(&JoinMaker::missing, "missing", "What becomes of rows without a match.");
  spec.field(&JoinMaker::on_many, "on_many", "What becomes of rows with several.");
  spec.field(&JoinMaker::as, "as", "'pipeline': turns a label into that pipeline's id.");
}

void describe(spec::Spec<RefMaker>& spec) {
  spec.named("ref", "The id of a record made from a matching row.");
  spec.field(&RefMaker::object, "object", "Whose records.").required();
  spec.field(&RefMaker::col, "col", "Our column.").required();
  spec.field(&RefMaker::by, "by", "The column of the rows that they were made from.").required();
  spec.field(&RefMaker::match, "match", "How two texts are equal.");
  spec.field(&RefMaker::missing, "missing", "What becomes of values without a match.");
  spec.field(&RefMaker::on_many, "on_many", "What becomes of values with several.");
}

void describe(spec::Spec<OwnerMaker>& spec) {
  spec.named("owner maker", "The id of the owner of that name.");
  spec.field(&OwnerMaker::col, "col", "Our column.").required();
  spec.field(&OwnerMaker::match, "match", "How two names are equal.");
  spec.field(&OwnerMaker::missing, "missing", "What becomes of names that nobody has.");
}

void describe(spec::Spec<StageMaker>& spec) {
  spec.named("stage maker", "The id of a stage by its label.");
  spec.field(&StageMaker::pipeline, "pipeline", "Property that holds the pipeline.").required();
  spec.field(&StageMaker::label, "label", "The stage's label.").required();
}

void describe(spec::Spec<DatetimeModifier>& spec) {
  spec.named("datetime", "Makes an instant of a date.");
  spec.field(&DatetimeModifier::time, "time", "Time of day.");
  spec.field(&DatetimeModifier::zone, "zone", "Whose time of day.");
}

void describe(spec::Spec<ValueSpec>& spec) {
  spec.named("value", "A constant, or one maker and modifiers.");
  spec.shorthand("const");
  spec.position(&ValueSpec::at);
  spec.field(&ValueSpec::column, "column", "The cell's text; an empty one is null.");
  spec.field(&ValueSpec::constant, "const", "Always this.");
  spec.field(&ValueSpec::row, "row", "This plus the number of the row, from 1.");
  spec.field(&ValueSpec::pattern, "template", "Text with {COLUMN}s in it.");
  spec.field(&ValueSpec::first_of, "first_of", "The first that is not null.");
  spec.field(&ValueSpec::map, "map", "Value by value.");
  spec.field(&ValueSpec::join, "join", "From another input.");
  spec.field(&ValueSpec::ref, "ref", "Another record's id.");
  spec.field(&ValueSpec::owner, "owner", "An owner's id.");
  spec.field(&ValueSpec::stage, "stage", "A stage's id.");
  spec.field(&ValueSpec::self, "self", "The id of the record made from this row.");
  spec.exactly_one_of({"column", "const", "row", "template", "first_of", "map", "join", "ref",
                       "owner", "stage", "self"});
  spec.field(&ValueSpec::trim, "trim", "Without white space at the ends.");
  spec.field(&ValueSpec::letter_case, "case", "All letters lower or upper.");
  spec.field(&ValueSpec::parse, "parse", "{date: PATTERN}, {decimal: POINT} or int.");
  spec.field(&ValueSpec::scale10, "scale10", "Times ten to the power of this, exactly.");
  spec.field(&ValueSpec::datetime, "datetime", "Makes an instant of the date.");
  spec.field(&ValueSpec::slug, "slug", "For addresses: a–z, 0–9, '-' and '.'.");
  spec.field(&ValueSpec::email, "email", "As a slug, at this domain.");
  spec.field(&ValueSpec::fallback, "default", "When it is null after all.");
}

void describe(spec::Spec<Condition>& spec) {
  spec.named("condition", "Whether a row is meant.");
  spec.field(&Condition::column, "column", "The cell that is looked at.");
  spec.field(&Condition::equals, "equals", "It is exactly this.");
  spec.field(&Condition::in, "in", "It is one of these.");
  spec.field(&Condition::empty, "empty", "It is empty.");
  spec.field(&Condition::not_empty, "not_empty", "It is not empty.");
  spec.field(&Condition::all, "all", "Each of these holds.");
  spec.field(&Condition::any, "any", "One of these holds.");
  spec.field(&Condition::negated, "not", "This does not hold.");
  spec.exactly_one_of({"column", "all", "any", "not"});
}

void describe(spec::Spec<OwnerSpec>& spec) {
  spec.named("owners", "Owners, one for each row, or a literal one.");
  describe_selection(spec);
  spec.field(&OwnerSpec::id, "id", "The owner's id.").required();
  spec.field(&OwnerSpec::user_id, "user_id", "The user's id.");
  spec.field(&OwnerSpec::name, "name", "Split at its last space.");
  spec.field(&OwnerSpec::email, "email", "The address.");
  spec.field(&OwnerSpec::active, "active", "Whether active.");
  spec.field(&OwnerSpec::type, "type", "person or queue.");
  spec.field(&OwnerSpec::teams, "teams", "Teams.");
}

void describe(spec::Spec<StageSpec>& spec) {
  spec.named("stage", "A stage of a pipeline.");
  spec.field(&StageSpec::id, "id", "Its id; without it pipeline × 10 + n.");
  spec.field(&StageSpec::n, "n", "Its number, for the id.");
  spec.field(&StageSpec::label, "label", "Its label.").required();
  spec.field(&StageSpec::order, "order", "Its place.");
  spec.field(&StageSpec::probability, "probability", "0 to 1, as text.");
  spec.field(&StageSpec::forecast_category, "forecast_category", "Its forecast category.");
  spec.field(&StageSpec::closed, "closed", "Whether deals in it are closed.");
  spec.field(&StageSpec::won, "won", "Whether they are won.");
  spec.field(&StageSpec::archived, "archived", "Whether it is archived.");
}

void describe(spec::Spec<PipelineSpec>& spec) {
  spec.named("pipelines", "Pipelines, one for each row, or a literal one.");
  describe_selection(spec);
  spec.field(&PipelineSpec::id, "id", "The pipeline's id.").required();
  spec.field(&PipelineSpec::label, "label", "Its label.").required();
  spec.field(&PipelineSpec::stages, "stages", "Its stages.");
}

void describe(spec::Spec<TagSpec>& spec) {
  spec.named("tags", "Tags, one for each row, or a literal one.");
  describe_selection(spec);
  spec.field(&TagSpec::id, "id", "The tag's id.").required();
  spec.field(&TagSpec::label, "label", "Its label.").required();
  spec.field(&TagSpec::objects, "objects", "What it is for.");
}

void describe(spec::Spec<CustomSpec>& spec) {
  spec.named("custom", "A custom property.");
  spec.field(&CustomSpec::type, "type", "Its type.").required();
  spec.field(&CustomSpec::label, "label", "Its label.");
  spec.field(&CustomSpec::options, "options", "auto, or a list of values.");
  spec.field(&CustomSpec::value, "value", "Its values.").required();
}

void describe(spec::Spec<SchemaSpec>& spec) {
  spec.named("schema", "How a custom object is called.");
  spec.field(&SchemaSpec::label, "label", "One of them.").required();
  spec.field(&SchemaSpec::label_plural, "label_plural", "Several.").required();
  spec.field(&SchemaSpec::primary_display, "primary_display", "What stands for a record.");
}

void describe(spec::Spec<ObjectSpec>& spec) {
  spec.named("object", "Records, one for each row.");
  describe_selection(spec);
  spec.field(&ObjectSpec::schema, "schema", "For a custom object.");
  spec.field(&ObjectSpec::id, "id", "The record's id.").required();
  spec.field(&ObjectSpec::created_at, "created_at", "When it was made.");
  spec.field(&ObjectSpec::updated_at, "updated_at", "When it was last changed.");
  spec.field(&ObjectSpec::owner, "owner", "Whose it is.");
  spec.field(&ObjectSpec::properties, "properties", "Standard properties.");
  spec.field(&ObjectSpec::custom, "custom", "Custom properties.");
  spec.field(&ObjectSpec::required, "required", "Properties that must not be null.");
}

void describe(spec::Spec<EdgeSpec>& spec) {
  spec.named("association", "Edges, one for each row; none where an id is null.");
  spec.field(&EdgeSpec::from, "from", "Object on the one side.").required();
  spec.field(&EdgeSpec::to, "to", "Object on the other.").required();
  spec.field(&EdgeSpec::rows, "rows", "Input whose rows are taken.").required();
  spec.field(&EdgeSpec::where, "where", "Which of its rows.");
  spec.field(&EdgeSpec::from_id, "from_id", "Id on the one side.").required();
  spec.field(&EdgeSpec::to_id, "to_id", "Id on the other.").required();
  spec.field(&EdgeSpec::primary, "primary", "Whether it is the primary one.");
  spec.field(&EdgeSpec::label, "label", "Its label.");
  spec.field(&EdgeSpec::attributes, "attributes", "Its attributes.");
}

void describe(spec::Spec<EntrySpec>& spec) {
  spec.named("stage history", "Entries, one for each row; none where the time is null.");
  spec.field(&EntrySpec::rows, "rows", "Input whose rows are taken.").required();
  spec.field(&EntrySpec::where, "where", "Which of its rows.");
  spec.field(&EntrySpec::deal, "deal", "The deal.").required();
  spec.field(&EntrySpec::stage, "stage", "The stage's label, in the deal's pipeline.").required();
  spec.field(&EntrySpec::entered_at, "entered_at", "When it was entered.").required();
}

void describe(spec::Spec<CheckSpec>& spec) {
  spec.named("check", "What must hold, or the simulator does not start.");
  spec.position(&CheckSpec::at);
  spec.field(&CheckSpec::object, "object", "Over the records of this object.");
  spec.field(&CheckSpec::association, "association", "Over these edges: from→to.");
  spec.field(&CheckSpec::stage_history, "stage_history", "Over the stage history.");
  spec.exactly_one_of({"object", "association", "stage_history"});
  spec.field(&CheckSpec::where, "where", "Values of properties; `stage` is its label.");
  spec.field(&CheckSpec::count, "count", "How many.");
  spec.field(&CheckSpec::sum, "sum", "Sums of properties.");
  spec.field(&CheckSpec::distinct, "distinct", "Numbers of different values.");
}

void describe(spec::Spec<AccountSpec>& spec) {
  spec.named("account", "What GET /account answers.");
  spec.field(&AccountSpec::id, "id", "Its id.");
  spec.field(&AccountSpec::name, "name", "Its name.");
  spec.field(&AccountSpec::timezone, "timezone", "Its time zone.");
  spec.field(&AccountSpec::currency, "currency", "Its currency.");
  spec.field(&AccountSpec::locale, "locale", "Its locale.");
  spec.field(&AccountSpec::edition, "edition", "solo, practice or firm.");
  spec.field(&AccountSpec::domain, "domain", "For addresses that are made; not served.");
}

void describe(spec::Spec<DefaultsSpec>& spec) {
  spec.named("defaults", "For records whose mapping yields nothing.");
  spec.field(&DefaultsSpec::created_at, "created_at", "When they were made.");
  spec.field(&DefaultsSpec::updated_at, "updated_at", "When they were last changed.");
  spec.field(&DefaultsSpec::created_by, "created_by", "By whom.");
  spec.field(&DefaultsSpec::owner_id, "owner_id", "Whose they are.");
}

void describe(spec::Spec<Manifest>& spec) {
  spec.named("manifest", "Foreign files, served as an Interactive.");
  spec.field(&Manifest::version, "flitsim_dataset", "Version of this form.")
      .required()
      .check([](int version) { return version == 1 ? "" : "must be 1"; });
  spec.field(&Manifest::root, "root", "Folder of the data files, relative to the manifest.");
  spec.field(&Manifest::clock, "clock", "What time it is.");
  spec.field(&Manifest::account, "account", "The account.");
  spec.field(&Manifest::defaults, "defaults", "For what a mapping does not say.");
  spec.field(&Manifest::inputs, "inputs", "Files of rows.").keyed_by<&InputSettings::name>();
  spec.field(&Manifest::native, "native", "A folder as --write leaves it.");
  spec.field(&Manifest::owners, "owners", "Owners.");
  spec.field(&Manifest::pipelines, "pipelines", "Pipelines of deals.");
  spec.field(&Manifest::tags, "tags", "Tags.");
  spec.field(&Manifest::objects, "objects", "Records.");
  spec.field(&Manifest::associations, "associations", "Edges between records.");
  spec.field(&Manifest::stage_history, "stage_history", "When deals entered their stages.");
  spec.field(&Manifest::checks, "checks", "What must hold.");
}

Result<Manifest> read_manifest(const std::string& path) {
  Diagnostics diagnostics;
  const auto node = yaml::read_extended(
      path, [](const std::string& file) { return read_file(file); }, diagnostics);
  if (!node) return diagnostics.to_error();
  auto manifest = spec::read<Manifest>(*node, diagnostics);
  if (!manifest) return diagnostics.to_error();
  return std::move(*manifest);
}

}  // namespace flit::sim::interactive
