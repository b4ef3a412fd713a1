#include "engine/owner_resolution.hpp"

#include <gtest/gtest.h>

namespace flit::engine {
namespace {

model::Owner user(const char* id, const char* email, bool active = true) {
  return {.id = id, .emails = {email}, .active = active};
}

class OwnerResolutionTest : public ::testing::Test {
 protected:
  OwnerResolution resolve(const std::string& fallback = "") {
    auto resolution = resolve_owners(source, destination, named, fallback);
    EXPECT_TRUE(resolution) << resolution.error().text();
    return resolution ? *resolution : OwnerResolution{};
  }
  store::OwnerRow row(const OwnerResolution& resolution, const std::string& id) {
    for (const store::OwnerRow& one : resolution.rows)
      if (one.source_id == id) return one;
    ADD_FAILURE() << id << " is missing";
    return {};
  }

  std::vector<SourceOwner> source{{.id = "31", .email = "R.Kim@Firm.example"},
                                  {.id = "44", .email = "gone@firm.example"},
                                  {.id = "50"},
                                  {.id = "60", .email = "old@firm.example"},
                                  {.id = "70", .email = "two@firm.example"}};
  std::vector<model::Owner> destination{
      user("u-1", "r.kim@firm.example"), user("u-2", "old@firm.example", false),
      user("u-3", "two@firm.example"), user("u-4", "Two@firm.example"),
      user("u-9", "admin@firm.example")};
  std::map<std::string, std::uint64_t> named{{"31", 10}, {"44", 5}, {"50", 1}, {"60", 2},
                                             {"70", 3},  {"99", 4}, {"", 7}};
};

TEST_F(OwnerResolutionTest, EachOwnerEndsInOneClass) {
  const OwnerResolution resolution = resolve();

  EXPECT_EQ(row(resolution, "31").verdict, "matched");
  EXPECT_EQ(row(resolution, "31").target_id, "u-1");
  EXPECT_EQ(row(resolution, "44").verdict, "unmatched");
  EXPECT_EQ(row(resolution, "50").verdict, "unmatched");
  EXPECT_EQ(row(resolution, "60").verdict, "inactive");
  EXPECT_EQ(row(resolution, "70").verdict, "ambiguous");
  EXPECT_EQ(row(resolution, "99").verdict, "unknown");
  EXPECT_EQ(row(resolution, "").verdict, "missing");
  EXPECT_EQ(resolution.unresolved, 5U + 1 + 2 + 3 + 4 + 7);
}

TEST_F(OwnerResolutionTest, TheFallbackTakesEverythingThatHasNoMatch) {
  const OwnerResolution resolution = resolve("ADMIN@firm.example");

  EXPECT_EQ(resolution.unresolved, 0U);
  EXPECT_EQ(row(resolution, "60").target_id, "u-9");
  EXPECT_TRUE(row(resolution, "60").fallback);
  EXPECT_FALSE(row(resolution, "31").fallback);
}

TEST_F(OwnerResolutionTest, AFallbackThatMayNotOwnIsRefused) {
  for (const char* email : {"old@firm.example", "nobody@firm.example", "two@firm.example"}) {
    const auto refused = resolve_owners(source, destination, named, email);
    ASSERT_FALSE(refused) << email;
    EXPECT_EQ(refused.error().fault, Fault::setup);
  }
}

}  // namespace
}  // namespace flit::engine
