#include "model/arena.hpp"

#include <algorithm>

namespace flit::model {

// Chunks begin where operator new put them, which is aligned for every type we make.
void* Arena::allocate_elsewhere(std::size_t bytes) {
  used_ = bytes;
  while (++current_ < chunks_.size())
    if (bytes <= chunks_[current_].size) return chunks_[current_].bytes.get();
  const std::size_t size = std::max(chunk_bytes, bytes);
  chunks_.push_back({std::make_unique<std::byte[]>(size), size});
  current_ = chunks_.size() - 1;
  return chunks_.back().bytes.get();
}

void Arena::reset() {
  std::erase_if(chunks_, [](const Chunk& chunk) { return chunk.size > chunk_bytes; });
  current_ = 0;
  used_ = 0;
}

std::size_t Arena::capacity() const {
  std::size_t total = 0;
  for (const Chunk& chunk : chunks_) total += chunk.size;
  return total;
}

}  // namespace flit::model
