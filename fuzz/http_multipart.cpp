// Any bytes are parts or are refused; the pieces in which they come change nothing; and what was
// read can be written and read again.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/promise.hpp"
#include "http/embedded.hpp"
#include "http/media_type.hpp"
#include "http/multipart.hpp"

namespace {

using flit::fuzz::promise;
using flit::http::MultipartReader;
using flit::http::MultipartWriter;
using flit::http::Part;

constexpr flit::http::MultipartLimits limits{.max_part = 1000, .max_parts = 50};

struct Outcome {
  bool is_whole;
  std::vector<Part> parts;
};

Outcome read_in_steps(std::string_view text, std::size_t step) {
  MultipartReader reader("b", limits);
  Outcome outcome{.is_whole = true, .parts = {}};
  for (std::size_t at = 0; at < text.size() && outcome.is_whole; at += step) {
    outcome.is_whole = reader.feed(text.substr(at, step)).has_value();
    while (auto part = reader.next()) outcome.parts.push_back(std::move(*part));
  }
  outcome.is_whole = outcome.is_whole && reader.finish();
  while (auto part = reader.next()) outcome.parts.push_back(std::move(*part));
  return outcome;
}

bool are_equal(const std::vector<Part>& a, const std::vector<Part>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i].headers != b[i].headers || a[i].body != b[i].body ||
        !are_equal(a[i].parts, b[i].parts))
      return false;
  return true;
}

void check_writing(const std::vector<Part>& parts) {
  MultipartWriter writer("other");
  std::vector<Part> written;
  for (const Part& part : parts)
    if (part.headers.media_type().rfind("multipart/", 0) != 0 &&
        writer.part(part.headers, part.body))
      written.push_back(part);
  const auto again = flit::http::parse_multipart(writer.content_type(), writer.finish());
  promise(again.has_value() || written.empty(), "what was written can be read");
  for (std::size_t i = 0; i < written.size(); ++i)
    promise((*again)[i].body == written[i].body, "bodies come back byte for byte");
}

void check_embedded(std::string_view text) {
  const auto response = flit::http::parse_embedded_response(text);
  if (!response) return;
  promise(response->status >= 100 && response->status <= 599, "a status is one");
  promise(response->body.size() <= text.size(), "a body lies in the text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Outcome whole = read_in_steps(text, std::max<std::size_t>(size, 1));
  for (const std::size_t step : {std::size_t{1}, std::size_t{7}}) {
    const Outcome pieces = read_in_steps(text, step);
    promise(pieces.is_whole == whole.is_whole, "pieces decide nothing");
    if (whole.is_whole) promise(are_equal(pieces.parts, whole.parts), "pieces change nothing");
  }
  if (whole.is_whole) check_writing(whole.parts);
  check_embedded(text);
  (void)flit::http::boundary_of(text);
  return 0;
}
