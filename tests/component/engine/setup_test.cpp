// The set-up plan of the shipped path, applied to a simulated Dataverse, verified and taken back.

#include <gtest/gtest.h>

#include "both_sides.hpp"
#include "engine/schema_setup.hpp"
#include "engine/setup_manifest.hpp"

namespace flit::engine {
namespace {

class SetupRun : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    staged = std::make_unique<test::StagedSource>(
        sim::interactive::GenerateSettings{.contacts = 20, .seed = 3});
  }
  static void TearDownTestSuite() { staged.reset(); }

  /// Of companies and notes alone: the others only take longer.
  static model::MapDocument map() {
    model::MapDocument some = staged->map();
    std::erase_if(some.objects, [](const model::ObjectMap& one) {
      return one.object != "companies" && one.object != "notes";
    });
    return some;
  }

  SetupPlan plan(test::EmptyDestination& there) const {
    const auto ours = made_by_us(staged->environment());
    const auto facts = there.destination().schema.facts({});
    EXPECT_TRUE(ours && facts);
    return plan_setup({.path = staged->path(),
                       .map = map(),
                       .source = staged->schema(),
                       .observed = {},
                       .destination = there.describe({"account", "annotation"}),
                       .facts = *facts,
                       .ours = *ours});
  }

  static std::unique_ptr<test::StagedSource> staged;
};
std::unique_ptr<test::StagedSource> SetupRun::staged;

TEST_F(SetupRun, MakesEverythingOnceAndTakesBackExactlyThat) {
  test::EmptyDestination there;
  const std::string untouched = there.schema_digest();
  Pacer pacer(staged->environment().executor, "destination", {});
  SchemaSetup setup(staged->environment(), there.destination().schema_writer, pacer);
  const SetupPlan first = plan(there);
  EXPECT_TRUE(first.problems.empty()) << manifest_text(first);
  EXPECT_EQ(first.missing(), first.changes.size());

  const auto made = setup.apply(first, {});
  ASSERT_TRUE(made) << made.error().text();
  EXPECT_EQ(made->made, first.changes.size());
  const SetupPlan second = plan(there);
  EXPECT_EQ(not_there(second), std::vector<std::string>{}) << manifest_text(second);
  EXPECT_EQ(fingerprint_of(second), fingerprint_of(first));
  const auto again = setup.apply(second, {});
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(again->made, 0U);

  const auto reverted = setup.revert({});
  ASSERT_TRUE(reverted) << reverted.error().text();
  EXPECT_EQ(*reverted, first.changes.size());
  EXPECT_EQ(there.schema_digest(), untouched);
}

TEST_F(SetupRun, LeavesWhatWasThereBefore) {
  test::EmptyDestination there;
  model::Field column{.name = "flit_domain", .label = "Domain", .type = model::FieldType::text};
  column.max_length = 255;
  ASSERT_TRUE(there.destination().schema_writer.apply(model::CreateColumn{"account", column}, {}));
  const std::string before = there.schema_digest();
  Pacer pacer(staged->environment().executor, "destination", {});
  SchemaSetup setup(staged->environment(), there.destination().schema_writer, pacer);

  ASSERT_TRUE(setup.apply(plan(there), {}));
  ASSERT_TRUE(setup.revert({}));

  EXPECT_EQ(there.schema_digest(), before);
}

/// What stood there before us is asked anew when a plan that was taken back is applied once more.
TEST_F(SetupRun, LeavesWhatOthersMadeAfterItWasTakenBack) {
  test::EmptyDestination there;
  Pacer pacer(staged->environment().executor, "destination", {});
  SchemaSetup setup(staged->environment(), there.destination().schema_writer, pacer);
  ASSERT_TRUE(setup.apply(plan(there), {}));
  ASSERT_TRUE(setup.revert({}));
  model::Field column{.name = "flit_domain", .label = "Domain", .type = model::FieldType::text};
  column.max_length = 255;
  ASSERT_TRUE(there.destination().schema_writer.apply(model::CreateColumn{"account", column}, {}));
  const std::string before = there.schema_digest();

  ASSERT_TRUE(setup.apply(plan(there), {}));
  ASSERT_TRUE(setup.revert({}));

  EXPECT_EQ(there.schema_digest(), before);
}

}  // namespace
}  // namespace flit::engine
