// Files: those of the cases first, then ordinary ones whose bytes follow from a number.

#include <fmt/format.h>

#include "sim/interactive/generate/parts.hpp"
#include "sim/interactive/generate/words.hpp"

namespace flit::sim::interactive {

namespace {

struct Format {
  std::string_view extension;
  std::string_view mime_type;
  std::string_view magic;
};

constexpr Format formats[] = {
    {"pdf", "application/pdf", "%PDF-1.7\n"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     "PK\x03\x04"},
    {"png", "image/png", "\x89PNG\r\n\x1a\n"},
    {"txt", "text/plain", ""}};

void finish(File& file) {
  if (file.checksum_algorithm.empty() || !file.checksum.empty()) return;
  file.checksum = file.checksum_algorithm == "md5" ? file.content.md5() : file.content.sha256();
}

std::vector<Attachment> parents(const World& world, Random& random) {
  const std::uint64_t roll = random.below(10);
  const std::uint64_t which = random.next();
  if (roll == 0 && world.deals.plain_count() != 0) return {{"deals", world.deals.plain(which)}};
  if (roll == 1 && world.companies.plain_count() != 0)
    return {{"companies", world.companies.plain(which)}};
  std::vector<Attachment> parents;
  if (world.contacts.plain_count() != 0)
    parents.push_back({"contacts", world.contacts.plain(which)});
  if (roll == 2 && world.matters.plain_count() != 0)
    parents.push_back({"matters", world.matters.plain(which)});
  return parents;
}

File ordinary(const World& world, std::uint64_t id, std::int64_t created_ms, Random& random) {
  const Format& format = formats[random.below(std::size(formats))];
  File file{.id = id,
            .extension = std::string(format.extension),
            .mime_type = std::string(format.mime_type)};
  file.name = fmt::format("{} {}.{}", random.pick(words::subjects), id, format.extension);
  file.folder = "/Clients";
  file.created_ms = file.updated_ms = created_ms;
  file.uploaded_by = id_text(7 + random.below(20));
  file.attached_to = parents(world, random);
  file.content = FileContent::made(mix64(world.settings.seed ^ id), 200 + random.below(4'000),
                                   std::string(format.magic));
  // uploads before 2020 have md5 (facts/sources.md §1.9)
  file.checksum_algorithm = created_ms < parse_ms("2020-01-01T00:00:00.000Z") ? "md5" : "sha256";
  if (random.one_in(40)) file.checksum_algorithm.clear();
  return file;
}

}  // namespace

void make_files(World& world) {
  world.data.files = std::move(world.special_files);
  for (File& file : world.data.files) finish(file);
  Random random = world.dice("files");
  const std::uint64_t count = world.settings.contacts / 5;
  const std::uint64_t special = world.data.files.size();
  const std::int64_t start = world.start_ms + 200 * day_ms;
  for (std::uint64_t n = special; n < count; ++n) {
    const std::int64_t step =
        (world.now_ms - 3 * day_ms - start) / static_cast<std::int64_t>(count);
    world.data.files.push_back(
        ordinary(world, first_file_id + n, start + static_cast<std::int64_t>(n) * step, random));
    finish(world.data.files.back());
  }
}

}  // namespace flit::sim::interactive
