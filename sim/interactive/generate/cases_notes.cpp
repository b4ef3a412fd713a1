// Awkward notes, their images, and awkward files: XI-17 to XI-21.

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "sim/interactive/generate/parts.hpp"

namespace flit::sim::interactive {

namespace {

std::uint64_t note(World& world, std::string body) {
  const std::uint64_t id =
      world.notes.claim([body = std::move(body)](Draft& draft) { draft.text("body_html", body); });
  world.add_edge({"notes", id}, {"contacts", world.contacts.end_id() - 1});
  return id;
}

void markup(World& world) {
  const std::uint64_t id = note(world, "");
  world.notes.change(id, [](Draft& draft) {
    draft.text(
        "body_html",
        fmt::format(
            "<p>Before</p><script>alert('xss-{0}')</script><img src=x onerror=\"steal('xss-{0}')\">"
            "<a href=\"javascript:run('xss-{0}')\">link</a><iframe "
            "src=\"https://evil.example/xss-{0}\"></iframe>"
            "<b>unclosed <i>tags<p>After",
            draft.id));
  });
  world.add_case(
      "XI-17", {"ID-09"}, "notes", {id},
      fmt::format(
          R"({{"outcome":"created","absent":["<script>alert('xss-{0}","onerror=\"steal('xss-{0}","javascript:run('xss-{0}"],"finding":"unsafe_markup"}})",
          id));
  std::string word =
      "<html "
      "xmlns:o=\"urn:schemas-microsoft-com:office:office\"><style>p.MsoNormal{margin:0}</style>";
  for (int n = 0; word.size() < 900'000; ++n)
    word += fmt::format(
        "<p class=MsoNormal style='mso-margin-top-alt:auto'><span lang=EN-US>Paragraph {} of a "
        "long pasted letter.<o:p></o:p></span></p>",
        n);
  const std::uint64_t pasted = note(world, word + "</html>");
  world.add_case(
      "XI-17", {"ID-09"}, "notes", {pasted},
      R"({"outcome":"created","finding":"text_too_long","note":"longer than the column: flagged and attached as a file"})");
  const std::uint64_t empty = note(world, "");
  world.add_case("XI-17", {"ID-09"}, "notes", {empty},
                 R"({"outcome":"created","note":"empty body"})");
}

const std::string& pixel() {
  // the smallest GIF there is: one transparent pixel
  static const std::string bytes =
      *base64::decode("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==");
  return bytes;
}

File image(std::uint64_t note, const char* name) {
  File file{
      .name = name, .extension = "gif", .mime_type = "image/gif", .checksum_algorithm = "sha256"};
  file.is_inline = true;
  file.folder = "/Inline";
  file.content = FileContent::of(pixel());
  if (note != 0) file.attached_to = {{"notes", note}};
  return file;
}

void images(World& world) {
  const std::uint64_t internal = note(world, "");
  const std::uint64_t file = world.add_file(image(internal, "scan.gif"));
  world.notes.change(internal, [file](Draft& draft) {
    draft.text("body_html",
               fmt::format("<p>See <b>will</b> <img src=\"/api/v1/files/{0}/content?inline=1\" "
                           "data-file-id=\"{0}\"></p>",
                           file));
  });
  const std::uint64_t cid = note(world, "<p>Logo <img src=\"cid:img1@int\"></p>");
  File logo = image(cid, "logo.gif");
  logo.content_id = "img1@int";
  const std::uint64_t logo_id = world.add_file(std::move(logo));
  world.add_case(
      "XI-18", {"ID-10", "IS-10"}, "notes", {internal, cid},
      fmt::format(
          R"({{"outcome":"created","note":"images {} and {} become files and are linked again"}})",
          file, logo_id));
  // html ends at 1 MiB (facts/sources.md §1.3): the image is as large as a body can hold
  const std::string bytes = FileContent::made(18, 780'000, "\x89PNG\r\n\x1a\n").part(0, 780'000);
  const std::uint64_t data =
      note(world, "<p><img src=\"data:image/png;base64," + base64::encode(bytes) + "\"></p>");
  world.add_case("XI-18", {"ID-10", "IS-10"}, "notes", {data},
                 R"({"outcome":"created","note":"a data: image becomes a file"})");
  const std::uint64_t remote = note(world, "<p><img src=\"http://images.example/banner.png\"></p>");
  world.add_case("XI-18", {"ID-10", "IS-10"}, "notes", {remote},
                 R"({"outcome":"created","finding":"remote_image","note":"stays a link, listed"})");
  const std::uint64_t missing = note(
      world, "<p><img src=\"/api/v1/files/999999/content?inline=1\" data-file-id=\"999999\"></p>");
  world.add_case("XI-18", {"ID-10", "IS-10"}, "notes", {missing},
                 R"({"outcome":"created","finding":"image_missing"})");
}

std::uint64_t plain_file(World& world, std::string name, std::uint64_t size,
                         const char* extension = "pdf") {
  File file{.name = std::move(name),
            .extension = extension,
            .mime_type = "application/pdf",
            .checksum_algorithm = "sha256",
            .folder = "/Clients"};
  file.attached_to = {{"contacts", world.contacts.end_id() - 1}};
  file.content = FileContent::made(mix64(world.settings.seed + world.special_files.size()), size,
                                   "%PDF-1.7\n");
  return world.add_file(std::move(file));
}

void names(World& world) {
  std::vector<std::uint64_t> ids;
  for (const std::string& name :
       {std::string("Will/Codicil.pdf"), std::string("a\\b:c*d?e\"f<g>h|i.pdf"),
        std::string("\u202Efdp.lliw.pdf"), std::string("Family 👪.pdf"), std::string("bell\x07.pdf"),
        std::string(296, 'n') + ".pdf"})
    ids.push_back(plain_file(world, name, 700 + 10 * ids.size()));
  ids.push_back(plain_file(world, "README", 300, ""));
  ids.push_back(plain_file(world, "Twin.pdf", 512));
  ids.push_back(plain_file(world, "Twin.pdf", 513));
  const std::uint64_t wrong = plain_file(world, "photo.jpg", 900, "jpg");
  world.special_files.back().mime_type = "text/plain";
  ids.push_back(wrong);
  ids.push_back(plain_file(world, "empty.pdf", 0));
  world.add_case(
      "XI-19", {"ID-10"}, "files", ids,
      R"({"outcome":"created","note":"bytes identical, names made legal, the original name kept; two of one name stay two"})");
}

void sizes(World& world) {
  constexpr std::uint64_t mib = 1U << 20U;
  const std::uint64_t direct = plain_file(world, "five.bin", 5 * mib, "bin");
  const std::uint64_t redirected = plain_file(world, "five-and-one.bin", 5 * mib + 1, "bin");
  world.add_case(
      "XI-20", {"ID-10", "IS-10"}, "files", {direct, redirected},
      R"({"outcome":"created","note":"5 MiB directly, one byte more behind a redirect"})");
  if (!world.settings.big_files) return;
  const std::uint64_t limit = plain_file(world, "limit.bin", 25 * mib, "bin");
  const std::uint64_t above = plain_file(world, "above.bin", 25 * mib + 1, "bin");
  const std::uint64_t huge = plain_file(world, "huge.bin", 131'072'001, "bin");
  world.add_case("XI-20", {"ID-10", "IS-10"}, "files", {limit, above, huge},
                 R"({"deliverable":"oversized_files","note":"above the path's threshold: held"})");
}

void integrity(World& world) {
  const std::uint64_t none = plain_file(world, "no-checksum.pdf", 800);
  world.special_files.back().checksum_algorithm.clear();
  const std::uint64_t md5 = plain_file(world, "md5.pdf", 801);
  world.special_files.back().checksum_algorithm = "md5";
  world.add_case("XI-21", {"ID-10"}, "files", {none, md5}, R"({"outcome":"created"})");
  const std::uint64_t wrong = plain_file(world, "wrong-checksum.pdf", 802);
  world.special_files.back().checksum = std::string(64, '0');
  world.add_case(
      "XI-21", {"ID-10"}, "files", {wrong},
      R"({"outcome":"failed","reason":"checksum_mismatch","note":"downloaded once more, then failed"})");
  const std::uint64_t quarantined = plain_file(world, "quarantined.pdf", 803);
  world.special_files.back().status = FileStatus::quarantined;
  world.add_case("XI-21", {"ID-10"}, "files", {quarantined},
                 R"({"outcome":"skipped","reason":"file_quarantined"})");
  const std::uint64_t gone = plain_file(world, "gone.pdf", 804);
  world.special_files.back().status = FileStatus::missing;
  world.add_case("XI-21", {"ID-10"}, "files", {gone},
                 R"({"outcome":"skipped","reason":"file_gone"})");
}

}  // namespace

void claim_note_cases(World& world) {
  for (const auto part : {markup, images, names, sizes, integrity}) part(world);
}

}  // namespace flit::sim::interactive
