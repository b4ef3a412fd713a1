// Rows loaded as two application users: the limits are counted by user, everything else stays.

#include <fstream>

#include <gtest/gtest.h>

#include "both_ends.hpp"
#include "tests/support/golden.hpp"

namespace flit::test {
namespace {

class TwoUsers : public testing::Test {
 protected:
  BothEnds ends{{.source = {"--generate", "contacts=60", "--seed", "11"}}};

  /// As an operator edits flitstack.yaml.
  void name_the_second() const {
    const std::filesystem::path file = ends.project() / "flitstack.yaml";
    std::string text = read_file(file.string());
    const std::string_view first = "  client_secret: {env: FLIT_DEST_CLIENT_SECRET}\n";
    const std::size_t place = text.find(first);
    ASSERT_NE(place, std::string::npos) << text;
    text.insert(place + first.size(), R"(  further_users:
    - {client_id: {env: SECOND_ID}, client_secret: {env: FLIT_DEST_CLIENT_SECRET}}
)");
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
  }
  /// A small sample, and small requests, so that several are on their way.
  void load_in_small_batches() const {
    std::ofstream(ends.project() / "flitstack.yaml", std::ios::binary | std::ios::app)
        << "\nload: {rows: 3}\nsample_size: 5\n";
  }
  /// A command that ends well.
  void done(const std::vector<std::string>& words) const {
    const Finished finished = ends.type(words, {"SECOND_ID=flit2"});
    EXPECT_EQ(finished.exit_code, 0) << words.front() << "\n" << finished.err;
  }
  std::int64_t rows_made_by(const std::string& email) const {
    const std::string user =
        ends.value("systemusers?$filter=internalemailaddress eq '" + email + "'", "systemuserid");
    return ends.rows("contacts?$filter=_createdby_value eq " + user);
  }
};

TEST_F(TwoUsers, ShareTheRowsAndARollbackKnowsBoth) {
  const std::string before = ends.destination.digest();
  ends.prepare();
  load_in_small_batches();
  ends.sample();
  name_the_second();

  done({"run"});

  EXPECT_GT(rows_made_by("flit@simulated.example"), 0);
  EXPECT_GT(rows_made_by("flit2@simulated.example"), 0);
  done({"reconcile"});
  done({"rollback", "--yes", "--schema"});
  EXPECT_EQ(ends.destination.digest(), before);
}

TEST_F(TwoUsers, TheSameTwiceAreRefused) {
  ends.prepare();
  name_the_second();

  const Finished preflight = ends.type({"preflight"}, {"SECOND_ID=flit"});

  EXPECT_EQ(preflight.exit_code, 2);
  EXPECT_NE(preflight.err.find("signs in already"), std::string::npos) << preflight.err;
}

TEST_F(TwoUsers, WhoCannotSignInIsTold) {
  ends.prepare();
  name_the_second();
  EXPECT_EQ(ends.type({"preflight"}, {"SECOND_ID=nobody"}).exit_code, 0);

  const Finished sample = ends.type({"sample"}, {"SECOND_ID=nobody"});

  EXPECT_EQ(sample.exit_code, 2);
  EXPECT_NE(sample.err.find("signing in as further user 1"), std::string::npos) << sample.err;
}

TEST_F(TwoUsers, ACredentialOfTheSecondThatIsMissingIsNamed) {
  ends.prepare();
  name_the_second();

  const Finished preflight = ends.type({"preflight"});

  EXPECT_EQ(preflight.exit_code, 2);
  EXPECT_NE(preflight.err.find("SECOND_ID"), std::string::npos) << preflight.err;
}

}  // namespace
}  // namespace flit::test
