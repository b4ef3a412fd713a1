#include "base/json_reader.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

#include "base/detail/json_nodes.hpp"

namespace flit::json {
namespace {

struct Position {
  std::size_t line = 1;
  std::size_t column = 1;  // bytes, from 1
};

Position position_of(std::string_view text, std::size_t offset) {
  Position at;
  for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
    if (text[i] == '\n') {
      ++at.line;
      at.column = 1;
    } else {
      ++at.column;
    }
  }
  return at;
}

std::string_view trimmed(std::string_view token) {
  while (!token.empty() && detail::is_blank(token.back())) token.remove_suffix(1);
  return token;
}

}  // namespace

struct Document::Impl {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> kernel;  // made when first needed
  std::string text;                 // our copy, with simdjson's padding behind it
  std::string unescaped;            // strings of the text that are not written as they are
  std::vector<detail::Node> nodes;  // preorder: an object's members as key node, value node(s)
  std::size_t count = 0;            // of nodes that are in use

  simdjson::error_code make_room();
  simdjson::error_code build(std::size_t& stopped_at);
};

/// For as many tokens as the text has bytes.
simdjson::error_code Document::Impl::make_room() {
  constexpr std::size_t smallest = 512;
  if (!kernel)
    return simdjson::get_active_implementation()->create_dom_parser_implementation(
        std::max(text.size(), smallest), max_depth, kernel);
  if (kernel->capacity() >= text.size()) return simdjson::SUCCESS;
  return kernel->set_capacity(std::max(text.size(), 2 * kernel->capacity()));
}

// `stopped_at` becomes the place in the text that reading got to.
simdjson::error_code Document::Impl::build(std::size_t& stopped_at) {
  stopped_at = text.size();
  if (text.empty()) return simdjson::EMPTY;
  if (text.size() > std::numeric_limits<std::uint32_t>::max()) return simdjson::CAPACITY;
  if (const auto error = make_room()) return error;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  if (const auto error = kernel->stage1(bytes, text.size(), simdjson::stage1_mode::regular))
    return error;
  std::uint32_t* const first = kernel->structural_indexes.get();
  std::uint32_t* const end = first + kernel->n_structural_indexes;
  *end = static_cast<std::uint32_t>(text.size());
  if (nodes.size() < kernel->n_structural_indexes) nodes.resize(kernel->n_structural_indexes);
  const detail::Built built =
      detail::build_nodes({text, first, end, *kernel, unescaped}, max_depth, nodes.data());
  stopped_at = built.place;
  count = built.nodes;
  return static_cast<simdjson::error_code>(built.error);
}

Document::Document() : impl_(std::make_unique<Impl>()) {}
Document::~Document() = default;
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;

Result<Value> Document::read(std::string_view text) {
  Impl& impl = *impl_;
  impl.count = 0;
  text = trimmed(text);
  impl.text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
  impl.text.assign(text);
  std::size_t stopped_at = 0;
  const simdjson::error_code error = impl.build(stopped_at);
  if (!error) return root();

  const Position at = position_of(impl.text, stopped_at);
  std::string_view reason = simdjson::error_message(error);
  while (reason.ends_with('.')) reason.remove_suffix(1);
  return Error{.fault = Fault::permanent,
               .message = fmt::format("not JSON: {}", reason),
               .where = fmt::format("line {}, column {} (byte {} of {})", at.line, at.column,
                                    stopped_at, impl.text.size()),
               .remedy = "The text was cut short or is not JSON at all"};
}

Value Document::root() const {
  return impl_->count == 0 ? Value() : Value(impl_->nodes.data());
}

Result<Document> parse(std::string_view text) {
  Document document;
  FLIT_TRY_VOID(document.read(text));
  return document;
}

}  // namespace flit::json
