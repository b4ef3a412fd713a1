#pragma once
/// @file Converters into textual columns: text, e-mail, phone, HTML and JSON kept as text.

#include <memory>

#include "mapping/conversion.hpp"

namespace flit::mapping {

/// What every textual column does with a text that is too long for it.
struct TextLimit {
  std::uint32_t max_units = 0;  ///< UTF-16; 0: none
  model::TooLong too_long = model::TooLong::fail;

  static TextLimit of(const model::FieldRule& rule, const model::Field& column);
  /// Most texts are shorter in bytes than the column is in units: counting is for the others.
  Converted fit(std::string_view text, model::Arena& arena) const {
    if (max_units == 0 || text.size() <= max_units)
      return Converted::plain(model::Value::text(text, arena));
    return fit_counted(text, arena);
  }
  /// The same for a text that was changed on its way and is flagged already.
  Converted fit_flagged(std::string_view text, model::Arena& arena, std::string_view code) const;

 private:
  Converted fit_counted(std::string_view text, model::Arena& arena) const;
};

/// A scalar's text as written; lists and objects as compact JSON.
inline std::string_view text_of(json::Value source, std::string& buffer) {
  if (const auto text = source.as_string()) return *text;
  buffer = source.dump();
  return buffer;
}

std::unique_ptr<Converter> make_text(const TextLimit& limit);
std::unique_ptr<Converter> make_line(const TextLimit& limit);  ///< white space collapsed
std::unique_ptr<Converter> make_email(const TextLimit& limit);
std::unique_ptr<Converter> make_phone(const TextLimit& limit, std::string region);
std::unique_ptr<Converter> make_html(const TextLimit& limit);
std::unique_ptr<Converter> make_plain_text(const TextLimit& limit);  ///< HTML → text
std::unique_ptr<Converter> make_json_text(const TextLimit& limit);
/// A value of a choice list as its label, for text columns.
std::unique_ptr<Converter> make_label_text(const TextLimit& limit, const model::Field& source);

}  // namespace flit::mapping
