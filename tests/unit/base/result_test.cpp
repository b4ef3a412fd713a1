#include "base/result.hpp"

#include <gtest/gtest.h>

#include "base/check.hpp"

namespace flit {
namespace {

Result<int> half_of(int number) {
  if (number % 2 != 0) return Error{.fault = Fault::permanent, .message = "odd"};
  return number / 2;
}

Result<int> quarter_of(int number) {
  FLIT_TRY(half, half_of(number));
  FLIT_TRY(quarter, half_of(half));
  return quarter;
}

TEST(Result, TryBindsTheValueOrReturnsTheError) {
  EXPECT_EQ(quarter_of(12).value(), 3);
  EXPECT_EQ(quarter_of(6).error().message, "odd");
}

TEST(Error, TextSaysWhereWhatWhyAndWhatToDo) {
  const Error error = Error{.fault = Fault::setup,
                            .message = "unknown field 'emial'",
                            .where = "map/contacts.yaml:3:5",
                            .remedy = "Did you mean 'email'?",
                            .code = "E7"}
                          .during("checking the map");

  EXPECT_EQ(error.text(),
            "map/contacts.yaml:3:5: unknown field 'emial' [E7] (while checking the map). "
            "Did you mean 'email'?");
}

TEST(Check, ABrokenPromiseThrowsABugThatNamesItsPlace) {
  try {
    FLIT_CHECK(1 + 1 == 3, "arithmetic is broken here");
    FAIL();
  } catch (const Bug& bug) {
    EXPECT_NE(std::string(bug.what()).find("result_test.cpp"), std::string::npos);
    EXPECT_NE(std::string(bug.what()).find("arithmetic is broken here"), std::string::npos);
  }
}

}  // namespace
}  // namespace flit
