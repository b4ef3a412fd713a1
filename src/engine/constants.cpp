#include "engine/constants.hpp"

#include <fmt/format.h>

#include "base/json_writer.hpp"

namespace flit::engine {

Result<Constants> Constants::compile(const model::Object& table, const Values& values,
                                     const mapping::Locale& locale) {
  static const model::Field nothing{.name = "a constant"};
  Constants made;
  made.table_ = table.name;
  for (const auto& [name, text] : values) {
    const model::Field* column = table.find_field(name);
    if (column == nullptr)
      return Error{.fault = Fault::setup,
                   .message = fmt::format("{} has no column {}", table.name, name),
                   .where = "path pack",
                   .remedy = "Apply the set-up plan (flitstack plan apply), or correct the pack"};
    FLIT_TRY(converter,
             mapping::make_converter({.to = name, .fallback = text}, nothing, *column, locale));
    made.columns_.push_back(name);
    json::append_quoted(made.texts_.emplace_back(), text);
    made.converters_.push_back(std::move(converter));
  }
  return made;
}

Result<model::Value> Constants::cell(std::size_t number, const mapping::Context& context) const {
  json::Document document;
  FLIT_TRY(text, document.read(texts_[number]));
  mapping::Converted converted = converters_[number]->convert(text, context);
  if (converted.trouble == mapping::Converted::Trouble::refused)
    return Error{.fault = Fault::setup,
                 .message = fmt::format("{}.{} does not take {}: {}", table_, columns_[number],
                                        texts_[number], converted.code),
                 .where = "path pack"};
  return converted.value;
}

}  // namespace flit::engine
