#include "engine/sending_user.hpp"

#include <gtest/gtest.h>

namespace flit::engine {
namespace {

using model::RecordBatch;
using model::Value;
using model::Verb;

/// Rows whose owner is as given.
RecordBatch rows(Verb verb, const std::vector<Value>& owners) {
  RecordBatch batch("contact", verb, {"lastname", "ownerid"});
  for (const Value& owner : owners) batch.append({.id = "x"})[1] = owner;
  return batch;
}

TEST(SendingUser, OfRowsThatNameTheirOwnerIsAny) {
  EXPECT_TRUE(any_user_may_send(rows(Verb::create, {Value::boolean(true), Value::boolean(true)}),
                                "ownerid"));
}

TEST(SendingUser, OfARowWithoutOwnerIsTheFirst) {
  EXPECT_FALSE(any_user_may_send(rows(Verb::create, {Value::boolean(true), Value()}), "ownerid"));
  EXPECT_FALSE(any_user_may_send(rows(Verb::create, {Value::null()}), "ownerid"));
  EXPECT_FALSE(any_user_may_send(rows(Verb::create, {Value::boolean(true)}), "owningteam"));
}

TEST(SendingUser, OfAnUpdateIsAnyAndOfClosingTheFirst) {
  EXPECT_TRUE(any_user_may_send(rows(Verb::update, {Value()}), "ownerid"));
  EXPECT_FALSE(any_user_may_send(rows(Verb::close, {Value::boolean(true)}), "ownerid"));
}

}  // namespace
}  // namespace flit::engine
