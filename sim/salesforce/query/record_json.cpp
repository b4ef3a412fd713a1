#include "sim/salesforce/query/record_json.hpp"

#include "base/json_writer.hpp"
#include "sim/salesforce/query/compound.hpp"
#include "sim/salesforce/schema/cell_text.hpp"

namespace flit::sim::salesforce {

void append_record(std::string& out, const Object& object, const Row& row,
                   const std::vector<const Field*>& fields, const std::string& base) {
  const std::string url = base + "/sobjects/" + object.name + "/" + row.head.id.text();
  out += R"({"attributes":{"type":")" + object.name + R"(","url":")" + url + R"("})";
  for (const Field* field : fields) {
    out += ',';
    json::append_quoted(out, field->name);
    out += ':';
    if (is_compound(field->type)) {
      append_compound(out, object, *field, row);
      continue;
    }
    const Cell cell = row.cell(*field);
    if (cell.kind == CellKind::blob)
      json::append_quoted(out, url + "/" + field->name);
    else
      append_json(out, cell, field->type);
  }
  out += '}';
}

}  // namespace flit::sim::salesforce
