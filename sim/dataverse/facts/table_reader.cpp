#include "sim/dataverse/facts/table_reader.hpp"

#include "sim/dataverse/facts/embedded.hpp"
#include "sim/dataverse/facts/line.hpp"

namespace flit::sim::dataverse::facts {
namespace {

bool has(std::string_view flags, char flag) {
  return flags.find(flag) != std::string_view::npos;
}

Ownership ownership_of(std::string_view name) {
  if (name == "UserOwned") return Ownership::user;
  if (name == "OrganizationOwned") return Ownership::organization;
  return name == "BusinessOwned" ? Ownership::business : Ownership::none;
}

RequiredLevel level_of(std::string_view letter) {
  if (letter == "S") return RequiredLevel::system;
  if (letter == "A") return RequiredLevel::application;
  return letter == "R" ? RequiredLevel::recommended : RequiredLevel::none;
}

Table& begin_table(const Line& line, Catalogue& catalogue) {
  Table& table = catalogue.add_table(line.text(1), line.text(3));
  table.schema_name = line.text(2);
  table.collection_name = line.or_usual(4, line[3]);
  table.primary_id = line.or_usual(5, "");
  table.primary_name = line.or_usual(6, "");
  table.ownership = ownership_of(line[7]);
  table.object_type_code = line.integer(8);
  table.is_activity = has(line[9], 'a');
  table.is_process_flow = has(line[9], 'b');
  table.change_tracking = has(line[9], 't');
  table.display_name = line.or_usual(10, "");
  table.display_collection_name = line.or_usual(11, "");
  table.takes_create_multiple = line[12].find("CreateMultiple") != std::string_view::npos;
  // §6: where the documented list was cut after CreateMultiple, the others are taken as given.
  table.takes_update_multiple = table.takes_create_multiple;
  return table;
}

void read_range(const Line& line, Column& column) {
  const std::string low(line.option(5, "min")), high(line.option(5, "max"));
  if (column.type == ColumnType::integer) {
    column.integer_minimum = low.empty() ? INT32_MIN : std::atoll(low.c_str());
    column.integer_maximum = high.empty() ? INT32_MAX : std::atoll(high.c_str());
  } else if (column.type == ColumnType::big_int) {
    column.integer_minimum = low.empty() ? INT64_MIN : std::strtoll(low.c_str(), nullptr, 10);
    column.integer_maximum = high.empty() ? INT64_MAX : std::strtoll(high.c_str(), nullptr, 10);
  } else {
    // Fact sheet §10: the widest range of money; decimals and doubles state their own.
    column.minimum = low.empty() ? -922337203685477.0 : std::strtod(low.c_str(), nullptr);
    column.maximum = high.empty() ? 922337203685477.0 : std::strtod(high.c_str(), nullptr);
  }
}

int number_or(std::string_view text, int fallback) {
  return text.empty() ? fallback : std::atoi(std::string(text).c_str());
}

std::optional<int> default_of(std::string_view text) {
  if (text.empty() || text == "none") return std::nullopt;
  if (text == "true") return 1;
  if (text == "false") return 0;
  return std::atoi(std::string(text).c_str());
}

/// Columns that the collection takes for metadata only: §12 posts the first, and public clients
/// look for process flows by the table that the others name.
bool is_property_after_all(std::string_view logical_name) {
  return logical_name == "associatedobjecttypecode" || logical_name == "primaryentity" ||
         logical_name == "primaryentitytypecode";
}

Column column_of(const Line& line) {
  Column column;
  column.schema_name = line.text(1);
  column.logical_name = lower_ascii(line[1]);
  const auto type = column_type_of_fact(line[2]);
  FLIT_CHECK(type.has_value(), "a shipped column has a known type");
  column.type = *type;
  column.required = level_of(line[3]);
  column.valid_for_create = line[4][0] == 'c';
  column.valid_for_update = line[4][1] == 'u';
  column.valid_for_read = line[4][2] == 'r';
  column.max_length = number_or(line.option(5, "len"), 0);
  column.precision = number_or(line.option(5, "prec"), 0);
  column.precision_source = number_or(line.option(5, "psrc"), 0);
  read_range(line, column);
  const std::string_view behaviour = line.option(5, "beh");
  column.behaviour = behaviour == "D"   ? DateBehaviour::date_only
                     : behaviour == "T" ? DateBehaviour::time_zone_independent
                                        : DateBehaviour::user_local;
  column.format = std::string(line.option(5, "fmt"));
  column.default_value = default_of(line.option(5, "def"));
  column.targets = split(line.option(5, "tgt"), ',');
  column.in_web_api = line.option(5, "web") != "0" || is_property_after_all(column.logical_name);
  column.display_name = std::string(line.option(5, "name"));
  return column;
}

Column companion_of(const Line& line) {
  Column column;
  column.schema_name = line.text(1);
  column.logical_name = lower_ascii(line[1]);
  column.required = level_of(line[2]);
  column.max_length = line.integer(3);
  column.in_web_api = false;
  return column;
}

Option option_of(const Line& line) {
  Option option;
  option.value = line.integer(1);
  option.label = line.text(2);
  if (line.size() > 3 && line[3][0] == 's') option.state = number_or(line[3].substr(1), 0);
  if (line.size() > 4 && line[3][0] == 'd') {
    option.default_status = number_or(line[3].substr(1), 0);
    option.invariant_name = line.text(4);
  }
  return option;
}

/// Collects a column and the N and O lines below it, then adds it to the table.
class ColumnBuilder {
 public:
  explicit ColumnBuilder(Table& table) : table_(table) {}
  ~ColumnBuilder() { flush(); }

  void begin(Column column, bool is_extra) {
    flush();
    pending_ = !is_extra;
    column_ = std::move(column);
  }
  void add(Option option) { options_.push_back(std::move(option)); }
  void add(NavigationProperty property) { column_.navigation.push_back(std::move(property)); }
  const std::string& logical_name() const { return column_.logical_name; }

 private:
  void flush() {
    if (pending_) {
      column_.is_primary_name = column_.logical_name == table_.primary_name;
      column_.metadata_id =
          metadata_id_of("column", table_.logical_name + "." + column_.logical_name);
      if (!options_.empty() || has_options(column_.type)) give_options();
      table_.add_column(std::move(column_));
    }
    pending_ = false;
    column_ = Column{};
    options_.clear();
  }

  void give_options() {
    auto set = std::make_shared<OptionSet>();
    set->name = table_.logical_name + "_" + column_.logical_name;
    set->display_name = column_.display_name;
    set->options = options_;
    set->metadata_id = metadata_id_of("choice", set->name);
    column_.options = std::move(set);
  }

  Table& table_;
  Column column_;
  std::vector<Option> options_;
  bool pending_ = false;
};

CascadeRule rule_of(char letter) {
  switch (letter) {
    case 'C':
      return CascadeRule::all;
    case 'A':
      return CascadeRule::active;
    case 'U':
      return CascadeRule::user_owned;
    case 'R':
      return CascadeRule::remove_link;
    case 'X':
      return CascadeRule::restrict;
    default:
      return CascadeRule::none;
  }
}

Cascades cascades_of(std::string_view code) {
  return {rule_of(code[0]), rule_of(code[1]), rule_of(code[2]),
          rule_of(code[3]), rule_of(code[4]), rule_of(code[5])};
}

OneToMany lookup_relationship(const Line& line, const std::string& column, const Table& child,
                              const Catalogue& catalogue) {
  OneToMany one;
  one.child = child.logical_name;
  one.child_column = column;
  one.child_navigation = line.or_usual(1, column);
  one.parent = line.text(2);
  if (one.parent.find(',') != std::string::npos) one.parent = "owner";
  one.schema_name = line.or_usual(3, "");
  // The sources do not name every relationship; the metadata API must list them all (§4).
  if (one.schema_name.empty())
    one.schema_name = one.parent == "owner" ? "owner_" + child.entity_set
                                            : child.logical_name + "_" + one.child_navigation;
  one.collection = line.or_usual(4, one.schema_name);
  if (one.collection.empty()) one.collection = one.schema_name;
  const Table* parent = catalogue.table(one.parent);
  one.parent_column = parent != nullptr ? parent->primary_id : one.parent + "id";
  one.cascades = cascades_of(line[5]);
  one.is_hierarchical = line[6].find('h') != std::string_view::npos;
  return one;
}

void read_child_elsewhere(const Line& line, const Table& table, Catalogue& catalogue) {
  if (catalogue.find_one_to_many(line[1]) != nullptr) return;
  OneToMany one;
  one.schema_name = line.text(1);
  one.parent = table.logical_name;
  one.parent_column = table.primary_id;
  one.child = line.text(2);
  one.child_column = line.text(3);
  one.child_navigation = one.child_column;
  one.collection = line.or_usual(4, one.schema_name);
  one.cascades = cascades_of(line[5]);
  one.is_hierarchical = line[6] == "h";
  catalogue.add(std::move(one));
}

void read_pair(const Line& line, Catalogue& catalogue) {
  if (catalogue.find_many_to_many(line[1]) != nullptr) return;  // told by both sides
  ManyToMany many;
  many.schema_name = line.text(1);
  many.intersect_table = line.text(2);
  many.first = {line.text(3), line.text(4), line.or_usual(5, line[1])};
  many.second = {line.text(6), line.text(7), line.or_usual(8, line[1])};
  catalogue.add(std::move(many));
}

}  // namespace

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

void read_table(std::string_view text, Catalogue& catalogue) {
  Table* table = nullptr;
  std::optional<ColumnBuilder> builder;
  each_line(text, [&](const Line& line) {
    switch (line.kind()) {
      case 'T':
        table = &begin_table(line, catalogue);
        builder.emplace(*table);
        break;
      case 'C':
        builder->begin(column_of(line), line.option(5, "extra") == "1");
        break;
      case 'n':
        builder->begin(companion_of(line), false);
        break;
      case 'O':
        builder->add(option_of(line));
        break;
      case 'N': {
        NavigationProperty property;
        property.name = line.or_usual(1, builder->logical_name());
        property.targets = split(line[2], ',');
        property.relationship = line.text(3);
        builder->add(std::move(property));
        break;
      }
      default:
        break;
    }
  });
}

void read_relationships(std::string_view text, Catalogue& catalogue) {
  const Table* table = nullptr;
  std::string column;
  bool is_extra = false;
  each_line(text, [&](const Line& line) {
    if (line.kind() == 'T') table = catalogue.table(line[1]);
    if (line.kind() == 'C') {
      column = lower_ascii(line[1]);
      is_extra = line.option(5, "extra") == "1";
    }
    if (line.kind() == 'N' && !is_extra) {
      OneToMany one = lookup_relationship(line, column, *table, catalogue);
      if (catalogue.find_one_to_many(one.schema_name) == nullptr) catalogue.add(std::move(one));
    }
    if (line.kind() == 'R') read_child_elsewhere(line, *table, catalogue);
    if (line.kind() == 'X') read_pair(line, catalogue);
  });
}

void add_standard_tables(Catalogue& catalogue) {
  for (const std::string_view text : embedded_tables()) read_table(text, catalogue);
  for (const std::string_view text : embedded_tables()) read_relationships(text, catalogue);
  for (Table& table : catalogue.tables()) {
    table.has_notes = table.collection(table.schema_name + "_Annotation") != nullptr;
    const auto& children = catalogue.children_of(table.logical_name);
    for (const OneToMany* one : children) {
      table.has_notes |= one->child == "annotation" && one->child_column == "objectid";
      table.has_activities |= one->child == "task" && one->child_column == "regardingobjectid";
      table.has_connections |= one->child == "connection" && one->child_column == "record1id";
    }
    for (const ManyToMany& many : catalogue.many_to_many())
      table.is_intersect |= many.intersect_table == table.logical_name;
  }
}

}  // namespace flit::sim::dataverse::facts
