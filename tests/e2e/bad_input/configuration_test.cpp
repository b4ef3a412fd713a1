// flitstack.yaml and credentials as people get them wrong: tests/golden/e2e/configuration.txt.

#include <filesystem>
#include <fstream>
#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sweep.hpp"

namespace flit::test {
namespace {

const std::string file = "flitstack.yaml";

struct Mistake {
  const char* what;
  std::function<std::string(std::string)> made;
};

const std::vector<Mistake> mistakes{
    {"a brace that is not closed", swap("{env: FLIT_DEST_CLIENT_ID}", "{env: FLIT_DEST_CLIENT_ID")},
    {"a tab", swap("  base_url", "\tbase_url")},
    {"an unknown key", append("fallback_ownr: a@b.example")},
    {"an unknown key of the source", swap("source:\n", "source:\n  bse_url: x\n")},
    {"an unknown key of the destination", swap("  tenant:", "  tennant:")},
    {"a key that stands twice", append("sample_size: 1\nsample_size: 2")},
    {"text for a number", append("load: {lanes: many}")},
    {"a number out of range", append("load: {lanes: 0}")},
    {"a list for a map", append("load: [1, 2]")},
    {"no path", swap("path: interactive-to-dynamics365", "# no path")},
    {"a path that does not exist", swap("interactive-to-dynamics365", "interactive-to-dynamic365")},
    {"a file that is empty", become("")},
    {"a file in another encoding", become("path: \xE9t\xE9\n")},
    {"two documents", append("---\npath: x")},
    {"aliases that explode",
     become("a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
            "c: &c [*b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c]\n"
            "e: &e [*d, *d, *d, *d, *d, *d, *d]\nf: [*e, *e, *e, *e, *e, *e, *e, *e]\n")},
    {"a time zone that does not exist", append("time_zone: Europe/Berln")},
    {"a country that does not exist", append("region: XX")},
    {"an owner that is no address", append("fallback_owner: nobody")},
    {"a source URL that is none", swap("base_url: \"http", "base_url: \"htp")},
    {"a destination URL that is none", swap("  url: \"http://", "  url: \"ftp://")},
    {"a credential in the file", swap("\"env:FLIT_SOURCE_TOKEN\"", "planted-secret")},
    {"a secret in the file", swap("{env: FLIT_DEST_CLIENT_SECRET}", "planted-secret")},
    {"a secret under a key of its own",
     swap("{env: FLIT_DEST_CLIENT_SECRET}", "{value: planted-secret}")},
    {"a secret beside a mistake",
     swap("{env: FLIT_DEST_CLIENT_SECRET}", "{env: A, file: planted-secret")},
    {"a credential's command that fails",
     swap("\"env:FLIT_SOURCE_TOKEN\"", "\"command:echo planted-secret; exit 3\"")},
    {"a credential's file that is not there",
     swap("\"env:FLIT_SOURCE_TOKEN\"", "\"file:/not/there\"")},
};

TEST(BadInput, AMistakeInTheProjectsFileIsShownWhereItStands) {
  const BothEnds ends({.source = {"--generate", "contacts=5", "--seed", "7"}});
  ends.typed({"init", "interactive-to-dynamics365", "--source-url", ends.source.url() + "/api/v1",
              "--destination-url", ends.destination.url(), "--authority", ends.destination.url(),
              "--tenant", "simulated", "--id", "9d1f0e52-8f3a-5b0e-9c64-0d5b7a6f1c11"});
  Sweep sweep(ends);
  const std::vector<std::string> inventory{"inventory"};

  for (const Mistake& mistake : mistakes)
    sweep.expect_with(mistake.what, 2, file, mistake.made, inventory);
  sweep.expect("a credential that is empty", 2, inventory, {"FLIT_SOURCE_TOKEN="});
  sweep.expect("a credential of two lines", 2, inventory, {"FLIT_SOURCE_TOKEN=planted\nsecret"});

  const std::string open = (ends.project() / "token").string();
  std::ofstream(open) << "planted-secret";
  std::filesystem::permissions(open, std::filesystem::perms(0644));
  sweep.expect_with("a credential's file that others can read", 2, file,
                    swap("\"env:FLIT_SOURCE_TOKEN\"", "\"file:" + open + "\""), inventory);

  sweep.expect("and without any mistake", 0, inventory);
  EXPECT_EQ(sweep.all().find("planted"), std::string::npos) << "a secret was shown";
  sweep.compare("configuration.txt");
}

TEST(BadInput, ArgumentsThatCannotBeMeantAreRefused) {
  const BothEnds ends({.source = {"--generate", "contacts=5", "--seed", "7"}});
  ends.prepare();
  Sweep sweep(ends);

  sweep.expect("a command that does not exist", 2, {"migrate"});
  sweep.expect("a gate that does not exist", 2, {"approve", "mapp", "--as", "Kim"});
  sweep.expect("nobody who answers for it", 2, {"approve", "map"});
  sweep.expect("an empty name", 2, {"approve", "map", "--as", " "});
  sweep.expect("an object that the map does not have", 2, {"map", "show", "contcts"});
  sweep.expect("a fallback owner who is nobody there", 2, {"owners", "--fallback", "a@b.example"});
  sweep.expect("a size that is no number", 2, {"sample", "--size", "many"});
  sweep.expect("an id that nobody knows", 2, {"trace", "nope"});
  sweep.expect("rollback without a yes", 2, {"rollback"});
  sweep.expect("plan apply without a yes", 2, {"plan", "apply"});
  sweep.expect("run before its gates", 3, {"run"});
  sweep.expect("diff before the sample", 3, {"diff"});
  sweep.expect("reconcile before anything was moved", 3, {"reconcile"});
  sweep.compare("arguments.txt");
}

}  // namespace
}  // namespace flit::test
