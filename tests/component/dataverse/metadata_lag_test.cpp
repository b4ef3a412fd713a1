// A definition that was just made is not seen at once everywhere (§11).

#include "tests/component/dataverse/simulated.hpp"

namespace flit::sim::dataverse {
namespace {

TEST(MetadataLag, ANewColumnStaysUnknownForAWhile) {
  SimulatorSettings settings;
  settings.organization.readings.metadata_lag = std::chrono::seconds(30);
  Simulated sim(settings);
  EXPECT_EQ(
      sim.send(
             "POST", "EntityDefinitions(LogicalName='account')/Attributes",
             R"j({"@odata.type":"Microsoft.Dynamics.CRM.StringAttributeMetadata","SchemaName":"new_X","MaxLength":10})j")
          .status,
      204);
  const std::string path =
      "EntityDefinitions(LogicalName='account')/Attributes(LogicalName='new_x')";

  EXPECT_EQ(sim.send("GET", path).status, 404);
  EXPECT_EQ(sim.send("GET", path, "", {{"Consistency", "Strong"}}).status, 200);
  EXPECT_EQ(sim.send("POST", "accounts", R"j({"new_x":"v"})j").code(), "0x80048d19");
  sim.machine.advance(std::chrono::seconds(31));
  EXPECT_EQ(sim.send("POST", "accounts", R"j({"new_x":"v"})j").status, 204);
}

}  // namespace
}  // namespace flit::sim::dataverse
