#include "store/payload.hpp"

#include <gtest/gtest.h>

namespace flit::store {
namespace {

TEST(Payload, ComesBackByteForByte) {
  PayloadCodec codec;
  std::string frame;
  std::string back;
  for (const std::string& payload :
       {std::string(), std::string("{}"), std::string(100'000, 'a') + '\0' + "z"}) {
    codec.compress(payload, frame);
    ASSERT_TRUE(codec.restore(frame, back));
    EXPECT_EQ(back, payload);
  }
}

TEST(Payload, DamageIsNoticed) {
  PayloadCodec codec;
  std::string frame;
  std::string back;
  codec.compress(R"({"email":"a.lund@northwind.example"})", frame);

  EXPECT_FALSE(codec.restore(frame.substr(0, frame.size() - 3), back));
  EXPECT_FALSE(codec.restore("no frame at all", back));
}

}  // namespace
}  // namespace flit::store
