#include "model/arena.hpp"

#include <algorithm>
#include <cstring>

namespace flit::model {

void* Arena::allocate(std::size_t bytes, std::size_t alignment) {
  for (; current_ < chunks_.size(); ++current_, used_ = 0) {
    Chunk& chunk = chunks_[current_];
    const std::size_t start = (used_ + alignment - 1) / alignment * alignment;
    if (start + bytes <= chunk.size) {
      used_ = start + bytes;
      return chunk.bytes.get() + start;
    }
  }
  const std::size_t size = std::max(chunk_bytes, bytes);
  chunks_.push_back({std::make_unique<std::byte[]>(size), size});
  current_ = chunks_.size() - 1;
  used_ = bytes;
  return chunks_.back().bytes.get();  // operator new aligns for every type we make
}

std::string_view Arena::copy(std::string_view text) {
  if (text.empty()) return {};
  char* place = static_cast<char*>(allocate(text.size(), 1));
  std::memcpy(place, text.data(), text.size());
  return {place, text.size()};
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
