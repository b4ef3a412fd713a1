#include "sim/dataverse/values/write_value.hpp"

#include <fmt/format.h>

#include "sim/dataverse/values/dates.hpp"

namespace flit::sim::dataverse {

std::string plain_text(const Cell& cell) {
  std::string text;
  switch (cell.kind) {
    case CellKind::absent:
    case CellKind::null:
      break;
    case CellKind::no:
      return "false";
    case CellKind::yes:
      return "true";
    case CellKind::integer:
      return std::to_string(cell.number);
    case CellKind::floating:
      return fmt::format("{}", cell.floating);
    case CellKind::instant:
      append_instant_text(text, cell.number);
      break;
    case CellKind::date:
      append_date_text(text, cell.number);
      break;
    case CellKind::uuid:
    case CellKind::lookup:
      return cell.id.text();
    case CellKind::decimal:
    case CellKind::text:
      return std::string(cell.text);
  }
  return text;
}

void write_value(json::Writer& out, const Cell& cell) {
  switch (cell.kind) {
    case CellKind::absent:
    case CellKind::null:
      out.null();
      break;
    case CellKind::no:
    case CellKind::yes:
      out.boolean(cell.kind == CellKind::yes);
      break;
    case CellKind::integer:
      out.integer(cell.number);
      break;
    case CellKind::decimal:
      out.number(cell.text);
      break;
    case CellKind::floating:
      out.number(cell.floating);
      break;
    case CellKind::instant:
    case CellKind::date:
    case CellKind::uuid:
    case CellKind::lookup:
      out.string(plain_text(cell));
      break;
    case CellKind::text:
      out.string(cell.text);
      break;
  }
}

}  // namespace flit::sim::dataverse
