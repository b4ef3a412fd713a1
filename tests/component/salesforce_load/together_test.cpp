// Many clients at once: rows, queries, jobs, schema changes and resets beside each other.

#include <thread>

#include "tests/component/salesforce_load/org.hpp"

namespace flit::test {
namespace {

constexpr int rounds = 20;

TEST(Together, WritersReadersJobsAndSchemaChangesAreAllServed) {
  Org org;
  std::vector<std::jthread> clients;
  clients.emplace_back([&] {
    for (int i = 0; i < rounds; ++i)
      EXPECT_EQ(org.send("POST", "sobjects/Account", R"({"Name":"a","Phone":"1"})").status, 201);
  });
  clients.emplace_back([&] {
    for (int i = 0; i < rounds; ++i) {
      EXPECT_EQ(org.send("GET", "query?q=SELECT+Id,Name,Owner.Name+FROM+Account").status, 200);
      EXPECT_EQ(org.send("GET", "sobjects/Account/describe").status, 200);
      EXPECT_EQ(org.send("GET", "limits").status, 200);
    }
  });
  clients.emplace_back([&] {
    for (int i = 0; i < rounds; ++i)
      org.load(R"({"object":"Account","operation":"insert"})", "Name,Phone\nb,1\nc,2\n");
  });
  clients.emplace_back([&] {
    for (int i = 0; i < rounds; ++i)
      org.add_field("Contact.F" + std::to_string(i) + "__c",
                    R"({"label":"F","type":"Text","length":10})");
  });
  clients.clear();  // joins

  EXPECT_EQ(Org::member(org.query("SELECT COUNT() FROM Account"), "totalSize"),
            std::to_string(3 * rounds));
  EXPECT_NE(org.simulator.digest().digest(), "");
}

TEST(Together, AResetInTheMiddleLeavesAnEmptyOrg) {
  Org org;
  {
    std::jthread loader([&] {
      for (int i = 0; i < rounds; ++i) {
        const auto made =
            org.send("POST", "jobs/ingest", R"({"object":"Account","operation":"insert"})");
        const std::string path = "jobs/ingest/" + Org::member(made.body, "id");
        org.send("PUT", path + "/batches", "Name\nb\n", {{"Content-Type", "text/csv"}});
        org.send("PATCH", path, R"({"state":"UploadComplete"})");
        org.get(path);
        org.get("query?q=SELECT+Id+FROM+Account");
      }
    });
    for (int i = 0; i < rounds; ++i) org.simulator.reset();
  }
  org.simulator.reset();
  EXPECT_EQ(Org::member(org.query("SELECT COUNT() FROM Account"), "totalSize"), "0");
}

}  // namespace
}  // namespace flit::test
