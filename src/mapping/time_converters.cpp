#include "mapping/time_converters.hpp"

#include "base/text.hpp"
#include "base/time.hpp"
#include "mapping/text_converters.hpp"

namespace flit::mapping {
namespace {

using model::Value;
using namespace std::chrono_literals;

// SQL Server's datetime starts here; Dataverse and Salesforce refuse what is older.
constexpr std::chrono::sys_days oldest = 1753y / 1 / 1;
constexpr std::chrono::sys_days newest = 9999y / 12 / 31;

bool is_outside(std::chrono::sys_days day) {
  return day < oldest || day > newest;
}

Converted outside() {
  return Converted::refused("out_of_range", "outside 1753-01-01 to 9999-12-31");
}

/// Whether it can only be a day: asking parse_date() about a moment costs an error and its text.
bool is_day(std::string_view text) {
  return text.size() == std::string_view("YYYY-MM-DD").size();
}

Converted not_a_time() {
  return Converted::refused("not_a_date", "expected YYYY-MM-DD or an ISO 8601 time");
}

Result<Instant> from_number(json::Value source, WrittenTime written) {
  std::string buffer;
  const std::string_view text = text::trim(text_of(source, buffer));
  FLIT_TRY(number, Decimal::parse(text));
  const auto whole = number.as_integer();
  if (!whole) return Error{.message = "not a whole number"};
  return written == WrittenTime::epoch_ms ? instant_from_epoch_ms(*whole)
                                          : instant_from_epoch_seconds(*whole);
}

class DateConverter final : public Converter {
 public:
  DateConverter(WrittenTime written, const Zone& zone) : written_(written), zone_(zone) {}

  Converted convert(json::Value source, const Context&) const override {
    const std::optional<Date> date = read(source);
    if (!date) return not_a_time();
    const std::chrono::sys_days day(*date);
    if (is_outside(day)) return outside();
    return Converted::plain(Value::date(day));
  }

 private:
  std::optional<Date> read(json::Value source) const {
    if (written_ != WrittenTime::iso) {
      // Written as midnight UTC: the zone of the account has no say.
      const auto moment = from_number(source, written_);
      if (!moment) return {};
      return utc_date_of(*moment);
    }
    std::string buffer;
    const std::string_view text = text::trim(text_of(source, buffer));
    if (is_day(text))
      if (const auto date = parse_date(text)) return *date;
    const auto moment = parse_instant(text);
    if (!moment) return {};
    return zone_.date_at(*moment);
  }

  WrittenTime written_;
  Zone zone_;
};

class InstantConverter final : public Converter {
 public:
  explicit InstantConverter(WrittenTime written) : written_(written) {}

  Converted convert(json::Value source, const Context&) const override {
    if (written_ != WrittenTime::iso) {
      const auto moment = from_number(source, written_);
      return moment ? within(*moment, 0) : not_a_time();
    }
    std::string buffer;
    const std::string_view text = text::trim(text_of(source, buffer));
    if (is_day(text))
      if (const auto date = parse_date(text)) return within(std::chrono::sys_days(*date) + 12h, 0);
    const auto moment = parse_instant_as_written(text);
    if (!moment) return not_a_time();
    return within(moment->instant, static_cast<std::int16_t>(moment->offset.count()));
  }

 private:
  static Converted within(Instant moment, std::int16_t offset_minutes) {
    if (is_outside(std::chrono::floor<std::chrono::days>(moment))) return outside();
    return Converted::plain(Value::instant(moment, offset_minutes));
  }

  WrittenTime written_;
};

}  // namespace

std::unique_ptr<Converter> make_date(WrittenTime written, const Zone& zone) {
  return std::make_unique<DateConverter>(written, zone);
}

std::unique_ptr<Converter> make_instant(WrittenTime written) {
  return std::make_unique<InstantConverter>(written);
}

}  // namespace flit::mapping
