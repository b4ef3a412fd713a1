#include "sim/dataverse/query/column_reader.hpp"

#include "base/decimal.hpp"
#include "base/hash.hpp"

namespace flit::sim::dataverse {
namespace {

class Reading {
 public:
  Reading(const ReadContext& context, const Table& table, const Row& row, std::string& scratch)
      : context_(context), table_(table), row_(row), scratch_(scratch) {}

  Cell read(const Column& column) {
    const RowHead& head = row_.head;
    switch (column.role) {
      case Role::primary_id:
        return Cell::uuid(head.id);
      case Role::created_on:
        return Cell::instant(head.created_on);
      case Role::modified_on:
        return Cell::instant(head.modified_on);
      case Role::created_by:
        return principal(head.created_by);
      case Role::modified_by:
        return principal(head.modified_by);
      case Role::owner:
        return principal(head.owner);
      case Role::owning_user:
        return owning(false);
      case Role::owning_team:
        return owning(true);
      case Role::owning_business_unit:
        return head.owner == 0 ? Cell::null() : lookup("businessunit", context_.business_unit);
      case Role::version_number:
        return Cell::integer(static_cast<std::int64_t>(head.version));
      case Role::state:
        return head.state < 0 ? Cell::null() : Cell::integer(head.state);
      case Role::status:
        return head.status < 0 ? Cell::null() : Cell::integer(head.status);
      case Role::full_name:
        return full_name();
      case Role::address_composite:
        return address(column);
      case Role::base_amount:
        return base_amount(column);
      case Role::image_id:
        return has_image(column) ? Cell::uuid(image_id(column)) : Cell::null();
      case Role::image_timestamp:
        return has_image(column) ? Cell::integer(ticks(head.modified_on)) : Cell::null();
      case Role::image_url:
        return image_url(column);
      case Role::stored:
      case Role::companion:
        break;
    }
    return stored(column);
  }

 private:
  Cell lookup(std::string_view table, const Uuid& id) const {
    const Table* target = context_.catalogue.table(table);
    return target == nullptr ? Cell::null() : Cell::lookup(target->index, id);
  }

  Cell principal(PrincipalRef ref) const {
    if (ref == 0) return Cell::null();
    const Principal& who = context_.store.principal(ref);
    return lookup(who.is_team ? "team" : "systemuser", who.id);
  }

  Cell owning(bool team) const {
    const PrincipalRef owner = row_.head.owner;
    if (owner == 0 || context_.store.principal(owner).is_team != team) return Cell::null();
    return principal(owner);
  }

  Cell stored(const Column& column) const {
    const Cell cell = row_.cell(column.index);
    if (cell.kind != CellKind::absent) return cell;
    if (!column.default_value || row_.head.created_version < column.since_version)
      return Cell::null();
    return column.type == ColumnType::boolean ? Cell::boolean(*column.default_value != 0)
                                              : Cell::integer(*column.default_value);
  }

  std::string_view text_of(const std::string& column) const {
    const Column* found = table_.column(column);
    return found == nullptr ? std::string_view() : row_.cell(found->index).text;
  }

  void append(std::string_view text, std::string_view separator) {
    if (text.empty()) return;
    if (!scratch_.empty()) scratch_.append(separator);
    scratch_.append(text);
  }

  Cell scratch_text() const { return scratch_.empty() ? Cell::null() : Cell::of_text(scratch_); }

  /// First and last name: the convention of a new organization (§10, fullnameconventioncode).
  Cell full_name() {
    scratch_.clear();
    append(text_of("firstname"), " ");
    append(text_of("lastname"), " ");
    return scratch_text();
  }

  /// Lines, then "city, state postal code", then the country.
  Cell address(const Column& column) {
    const std::string prefix =
        column.logical_name.substr(0, column.logical_name.size() - sizeof("composite") + 1);
    scratch_.clear();
    for (const char* line : {"line1", "line2", "line3"}) append(text_of(prefix + line), "\r\n");
    std::string place(text_of(prefix + "city"));
    for (const char* part : {"stateorprovince", "postalcode"}) {
      const std::string_view text = text_of(prefix + part);
      if (text.empty()) continue;
      if (!place.empty()) place.append(part[0] == 's' ? ", " : " ");
      place.append(text);
    }
    append(place, "\r\n");
    append(text_of(prefix + "country"), "\r\n");
    return scratch_text();
  }

  /// amount / exchange rate, four places as the database keeps money.
  Cell base_amount(const Column& column) {
    const Cell amount = stored(table_.column_at(column.source_index));
    if (!amount.has_value()) return Cell::null();
    const auto value = Decimal::parse(amount.text);
    const auto rate = Decimal::parse(text_of("exchangerate"));
    if (!value) return Cell::null();
    if (!rate || rate->is_zero()) return amount;
    const auto base = value->divided_by(*rate, 4, RoundingMode::half_up);
    if (!base) return Cell::null();
    scratch_ = base->text(Decimal::Zeros::dropped);
    return Cell::decimal(scratch_);
  }

  bool has_image(const Column& companion) const {
    return row_.cell(companion.source_index).has_value();
  }

  /// Another image is another id.
  Uuid image_id(const Column& companion) const {
    const std::uint64_t hash = hash64(row_.cell(companion.source_index).text);
    Uuid::Bytes bytes = row_.head.id.bytes();
    for (std::size_t i = 0; i < sizeof(hash); ++i)
      bytes[8 + i] ^= static_cast<std::uint8_t>(hash >> (8 * i));
    return Uuid(bytes);
  }

  /// Hundreds of nanoseconds since the year 1; the row's last change stands for the image's.
  static std::int64_t ticks(std::int64_t seconds) {
    constexpr std::int64_t seconds_to_1970 = 62'135'596'800;
    return (seconds + seconds_to_1970) * 10'000'000;
  }

  Cell image_url(const Column& companion) {
    if (!has_image(companion)) return Cell::null();
    scratch_ = "/Image/download.aspx?Entity=" + table_.logical_name +
               "&Attribute=" + table_.column_at(companion.source_index).logical_name +
               "&Id=" + image_id(companion).text() +
               "&Timestamp=" + std::to_string(ticks(row_.head.modified_on));
    return Cell::of_text(scratch_);
  }

  const ReadContext& context_;
  const Table& table_;
  const Row& row_;
  std::string& scratch_;
};

}  // namespace

Cell read_cell(const ReadContext& context, const Table& table, const Row& row, const Column& column,
               std::string& scratch) {
  return Reading(context, table, row, scratch).read(column);
}

bool is_property(const Column& column) {
  return column.in_web_api && !column.is_deleted && column.valid_for_read &&
         column.type != ColumnType::party_list && column.type != ColumnType::managed_property &&
         column.type != ColumnType::virtual_type;
}

}  // namespace flit::sim::dataverse
