#include "engine/identity.hpp"

#include <fmt/format.h>

#include "base/hash.hpp"

namespace flit::engine {
namespace {

// A version 5 UUID of the name "flitstack" in the DNS namespace of RFC 9562: ours, for good.
Uuid root() {
  static const Uuid dns(Uuid::Bytes{0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4,
                                    0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8});
  return Uuid::version5(dns, "flitstack");
}

/// Each part with its length in front: no two lists of parts give the same name.
void append(std::string& name, std::string_view part) {
  name += fmt::format("{}:{}", part.size(), part);
}

}  // namespace

Identities::Identities(std::string_view migration, std::int64_t generation) {
  std::string name;
  append(name, migration);
  append(name, std::to_string(generation));
  name_space_ = Uuid::version5(root(), name);
}

Uuid Identities::of(std::string_view table, const model::RecordKey& key) const {
  std::string name;
  append(name, table);
  append(name, key.source.object);
  append(name, key.source.id);
  append(name, key.role);
  return Uuid::version5(name_space_, name);
}

std::int64_t stamp_of(const store::MigrationInfo& info) {
  const std::uint64_t hash = hash64(info.id, static_cast<std::uint64_t>(info.generation));
  return static_cast<std::int64_t>(hash % 2'147'483'647U) + 1;
}

}  // namespace flit::engine
