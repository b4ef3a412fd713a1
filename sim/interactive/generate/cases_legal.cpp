// Spouses, HotDocs and what else a law practice has: XI-29 (G-INT-2, G-INT-3).

#include <fmt/format.h>

#include "sim/interactive/generate/parts.hpp"

namespace flit::sim::interactive {

namespace {

constexpr int pair_count = 25;

std::uint64_t person(World& world, const char* email = nullptr) {
  return world.contacts.claim([email](Draft& draft) {
    draft.text("lifecycle_stage", "customer");
    if (email != nullptr) draft.text("email", email);
  });
}

std::uint64_t matter(World& world, std::uint64_t client, std::uint64_t spouse,
                     const char* pairing = "spouses") {
  const std::uint64_t id = world.matters.claim([client, spouse, pairing](Draft& draft) {
    draft.text("client_id", id_text(client))
        .text("spouse_id", id_text(spouse))
        .text("pairing", pairing);
  });
  world.add_edge({"matters", id}, {"contacts", client});
  return id;
}

void pairs(World& world) {
  std::vector<std::uint64_t> ordinary;
  const std::uint64_t twice = person(world);
  const std::uint64_t first = matter(world, twice, person(world));
  const std::uint64_t second = matter(world, person(world), twice);
  world.add_case(
      "XI-29", {"G-INT-2"}, "matters", {first, second},
      fmt::format(R"({{"outcome":"created","note":"contact {} is in two pairs"}})", twice));
  const std::uint64_t archived = world.contacts.claim_extra(
      [now = world.now_ms](Draft& draft) { draft.archived_ms = now - 10 * day_ms; });
  world.add_case(
      "XI-29", {"G-INT-2"}, "matters", {matter(world, person(world), archived)},
      fmt::format(
          R"({{"outcome":"created","finding":"spouse_archived","note":"contact {} is archived: not linked"}})",
          archived));
  const std::uint64_t he = person(world, "the.hansens@mail.example");
  const std::uint64_t she = person(world, "the.hansens@mail.example");
  world.add_case(
      "XI-29", {"G-INT-2"}, "matters", {matter(world, he, she)},
      fmt::format(
          R"({{"outcome":"created","finding":"duplicate_email","note":"contacts {} and {} share an address and are never merged"}})",
          he, she));
  world.add_case("XI-29", {"G-INT-2"}, "matters",
                 {matter(world, person(world), person(world), "former_spouses")},
                 R"({"outcome":"created","finding":"former_spouses","note":"listed, not linked"})");
  for (int n = 5; n < pair_count; ++n)
    ordinary.push_back(matter(world, person(world), person(world)));
  world.add_case("XI-29", {"G-INT-2"}, "matters", ordinary,
                 R"({"outcome":"created","note":"ordinary pairs: one re-linked relation each"})");
}

std::uint64_t document(World& world, std::string name, const char* extension, std::string folder,
                       std::string bytes) {
  File file{.name = std::move(name),
            .extension = extension,
            .mime_type = "application/octet-stream",
            .checksum_algorithm = "sha256",
            .folder = std::move(folder)};
  file.attached_to = {{"contacts", world.contacts.end_id() - 1}};
  file.content = FileContent::of(std::move(bytes));
  return world.add_file(std::move(file));
}

std::string answers(std::string_view template_name) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<AnswerSet title=\"Answers\" version=\"1.1\" "
      "template=\"{}\"><Answer name=\"Client\"><TextValue>Lund</TextValue></Answer></AnswerSet>\n",
      template_name);
}

/// Nine answer files; for four of them no template exists.
void hot_docs(World& world) {
  const std::string templates = "/HotDocs/Templates";
  document(world, "trust.rtf", "rtf", templates, "{\\rtf1 trust}");
  document(world, "will.docx", "docx", templates, "PK\x03\x04 will");
  document(world, "deed.cmp", "cmp", "/Forms", "component deed");
  document(world, "poa.hdpkg", "hdpkg", templates, "package poa");
  document(world, "health.hpt", "hpt", templates, "%PDF health");
  std::vector<std::uint64_t> with{
      document(world, "lund.anx", "anx", "/Clients", answers("trust.rtf")),
      document(world, "berg.anx", "anx", "/Clients", answers("will.docx")),
      document(world, "deed.ans", "ans", "/Clients", std::string("ANS\x00\x01", 5)),
      document(world, "poa.ans", "ans", "/Clients", std::string("ANS\x00\x02", 5)),
      document(world, "costa.anx", "anx", "/Clients", answers("health.hpt"))};
  std::vector<std::uint64_t> without{
      document(world, "dahl.anx", "anx", "/Clients", answers("lost-template.rtf")),
      document(world, "keller.anx", "anx", "/Clients", answers("retired.docx")),
      document(world, "larsen.ans", "ans", "/Clients", std::string("ANS\x00\x03", 5)),
      document(world, "moreau.ans", "ans", "/Clients", std::string("ANS\x00\x04", 5))};
  world.add_case("XI-29", {"G-INT-3"}, "files", with,
                 R"({"outcome":"created","note":"answer files whose template is there"})");
  world.add_case("XI-29", {"G-INT-3"}, "files", without,
                 R"({"outcome":"created","finding":"hotdocs_without_template"})");
}

}  // namespace

void claim_legal_cases(World& world) {
  pairs(world);
  hot_docs(world);
}

}  // namespace flit::sim::interactive
