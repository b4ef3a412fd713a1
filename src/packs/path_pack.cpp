#include "packs/path_pack.hpp"

#include <algorithm>

namespace flit::packs {

const PathRow* PathPack::find_row(std::string_view id) const {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [id](const PathRow& row) { return row.id == id; });
  return found == rows.end() ? nullptr : &*found;
}

void describe(spec::Choices<RowKind>& choices) {
  choices.add("1:1", RowKind::one_to_one, "One record becomes one record.");
  choices.add("1:many", RowKind::one_to_many,
              "One record may land on one of several tables, or become several rows.");
  choices.add("lossy", RowKind::lossy,
              "Something has no place over there; the map says what becomes of it.");
}

void describe(spec::Spec<PathRow>& spec) {
  spec.named("row", "One line of the path's object table.");
  spec.field(&PathRow::id, "id", "Its stable id.").required();
  spec.field(&PathRow::source, "source", "What it is at the source.").required();
  spec.field(&PathRow::destination, "destination", "What it becomes.").required();
  spec.field(&PathRow::kind, "kind", "How it maps.").required();
  spec.field(&PathRow::what, "what", "What must happen.").required();
  spec.field(&PathRow::held, "held", "Why this version does not move it yet.");
}

void describe(spec::Spec<Stated>& spec) {
  spec.named("stated", "What the path's description claims.");
  spec.field(&Stated::one_to_one, "one_to_one", "Objects that map 1:1.").required();
  spec.field(&Stated::objects, "objects", "Objects in all.").required();
  spec.field(&Stated::grade, "grade", "The complexity grade.").required();
  spec.field(&Stated::timeline, "timeline", "How long it takes.").required();
}

void describe(spec::Spec<CustomColumn>& spec) {
  spec.named("column", "A column that is made before data moves.");
  spec.field(&CustomColumn::tables, "tables", "The tables that get it.").required();
  spec.field(&CustomColumn::name, "name", "Its name, with the prefix flit_.").required();
  spec.field(&CustomColumn::label, "label", "What people see.").required();
  spec.field(&CustomColumn::type, "type", "What it holds.").required();
  spec.field(&CustomColumn::length, "length", "Characters of a text.").default_to(100U);
  spec.field(&CustomColumn::scale, "scale", "Digits behind the point of a number.");
  spec.field(&CustomColumn::options_from, "options_from", "object.field whose choices it offers.");
  spec.field(&CustomColumn::row, "row", "The row that it fulfils.");
}

void describe(spec::Spec<CustomKey>& spec) {
  spec.named("key", "An alternate key that is made before data moves.");
  spec.field(&CustomKey::tables, "tables", "The tables that get it.").required();
  spec.field(&CustomKey::name, "name", "Its name, with the prefix flit_.").required();
  spec.field(&CustomKey::columns, "columns", "What it is over.").required();
  spec.field(&CustomKey::row, "row", "The row that it fulfils.");
}

void describe(spec::Spec<OwnRecord>& spec) {
  spec.named("record", "A record of our own that others need.");
  spec.field(&OwnRecord::name, "name", "How links refer to it.").required();
  spec.field(&OwnRecord::table, "table", "Where it lives.").required();
  spec.field(&OwnRecord::values, "values", "Column: value.").required();
  spec.field(&OwnRecord::only_if_used, "only_if_used", "Made only when something refers to it.")
      .default_to(true);
}

void describe(spec::Spec<Placeholder>& spec) {
  spec.named("placeholder", "What stands in for an archived record that others refer to.");
  spec.field(&Placeholder::object, "object", "The source object.").required();
  spec.field(&Placeholder::columns, "columns", "Taken over from the archived record.").required();
  spec.field(&Placeholder::values, "values", "What tags the row: column: value.");
}

void describe(spec::Spec<LinkTable>& spec) {
  spec.named("link_table", "A table whose rows link two others.");
  spec.field(&LinkTable::table, "table", "Its name.").required();
  spec.field(&LinkTable::from, "from", "The reference to the one.").required();
  spec.field(&LinkTable::to, "to", "The reference to the other.").required();
  spec.field(&LinkTable::role, "role", "The reference to the role of the other.").required();
  spec.field(&LinkTable::label, "label", "The column for the source's own words.").required();
  spec.field(&LinkTable::counted, "counted", "What tells a row that was written from its mirror.");
}

void describe(spec::Spec<PairLink>& spec) {
  spec.named("pair", "Two records that a third one names become linked.");
  spec.field(&PairLink::object, "object", "The source object that names them.").required();
  spec.field(&PairLink::when, "when", "Which of its records.");
  spec.field(&PairLink::fields, "fields", "The two fields that name them.").required();
  spec.field(&PairLink::of, "of", "The object whose records they are.").required();
  spec.field(&PairLink::table, "table", "The table of links.").required();
  spec.field(&PairLink::role, "role", "The pack's record of the role.").required();
  spec.field(&PairLink::broken, "broken", "The finding when one of them is gone.").required();
  spec.field(&PairLink::row, "row", "The row that it fulfils.");
}

void describe(spec::Spec<Phase>& spec) {
  spec.named("phase", "One step of the loading order.");
  spec.field(&Phase::name, "name", "What people see.").required();
  spec.field(&Phase::tables, "tables", "The tables that are loaded in it.").required();
}

void describe(spec::Spec<PathPack>& spec) {
  spec.named("path", "What is known about moving from one source to one destination.");
  spec.field(&PathPack::path, "path", "Its name.").required();
  spec.field(&PathPack::title, "title", "What people see.").required();
  spec.field(&PathPack::source, "source", "The source pack.").required();
  spec.field(&PathPack::destination, "destination", "The destination pack.").required();
  spec.field(&PathPack::stated, "stated", "What the path's description claims.").required();
  spec.field(&PathPack::rows, "rows", "The object table.").required();
  spec.field(&PathPack::checks, "checks", "The gotchas that are checked.");
  spec.field(&PathPack::quality, "quality", "What is asked of the source's data.");
  spec.field(&PathPack::columns, "columns", "Columns that are made before data moves.");
  spec.field(&PathPack::keys, "keys", "Alternate keys over them.");
  spec.field(&PathPack::records, "records", "Records of our own that others need.");
  spec.field(&PathPack::placeholders, "placeholders", "What stands in for archived records.");
  spec.field(&PathPack::link_tables, "link_tables", "Tables whose rows link two others.");
  spec.field(&PathPack::pairs, "pairs", "Records that a third one pairs.");
  spec.field(&PathPack::owner, "owner", "The column that says who owns a row.");
  spec.field(&PathPack::stamp, "stamp", "A numeric column by which our rows can be counted.");
  spec.field(&PathPack::phases, "phases", "The loading order.").required();
  spec.field(&PathPack::objects, "objects", "The map to start from, object by object.").required();
}

}  // namespace flit::packs

namespace flit::model {

void describe(spec::Choices<FieldType>& choices) {
  for (const FieldType type :
       {FieldType::text, FieldType::long_text, FieldType::html, FieldType::email, FieldType::phone,
        FieldType::url, FieldType::integer, FieldType::decimal, FieldType::money,
        FieldType::boolean, FieldType::date, FieldType::instant, FieldType::choice,
        FieldType::choices, FieldType::json})
    choices.add(std::string(to_string(type)), type);
}

}  // namespace flit::model
