// One thread, one Boost.Context fiber per lane.

#include <vector>

#include <boost/context/fiber.hpp>
#include <boost/context/fixedsize_stack.hpp>
#include <boost/context/protected_fixedsize_stack.hpp>
#include <sys/mman.h>

#include "bench/lanes/world.hpp"

namespace flit::spike {
namespace {

namespace ctx = boost::context;

class FiberWorld final : public World {
 public:
  FiberWorld(std::size_t lanes, std::uint64_t seed) : picker_(seed), fibers_(lanes) {}

  Outcome run(std::uint64_t crash_after, const Body& body) {
    for (LaneNumber lane = 0; lane < fibers_.size(); ++lane) start(lane, body);
    for (current_ = picker_.next(); current_ != nobody; current_ = picker_.next()) {
      if (picker_.switches() == crash_after) crashed_ = true;
      fibers_[current_] = std::move(fibers_[current_]).resume();
      if (crashed_) break;
    }
    if (crashed_) unwind();
    return {picker_.switches(), picker_.digest()};
  }

  void pause(std::uint64_t ticks) override {
    picker_.sleep(current_, ticks);
    leave();
  }
  void park() override {
    parked_.push_back(current_);
    leave();
  }
  void unpark_all() override {
    for (const LaneNumber lane : parked_) picker_.ready(lane);
    parked_.clear();
  }

 private:
  void start(LaneNumber lane, const Body& body) {
    // Guard page and lazily touched memory, as a thread has.
    fibers_[lane] = ctx::fiber(std::allocator_arg, ctx::protected_fixedsize_stack(256UL * 1024),
                               [this, lane, &body](ctx::fiber&& back) {
                                 back_ = std::move(back);
                                 try {
                                   body(*this, lane);
                                 } catch (const Crashed&) {  // unwound
                                 }
                                 return std::move(back_);
                               });
    picker_.ready(lane);
  }

  void leave() {
    back_ = std::move(back_).resume();
    if (crashed_) throw Crashed{};
  }

  void unwind() {
    for (current_ = 0; current_ < fibers_.size(); ++current_)
      while (fibers_[current_]) fibers_[current_] = std::move(fibers_[current_]).resume();
  }

  Picker picker_;
  std::vector<ctx::fiber> fibers_;
  std::vector<LaneNumber> parked_;
  ctx::fiber back_;
  LaneNumber current_ = nobody;
  bool crashed_ = false;
};

}  // namespace

Outcome run_fibers(std::size_t lanes, std::uint64_t seed, std::uint64_t crash_after,
                   const Body& body) {
  return FiberWorld(lanes, seed).run(crash_after, body);
}

}  // namespace flit::spike
