// Records of XML and JSON batches to and from rows of cells (fact sheet §5).

#include <map>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "sim/salesforce/bulk/async_job.hpp"
#include "sim/salesforce/bulk/job.hpp"
#include "sim/salesforce/xml/xml.hpp"

namespace flit::sim::salesforce::bulk {
namespace {

/// Rows with named cells, the names in the order in which they were first met.
class Sheet {
 public:
  void begin_row() { rows_.emplace_back(); }
  void set(const std::string& name, std::string cell) {
    const auto [column, is_new] = columns_.try_emplace(name, names_.size());
    if (is_new) names_.push_back(name);
    rows_.back()[column->second] = std::move(cell);
  }

  std::string csv() const {
    std::string out;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (i != 0) out += ',';
      append_quoted_cell(out, names_[i]);
    }
    out += '\n';
    for (const auto& row : rows_) {
      for (std::size_t i = 0; i < names_.size(); ++i) {
        if (i != 0) out += ',';
        const auto cell = row.find(i);
        if (cell != row.end()) append_quoted_cell(out, cell->second);
      }
      out += '\n';
    }
    return out;
  }

 private:
  std::vector<std::string> names_;
  std::map<std::string, std::size_t, std::less<>> columns_;
  std::vector<std::map<std::size_t, std::string>> rows_;
};

/// "Who" of type Lead is the column "Lead:Who".
std::string column_of(std::string_view name, std::string_view type) {
  return type.empty() ? std::string(name) : std::string(type) + ":" + std::string(name);
}

void add_json(Sheet& sheet, const std::string& prefix, json::Value record) {
  for (const json::Member member : record.members()) {
    if (member.key == "attributes") continue;
    const std::string name = prefix + std::string(member.key);
    if (member.value.is_object()) {
      const std::string_view type = member.value.at_path("attributes.type").string_or("");
      add_json(sheet, column_of(name, type) + ".", member.value);
    } else if (member.value.is_null()) {
      sheet.set(name, "#N/A");
    } else {
      const auto text = member.value.as_string();
      sheet.set(name, text ? std::string(*text) : member.value.dump());
    }
  }
}

void add_xml(Sheet& sheet, const std::string& prefix, const xml::Node& record) {
  for (const xml::Node& field : record.children) {
    if (field.name == "type") continue;
    const xml::Node* parent = field.child("sObject");
    if (parent != nullptr)
      add_xml(sheet, column_of(prefix + field.name, parent->value("type")) + ".", *parent);
    else
      sheet.set(prefix + field.name, field.nil ? std::string("#N/A") : field.text);
  }
}

Error broken(const std::string& message) {
  return job_fault("InvalidBatch", "InvalidBatch : " + message);
}

}  // namespace

Result<std::string> records_as_csv(std::string_view text, ContentType type) {
  Sheet sheet;
  if (type == ContentType::json) {
    auto document = json::parse(text);
    if (!document) return broken(document.error().message);
    if (!document->root().is_array()) return broken("the batch must be an array of records");
    for (const json::Value record : document->root().elements()) {
      sheet.begin_row();
      add_json(sheet, "", record);
    }
    return sheet.csv();
  }
  auto root = xml::read(text);
  if (!root) return broken(root.error().message);
  if (root->name != "sObjects") return broken("the root element must be sObjects");
  for (const xml::Node* record : root->all("sObject")) {
    sheet.begin_row();
    add_xml(sheet, "", *record);
  }
  return sheet.csv();
}

std::string write_rows(const CsvRows& rows, ContentType type, std::string_view object) {
  std::string csv = rows.header + rows.text;
  if (type == ContentType::csv) return csv;
  CsvReader reader(csv, {});
  std::vector<std::string_view> names;
  (void)reader.next(names);  // we wrote it
  std::vector<std::string_view> cells;
  json::Writer out;
  xml::Writer document;
  document.open("queryResult", async_namespace);
  out.begin_array();
  while (reader.next(cells) == CsvReader::Row::read) {
    out.begin_object().key("attributes").begin_object().member("type", object).end_object();
    document.open("records").element("type", object);
    for (std::size_t i = 0; i < names.size() && i < cells.size(); ++i) {
      out.key(names[i]);
      if (cells[i].empty())
        out.null();
      else
        out.string(cells[i]);
      document.element(names[i], cells[i]);
    }
    out.end_object();
    document.close("records");
    cells.clear();
  }
  return type == ContentType::json ? out.end_array().take() : document.close("queryResult").take();
}

}  // namespace flit::sim::salesforce::bulk
