#include "store/verdict.hpp"

namespace flit::store {

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::create:
      return "create";
    case Verdict::update:
      return "update";
    case Verdict::match:
      return "match";
    case Verdict::merge:
      return "merge";
    case Verdict::skip:
      return "skip";
    case Verdict::fail:
      return "fail";
    case Verdict::hold:
      return "hold";
  }
  return "unknown";
}

std::string_view to_string(State state) {
  switch (state) {
    case State::planned:
      return "planned";
    case State::intended:
      return "intended";
    case State::done:
      return "done";
    case State::failed:
      return "failed";
    case State::rolled_back:
      return "rolled back";
    case State::kept:
      return "kept";
  }
  return "unknown";
}

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::created:
      return "created";
    case Outcome::updated:
      return "updated";
    case Outcome::matched:
      return "matched";
    case Outcome::merged:
      return "merged";
    case Outcome::skipped:
      return "skipped";
    case Outcome::failed:
      return "failed";
    case Outcome::held:
      return "held";
    case Outcome::open:
      return "open";
  }
  return "unknown";
}

Outcome outcome_of(Verdict verdict, State state) {
  switch (verdict) {
    case Verdict::match:
      return Outcome::matched;
    case Verdict::merge:
      return Outcome::merged;
    case Verdict::skip:
      return Outcome::skipped;
    case Verdict::fail:
      return Outcome::failed;
    case Verdict::hold:
      return Outcome::held;
    case Verdict::create:
    case Verdict::update:
      break;
  }
  switch (state) {
    case State::done:
    case State::kept:
      return verdict == Verdict::create ? Outcome::created : Outcome::updated;
    case State::failed:
      return Outcome::failed;
    case State::planned:
    case State::intended:
    case State::rolled_back:
      return Outcome::open;
  }
  return Outcome::open;
}

}  // namespace flit::store
