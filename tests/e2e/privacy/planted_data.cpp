#include "planted_data.hpp"

#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/json_writer.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/process.hpp"

namespace flit::test {
namespace {

namespace fs = std::filesystem;

std::string quoted(const std::string& text) {
  std::string out;
  json::append_quoted(out, text);
  return out;
}

void replace_in(const fs::path& file, const std::string& found, const std::string& by) {
  std::string text = read_file(file.string());
  const std::size_t at = text.find(found);
  if (at == std::string::npos) ADD_FAILURE() << file << " has no " << found;
  if (at != std::string::npos) text.replace(at, found.size(), by);
  std::ofstream(file, std::ios::binary) << text;
}

/// The value of the first `key` in a file, whatever it was.
void set_first(const fs::path& file, const std::string& key, const std::string& value) {
  const std::string text = read_file(file.string());
  const std::string lead = quoted(key) + ":\"";
  const std::size_t at = text.find(lead);
  if (at == std::string::npos) {
    ADD_FAILURE() << file << " has no " << key;
    return;
  }
  const std::size_t end = text.find('"', at + lead.size());
  replace_in(file, text.substr(at, end + 1 - at), quoted(key) + ":" + quoted(value));
}

std::string record(const std::string& object, const std::string& id,
                   const std::string& properties) {
  const std::string moment = quoted("2020-01-02T03:04:05.000Z");
  return fmt::format(
      R"({{"id":"{}","object":"{}","created_at":{},"updated_at":{},"created_by":"7",)"
      R"("updated_by":"7","archived":false,"tags":[],"properties":{{{}}}}})"
      "\n",
      id, object, moment, moment, properties);
}

void add(const fs::path& folder, const std::string& object, const std::string& line) {
  std::ofstream(folder / "objects" / (object + ".jsonl"), std::ios::app) << line;
}

}  // namespace

void write_planted_data(const fs::path& folder, const Person& person) {
  const Finished made = run_process({binary("flitsim"), "interactive", "--generate", "contacts=10",
                                     "--seed", "7", "--write", folder.string()});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  add(folder, "contacts",
      record("contacts", person.id,
             fmt::format(R"("last_name":{},"email":{},"phone":{},"lifecycle_stage":"customer")",
                         quoted(person.name), quoted(person.email), quoted(person.phone))));
  add(folder, "contacts",
      record("contacts", "9000002",
             fmt::format(R"("last_name":{},"email":{},"lifecycle_stage":{})", quoted(markup),
                         quoted(std::string(markup) + "@x.example"), quoted(markup))));
  add(folder, "contacts",  // shares an address, so that its name stands in the list of duplicates
      record("contacts", "9000003",
             fmt::format(R"("first_name":{},"last_name":"x","email":"same@x.example")",
                         quoted(markup))));
  add(folder, "contacts",
      record("contacts", "9000004",
             R"j("first_name":"=cmd()","last_name":"x","email":"same@x.example")j"));
  add(folder, "notes",
      record("notes", "9000005",
             fmt::format(R"("body_html":{})", quoted("<p>" + person.words + markup + "</p>"))));
  replace_in(folder / "schema.json", R"("label":"First name")", R"("label":)" + quoted(markup));
  replace_in(folder / "schema.json", R"("label":"Website")", R"("label":)" + quoted(markup));
  set_first(folder / "files.jsonl", "name", std::string(markup) + ".pdf");
  set_first(folder / "pipelines.json", "label", markup);
  set_first(folder / "account.json", "name", markup);
  set_first(folder / "owners.json", "last_name", markup);
  set_first(folder / "workflows.json", "name", markup);
}

}  // namespace flit::test
