// json::parse accepts exactly what nlohmann accepts, what it gives can be written and read again,
// and nlohmann reads the same in both.

#include "base/json_reader.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "fuzz/promise.hpp"

namespace {

using flit::fuzz::promise;

/// Why nlohmann refuses a text, and how deep it is.
class Judge : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool key(string_t&) override { return true; }
  bool start_object(std::size_t) override { return descend(); }
  bool end_object() override { return ascend(); }
  bool start_array(std::size_t) override { return descend(); }
  bool end_array() override { return ascend(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& e) override {
    is_number_too_large = e.id == 406;
    return false;
  }

  std::size_t deepest = 0;
  bool is_number_too_large = false;

 private:
  bool descend() {
    deepest = std::max(deepest, ++depth_);
    return true;
  }
  bool ascend() {
    --depth_;
    return true;
  }
  std::size_t depth_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = flit::json::parse(text);
  if (text.starts_with("\xEF\xBB\xBF")) return 0;   // nlohmann skips a byte order mark
  if (text.find('\0') != std::string_view::npos) {  // and takes a zero byte for the end
    promise(!document, "no JSON text holds a zero byte");
    return 0;
  }

  Judge judge;
  const bool theirs = nlohmann::json::sax_parse(text, &judge);
  const bool is_out_of_their_range = judge.is_number_too_large;  // we keep the number's text
  const bool is_too_deep_for_us = judge.deepest > flit::json::Document::max_depth;
  if (!is_out_of_their_range && !is_too_deep_for_us)
    promise(document.has_value() == theirs, "both readers accept the same texts");
  if (!document) return 0;

  const std::string dumped = document->root().dump();
  const auto again = flit::json::parse(dumped);
  promise(again.has_value(), "what is dumped can be read");
  promise(again->root().dump() == dumped, "and dumps the same");
  if (!theirs) return 0;
  promise(nlohmann::json::parse(text) == nlohmann::json::parse(dumped), "both say the same");
  return 0;
}
