#include "model/arena.hpp"

#include <cstdint>
#include <string>

#include <gtest/gtest.h>

namespace flit::model {
namespace {

TEST(Arena, CopiesTextThatOutlivesItsOrigin) {
  Arena arena;
  std::string origin = "Northwind";
  const std::string_view copy = arena.copy(origin);

  origin.assign("overwritten");

  EXPECT_EQ(copy, "Northwind");
}

TEST(Arena, AlignsWhatItMakes) {
  Arena arena;
  arena.copy("x");
  const double* number = arena.make<double>(1.5);

  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(number) % alignof(double), 0U);
  EXPECT_EQ(*number, 1.5);
}

TEST(Arena, KeepsItsMemoryForTheNextBatchButNotAGiantsShare) {
  Arena arena;
  const auto fill = [&arena] {
    for (int i = 0; i < 10'000; ++i) arena.copy("a record of ordinary length");
  };
  fill();
  const std::size_t usual = arena.capacity();
  arena.copy(std::string(10 * Arena::chunk_bytes, 'x'));

  arena.reset();
  fill();

  EXPECT_EQ(arena.capacity(), usual);
}

}  // namespace
}  // namespace flit::model
