// What every source must do, tried on lists of three pages, one of them empty.

#include "sim/base/service.hpp"
#include "tests/support/sim_transport.hpp"
#include "tests/support/source_conformance.hpp"
#include "tests/unit/sources_rest/interactive.hpp"

namespace flit::sources::rest {
namespace {

class ThreePages final : public sim::Service {
 public:
  sim::Response handle(const sim::Request& request) override {
    const bool edges = request.target.segment(2) == "associations";
    const std::string after(request.target.parameter("after").value_or(""));
    if (after.empty()) return page(edges ? edge("1", "2") : record("1"), "a+/=");
    if (after == "a+/=") return page("", "b");
    return page(edges ? edge("2", "3") : record("2"), "");
  }

 private:
  static std::string record(const std::string& id) {
    return "{\"id\":\"" + id + "\",\"properties\":{\"owner_id\":\"" + id + "\"}}";
  }
  static std::string edge(const std::string& from, const std::string& to) {
    return "{\"from_id\":\"" + from + "\",\"to_id\":\"" + to + "\"}";
  }
  static sim::Response page(const std::string& row, const std::string& next) {
    return sim::Response::json(
        200, "{\"results\":[" + row + "]" +
                 (next.empty() ? "" : ",\"paging\":{\"next\":{\"after\":\"" + next + "\"}}") + "}");
  }
};

class Conformance : public testing::TestWithParam<const char*> {
 protected:
  test::OpenSource open() {
    return
        [this] { return RestSource::open(transport_, clock_, interactive(), Secret("t")).value(); };
  }

  ThreePages pages_;
  ManualClock clock_;
  test::SimTransport transport_{pages_, clock_};
};

TEST_P(Conformance, EveryPageCanBeReadAgainByAnotherProcess) {
  test::expect_resumable(open(), {.name = GetParam()});
}

TEST_P(Conformance, ReadingCanBeStopped) {
  test::expect_stoppable(open(), {.name = GetParam()});
}

INSTANTIATE_TEST_SUITE_P(Lists, Conformance,
                         testing::Values("contacts", "owners", "contacts→companies"));

}  // namespace
}  // namespace flit::sources::rest
