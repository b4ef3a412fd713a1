#pragma once
/// @file How a fuzz target says that something is wrong: it stops the program.

#include <cstdio>
#include <cstdlib>

namespace flit::fuzz {

inline void promise(bool kept, const char* what) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

}  // namespace flit::fuzz
