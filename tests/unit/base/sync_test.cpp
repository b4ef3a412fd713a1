#include "base/sync.hpp"

#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/check.hpp"

namespace flit {
namespace {

TEST(Sync, ManyThreadsChangeOneValueWithoutLosingAChange) {
  Sync<int> count;
  {
    std::vector<std::jthread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        for (int j = 0; j < 1000; ++j) count.with([](int& n) { ++n; });
      });
  }

  EXPECT_EQ(count.with([](int& n) { return n; }), 4000);
}

TEST(Sync, AConstantOneHandsOutAConstantValue) {
  const Sync<std::string> name(std::string("Ada"));

  EXPECT_EQ(name.with([](const std::string& text) { return text.size(); }), 3U);
}

TEST(Sync, IsALeafNoOtherLockIsTakenInside) {
  Sync<int> one;
  Sync<int> other;

  EXPECT_THROW(one.with([&](int&) { other.with([](int&) {}); }), Bug);
  EXPECT_NO_THROW(other.with([](int&) {})) << "the Bug must leave no lock behind";
  EXPECT_NO_THROW(one.with([](int&) {}));
}

}  // namespace
}  // namespace flit
