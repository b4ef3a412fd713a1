#include "sim/interactive/store/file_content.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>

#include "base/encoding.hpp"

namespace flit::sim::interactive {

FileContent FileContent::of(std::string bytes) {
  FileContent content;
  content.size_ = bytes.size();
  content.text_ = std::move(bytes);
  return content;
}

FileContent FileContent::made(std::uint64_t key, std::uint64_t size, std::string magic) {
  FileContent content;
  content.key_ = key;
  content.size_ = size;
  content.text_ = magic.substr(0, size);
  return content;
}

FileContent FileContent::on_disk(std::string path, std::uint64_t size) {
  FileContent content;
  content.size_ = size;
  content.path_ = std::move(path);
  return content;
}

bool FileContent::read(std::uint64_t offset, std::span<char> room) const {
  if (!path_.empty()) {
    std::ifstream in(path_, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(offset));
    return static_cast<bool>(in.read(room.data(), static_cast<std::streamsize>(room.size())));
  }
  std::size_t done = 0;
  if (offset < text_.size()) {
    done = std::min<std::size_t>(room.size(), text_.size() - offset);
    std::memcpy(room.data(), text_.data() + offset, done);
  }
  while (done < room.size()) {
    const std::uint64_t at = offset + done;
    const std::uint64_t word = mix64(key_ + at / 8);
    if (at % 8 == 0 && room.size() - done >= 8) {
      std::memcpy(room.data() + done, &word, 8);
      done += 8;
      continue;
    }
    const std::size_t count = std::min<std::size_t>(8 - at % 8, room.size() - done);
    std::memcpy(room.data() + done, reinterpret_cast<const char*>(&word) + at % 8, count);
    done += count;
  }
  return true;
}

std::string FileContent::part(std::uint64_t offset, std::uint64_t length) const {
  std::string bytes(length, '\0');
  read(offset, bytes);
  return bytes;
}

template <typename Hash>
std::string FileContent::hashed() const {
  constexpr std::uint64_t block = 1U << 16U;
  Hash hash;
  std::string bytes(std::min(size_, block), '\0');
  for (std::uint64_t at = 0; at < size_; at += block) {
    const std::span<char> room(bytes.data(), std::min(block, size_ - at));
    read(at, room);
    hash.update({room.data(), room.size()});
  }
  return hex::encode(bytes_of(hash.finish()));
}

std::string FileContent::sha256() const {
  return hashed<Sha256>();
}

std::string FileContent::md5() const {
  return hashed<Md5>();
}

}  // namespace flit::sim::interactive
