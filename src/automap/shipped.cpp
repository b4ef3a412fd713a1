#include "automap/shipped.hpp"

#include "base/check.hpp"

namespace flit::automap {

// Written by embed.cmake from lexicon/*.txt and model.txt.
std::string_view embedded_words();
std::string_view embedded_columns();
std::string_view embedded_homeless();
std::string_view embedded_objects();
std::string_view embedded_values();
std::string_view embedded_model();

Lexicon shipped_lexicon() {
  auto lexicon = Lexicon::read({embedded_words(), embedded_columns(), embedded_homeless(),
                                embedded_objects(), embedded_values()});
  if (!lexicon) throw Bug("the shipped lexicon does not read: " + lexicon.error().text());
  return std::move(*lexicon);
}

Model shipped_model() {
  auto model = read_model(embedded_model(), "model.txt");
  if (!model) throw Bug("the shipped model does not read: " + model.error().text());
  return std::move(*model);
}

}  // namespace flit::automap
