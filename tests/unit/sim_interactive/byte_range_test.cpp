#include "sim/interactive/api/byte_range.hpp"

#include <gtest/gtest.h>

namespace flit::sim::interactive {
namespace {

struct Asked {
  const char* header;
  ByteRange::Kind kind;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};

TEST(ByteRange, ReadsEachForm) {
  using Kind = ByteRange::Kind;
  for (const Asked& one :
       {Asked{"bytes=0-9", Kind::part, 0, 9}, Asked{"bytes=90-", Kind::part, 90, 99},
        Asked{"bytes=-10", Kind::part, 90, 99}, Asked{"bytes=-500", Kind::part, 0, 99},
        Asked{"bytes=50-5000", Kind::part, 50, 99}, Asked{"bytes=100-", Kind::unsatisfiable},
        Asked{"bytes=-0", Kind::unsatisfiable}, Asked{"bytes=0-1,5-6", Kind::whole},
        Asked{"bytes=9-3", Kind::whole}, Asked{"items=0-9", Kind::whole},
        Asked{"bytes=a-b", Kind::whole}, Asked{"bytes=-", Kind::whole},
        Asked{"bytes=5", Kind::whole}}) {
    const ByteRange range = read_range(one.header, 100);
    EXPECT_EQ(range.kind, one.kind) << one.header;
    EXPECT_EQ(range.first, one.first) << one.header;
    EXPECT_EQ(range.last, one.last) << one.header;
  }
  EXPECT_EQ(read_range(std::nullopt, 100).kind, Kind::whole);
}

}  // namespace
}  // namespace flit::sim::interactive
