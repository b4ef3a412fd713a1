// No stacks at all: each lane is a state machine that a loop steps.
//
// Compare with lane.hpp: the loops of produce() and consume() have become states, and every local
// that lives across a wait a member. A wait inside a called function would turn that function into
// a machine too.

#include <deque>
#include <memory>
#include <vector>

#include "bench/lanes/world.hpp"

namespace flit::spike {
namespace {

struct Stock {
  static constexpr std::size_t capacity = 8;
  std::deque<std::uint64_t> items;
  std::uint64_t taken = 0, sum = 0, wanted = 0;
};

enum class Step { again, parked, done };

struct Stepped {
  Step what;
  std::uint64_t pause = 0;
  bool unpark = false;
};

class Machine {
 public:
  virtual ~Machine() = default;
  virtual Stepped step(Stock& stock) = 0;
};

class Producer final : public Machine {
 public:
  Producer(Dice dice, std::uint64_t items) : dice_(dice), items_(items) {}

  Stepped step(Stock& stock) override {
    switch (state_) {
      case State::start:
        state_ = State::push;
        return {Step::again, dice_.below(10)};
      case State::push:
        if (stock.items.size() >= Stock::capacity) return {Step::parked};
        stock.items.push_back(++pushed_);
        if (pushed_ == items_) return {Step::done, 0, true};
        return {Step::again, dice_.below(10), true};
    }
    return {Step::done};
  }

 private:
  enum class State { start, push };
  Dice dice_;
  std::uint64_t items_, pushed_ = 0;
  State state_ = State::start;
};

class Consumer final : public Machine {
 public:
  explicit Consumer(Dice dice) : dice_(dice) {}

  Stepped step(Stock& stock) override {
    if (stock.items.empty()) return {stock.taken < stock.wanted ? Step::parked : Step::done};
    stock.sum += stock.items.front();
    stock.items.pop_front();
    ++stock.taken;
    return {Step::again, dice_.below(10), true};
  }

 private:
  Dice dice_;
};

}  // namespace

Outcome run_machines(std::size_t lanes, std::uint64_t seed, std::uint64_t items) {
  Picker picker(seed);
  Stock stock;
  stock.wanted = items * (lanes / 2);
  std::vector<std::unique_ptr<Machine>> machines;
  for (LaneNumber lane = 0; lane < lanes; ++lane) {
    if (lane % 2 == 0)
      machines.push_back(std::make_unique<Producer>(Dice(seed + lane), items));
    else
      machines.push_back(std::make_unique<Consumer>(Dice(seed + lane)));
    picker.ready(lane);
  }
  std::vector<LaneNumber> parked;
  for (LaneNumber lane = picker.next(); lane != nobody; lane = picker.next()) {
    const Stepped stepped = machines[lane]->step(stock);
    if (stepped.unpark) {
      for (const LaneNumber waiting : parked) picker.ready(waiting);
      parked.clear();
    }
    if (stepped.what == Step::again) picker.sleep(lane, stepped.pause);
    if (stepped.what == Step::parked) parked.push_back(lane);
  }
  return {picker.switches(), picker.digest()};
}

}  // namespace flit::spike
