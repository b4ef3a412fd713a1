#include "http/handover.hpp"

#include <array>
#include <thread>

#include <gtest/gtest.h>

namespace flit::http {
namespace {

TEST(Handover, TakesPiecesUpToItsWindow) {
  Handover handover;
  const std::string piece(Handover::window, 'x');

  EXPECT_TRUE(handover.put(piece));
  EXPECT_FALSE(handover.put("y"));
  const Handover::Taken taken = handover.take();

  EXPECT_EQ(taken.bytes, piece);
  EXPECT_TRUE(taken.was_paused);
  EXPECT_TRUE(handover.put("y"));
  EXPECT_FALSE(handover.take().was_paused);
}

TEST(Handover, GivesEverythingBeforeTheEnd) {
  Handover handover;

  handover.put("last");
  handover.finish();

  EXPECT_EQ(handover.wait(), Handover::Event::incoming);
  EXPECT_EQ(handover.take().bytes, "last");
  EXPECT_EQ(handover.wait(), Handover::Event::finished);
}

TEST(Handover, AsksForBytesToSendUntilTheEnd) {
  Handover handover;
  std::array<char, 4> buffer{};

  EXPECT_FALSE(handover.get(buffer));
  EXPECT_EQ(handover.wait(), Handover::Event::wanted);
  EXPECT_TRUE(handover.give("hello")) << "the transfer waits";
  EXPECT_EQ(handover.get(buffer), 4U);
  EXPECT_EQ(handover.get(buffer), 1U);
  EXPECT_FALSE(handover.get(buffer));
  EXPECT_TRUE(handover.give(""));
  EXPECT_EQ(handover.get(buffer), 0U);
}

TEST(Handover, CarriesAStreamBetweenTwoThreads) {
  Handover handover;
  constexpr int pieces = 5000;
  std::jthread writer([&] {
    for (int i = 0; i < pieces;)
      if (handover.put("0123456789")) ++i;
    handover.finish();
  });
  std::size_t size = 0;

  while (handover.wait() == Handover::Event::incoming) size += handover.take().bytes.size();

  EXPECT_EQ(size, 10U * pieces);
}

}  // namespace
}  // namespace flit::http
