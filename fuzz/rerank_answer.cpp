// Whatever a language model answers, it is refused or its answers are numbers and printable text.

#include <algorithm>
#include <cstdint>
#include <string>

#include "fuzz/promise.hpp"
#include "rerank/answer.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using flit::fuzz::promise;
  const auto answers =
      flit::rerank::read_answers(std::string(reinterpret_cast<const char*>(data), size));
  if (!answers) {
    promise(!answers.error().text().empty(), "an error can be shown");
    return 0;
  }
  for (const flit::rerank::Answer& answer : *answers) {
    promise(answer.field >= 0 && (!answer.pick || *answer.pick >= 0), "numbers name something");
    promise(std::all_of(answer.reason.begin(), answer.reason.end(),
                        [](char c) { return c >= 0x20 && c < 0x7F; }),
            "a reason can be printed");
    promise(!apply(answer, {}, 0.5), "nothing that was not asked is answered");
  }
  return 0;
}
