#pragma once
/// @file Broken promises inside the program.
///
/// FLIT_CHECK states why a condition must hold and throws Bug when it does not. A stage's boundary
/// catches Bug: that migration stops with its ledger intact. Bad input is never a Bug: it is a Result.

#include <stdexcept>
#include <string>

namespace flit {

class Bug : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void raise_bug(const char* condition, const char* why, const char* file, int line);

}  // namespace flit

#define FLIT_CHECK(condition, why) \
  ((condition) ? void() : ::flit::raise_bug(#condition, why, __FILE__, __LINE__))
