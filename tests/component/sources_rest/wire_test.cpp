// Over real connections: pages, and downloads that are cut and go on (facts/sources.md §1.9).

#include <mutex>

#include "http/client.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/unit/sources_rest/interactive.hpp"

namespace flit::sources::rest {
namespace {

using test::RawConnection;
using test::RawRequest;
using test::RawServer;

/// A file of 26 bytes behind a redirect, cut at byte 10 when it is asked for from its beginning.
class FileHost {
 public:
  static constexpr std::string_view bytes = "abcdefghijklmnopqrstuvwxyz";

  std::string base() const { return server_.url("/api/v1").text(); }
  std::vector<RawRequest> seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }

 private:
  void serve(RawConnection& connection) {
    while (auto request = connection.read_request()) {
      {
        const std::lock_guard lock(mutex_);
        seen_.push_back(*request);
      }
      if (!request->target.starts_with("/_cdn/")) {
        connection.write(test::answer(302, "", {{"Location", "/_cdn/k?exp=1&sig=s"}}));
      } else if (request->headers.contains("Authorization")) {
        connection.write(test::answer(400, "no credentials here"));
      } else if (request->headers.find("Range") == "bytes=10-") {
        connection.write(
            test::answer(206, bytes.substr(10), {{"Content-Range", "bytes 10-25/26"}}));
      } else {
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\nabcdefghij");
        return;
      }
    }
  }

  mutable std::mutex mutex_;
  std::vector<RawRequest> seen_;
  RawServer server_{[this](RawConnection& connection, int) { serve(connection); }};
};

TEST(OverHttp, ADownloadThatWasCutGoesOnWhereItEnded) {
  FileHost host;
  http::Client client;
  ManualClock clock;
  const auto source =
      RestSource::open(client, clock, interactive("base_url: " + host.base()), Secret("t")).value();
  std::string received;
  const model::ByteSink sink = [&](std::string_view piece) -> Result<void> {
    received += piece;
    return {};
  };

  const auto cut = source->download("880", 0, sink, {});
  const std::size_t after_the_cut = received.size();
  const auto done = source->download("880", after_the_cut, sink, {});

  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().fault, Fault::transient) << cut.error().text();
  EXPECT_EQ(after_the_cut, 10U);
  ASSERT_TRUE(done) << done.error().text();
  EXPECT_EQ(received, FileHost::bytes);
}

TEST(OverHttp, APageComesWholeOrNotAtAll) {
  RawServer server([](RawConnection& connection, int number) {
    if (!connection.read_request()) return;
    if (number == 0)
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"results\":[");
    else
      connection.write(test::answer(200, R"({"results":[{"id":"7","label":"ø"}]})",
                                    {{"Content-Type", "application/json; charset=utf-8"}}));
  });
  http::Client client;
  ManualClock clock;
  const auto source =
      RestSource::open(client, clock, interactive("base_url: " + server.url("/api/v1").text()),
                       Secret("t"))
          .value();

  const auto cut = source->read({.name = "tags"}, {}, {});
  const auto whole = source->read({.name = "tags"}, {}, {});

  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().fault, Fault::transient);
  ASSERT_TRUE(whole) << whole.error().text();
  EXPECT_EQ(whole->records.at(0).payload, R"({"id":"7","label":"ø"})");
}

}  // namespace
}  // namespace flit::sources::rest
