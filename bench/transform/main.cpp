// How much more than parsing it costs to make rows of records.
//
//   bench_transform [RECORDS] [ROUNDS] [plain|phones|html]
//
// The mark is simdjson's DOM parser, which only parses: the same payloads, one after the other,
// from memory with its padding, nothing looked at. Transforming parses too, checks, converts every
// field against its column and fills the batches that a connector takes. Telephone numbers and HTML
// are apart: there two libraries do the work, whose own time is most of it.

#include <string>

#include <simdjson.h>

#include "base/check.hpp"
#include "bench/support/rounds.hpp"
#include "bench/transform/rows.hpp"

namespace flit::bench {
namespace {

/// The payloads in one run of memory, so that nothing is copied before simdjson reads it.
class Parsing {
 public:
  explicit Parsing(const People& people) {
    for (const std::string& payload : people.payloads) padded_.emplace_back(payload);
  }
  void run() {
    for (const simdjson::padded_string& payload : padded_) {
      simdjson::dom::element root;
      FLIT_CHECK(parser_.parse(payload).get(root) == simdjson::SUCCESS, "a payload is JSON");
    }
  }

 private:
  simdjson::dom::parser parser_;
  std::vector<simdjson::padded_string> padded_;
};

class Opening {
 public:
  explicit Opening(const People& people) : people_(people), numbers_(people.source) {}
  void run() {
    for (const std::string& payload : people_.payloads)
      FLIT_CHECK(view_.open(payload).has_value(), "a payload is JSON");
  }

 private:
  const People& people_;
  mapping::FieldNumbers numbers_;
  mapping::RecordView view_{numbers_};
};

void print_part(const std::string& name, const People& people, const std::vector<double>& seconds,
                const std::vector<double>& parsing) {
  const auto records = static_cast<double>(people.payloads.size());
  print_line(name, "records/s", rate_of(seconds, records));
  print_line(name, "MB/s", rate_of(seconds, static_cast<double>(people.bytes()) / 1e6));
  print_line(name + " ÷ parsing", "×", ratio_of(seconds, parsing));
}

void measure(const std::string& name, const People& people, int rounds, bool with_opening) {
  Parsing parsing(people);
  Opening opening(people);
  Transformer transformer(people);
  std::vector<Piece> pieces{{"parsing", [&] { parsing.run(); }},
                            {"transform", [&] { transformer.run(); }}};
  if (with_opening) pieces.push_back({"opening", [&] { opening.run(); }});
  const auto seconds = interleaved(pieces, rounds);
  print_line(name + ": simdjson parses", "MB/s",
             rate_of(seconds[0], static_cast<double>(people.bytes()) / 1e6));
  if (with_opening) print_part(name + ": fields found", people, seconds[2], seconds[0]);
  print_part(name + ": transform", people, seconds[1], seconds[0]);
}

}  // namespace
}  // namespace flit::bench

int main(int argc, char** argv) {
  using namespace flit::bench;
  const std::size_t records = argc > 1 ? std::stoul(argv[1]) : 20'000;
  const int rounds = argc > 2 ? std::stoi(argv[2]) : 11;
  const std::string only = argc > 3 ? argv[3] : "";
  const auto wanted = [&](std::string_view part) { return only.empty() || only == part; };
  if (wanted("plain")) measure("text, number, date, choice", plain_people(records), rounds, true);
  if (wanted("phones"))
    measure("telephone numbers", people_with_phones(records / 10), rounds, false);
  if (wanted("html")) measure("HTML", people_with_notes(records / 10), rounds, false);
}
