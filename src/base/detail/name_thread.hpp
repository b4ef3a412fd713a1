#pragma once
/// @file Shows a lane's name where threads are listed: gdb, top -H, /proc.

#include <string>

#include <pthread.h>

namespace flit::detail {

/// Names the calling thread. Linux keeps 15 bytes; the end tells lanes apart better than the start.
inline void name_this_thread(const std::string& name) {
  constexpr std::size_t longest = 15;
  const std::string shown = name.size() <= longest ? name : name.substr(name.size() - longest);
  pthread_setname_np(pthread_self(), shown.c_str());
}

}  // namespace flit::detail
