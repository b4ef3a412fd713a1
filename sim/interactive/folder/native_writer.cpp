#include "sim/interactive/folder/native_writer.hpp"

#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "sim/interactive/api/catalogue_writer.hpp"
#include "sim/interactive/api/record_writer.hpp"

namespace flit::sim::interactive {

namespace {

namespace fs = std::filesystem;

class FolderWriter {
 public:
  FolderWriter(fs::path folder, const Dataset& data) : folder_(std::move(folder)), data_(data) {}

  Result<void> write(const TruthSettings& truth) {
    for (const char* name : {"objects", "associations", "files"})
      fs::create_directories(folder_ / name);
    put("account.json", account());
    put("schema.json", schema());
    put_list("owners.json", data_.owners);
    put_list("pipelines.json", data_.pipelines);
    put_list("tags.json", data_.tags);
    put_list("modules.json", data_.modules);
    put_list("clause_library.json", data_.clauses);
    put("workflows.json", workflows());
    for (const auto& table : data_.tables) put_records(*table);
    for (const auto& table : data_.edges) put_edges(*table);
    put_lines("stage_history.jsonl", data_.history);
    put_lines("files.jsonl", data_.files);
    for (const File& file : data_.files) put_bytes(file);
    put("truth.json", truth_text(data_, truth));
    put("interactive.yaml",
        fmt::format("flitsim_dataset: 1\nnative: .\nclock: {}\n", instant_text(data_.clock_ms)));
    if (failed_.empty()) return {};
    return Error{.fault = Fault::setup, .message = "the file cannot be written", .where = failed_};
  }

 private:
  std::ofstream open(const std::string& name) {
    std::ofstream out(folder_ / name, std::ios::binary | std::ios::trunc);
    if (!out) failed_ = (folder_ / name).string();
    return out;
  }
  void close(std::ofstream& out, const std::string& name) {
    out.close();
    if (!out) failed_ = (folder_ / name).string();
  }
  void put(const std::string& name, std::string_view text) {
    std::ofstream out = open(name);
    out << text;
    if (!text.ends_with('\n')) out << '\n';
    close(out, name);
  }

  /// GET /account, and what the API does not show: the domain, whose tokens these are, the seed.
  std::string account() const {
    json::Writer out;
    out.begin_object().key("account");
    interactive::write(out, data_.account);
    out.member("domain", data_.account.domain).member("user_id", data_.account.user_id);
    out.member("user_email", data_.account.user_email).member("seed", data_.seed).end_object();
    return out.take();
  }

  std::string schema() const {
    json::Writer out;
    out.begin_object().key("objects").begin_array();
    for (const auto& table : data_.tables) {
      out.begin_object().key("object");
      write_object(out, table->schema(), table->live());
      out.key("properties").begin_array();
      for (const Property& property : table->schema().properties())
        interactive::write(out, property);
      out.end_array().end_object();
    }
    out.end_array().key("associations").begin_array();
    for (const auto& table : data_.edges) interactive::write(out, table->type());
    out.end_array().end_object();
    return out.take();
  }

  std::string workflows() const {
    json::Writer out;
    out.begin_object().key("results").begin_array();
    for (const Workflow& workflow : data_.workflows) out.raw(workflow.json);
    out.end_array().end_object();
    return out.take();
  }

  template <typename Items>
  void put_list(const std::string& name, const Items& items) {
    json::Writer out;
    out.begin_object().key("results").begin_array();
    for (const auto& item : items) interactive::write(out, item);
    out.end_array().end_object();
    put(name, out.view());
  }

  template <typename Items>
  void put_lines(const std::string& name, const Items& items) {
    std::ofstream out = open(name);
    json::Writer line;
    for (const auto& item : items) {
      line.clear();
      interactive::write(line, item);
      out << line.view() << '\n';
    }
    close(out, name);
  }

  void put_records(const RecordTable& table) {
    const std::string name = "objects/" + table.schema().name + ".jsonl";
    std::ofstream out = open(name);
    RecordWriter writer(data_, table, everything(table));
    std::string line;
    for (const Row& row : table.rows()) {
      line.clear();
      writer.append(line, row);
      out << line << '\n';
    }
    close(out, name);
  }

  void put_edges(const EdgeTable& table) {
    if (table.edges().empty()) return;
    const std::string name = "associations/" + table.type().from + "-" + table.type().to + ".jsonl";
    std::ofstream out = open(name);
    std::string line;
    for (const Edge& edge : table.edges()) {
      line.clear();
      append_edge(line, table, edge, Direction::forward);
      out << line << '\n';
    }
    close(out, name);
  }

  void put_bytes(const File& file) {
    constexpr std::uint64_t block = 1U << 20U;
    const std::string name = "files/" + std::to_string(file.id);
    std::ofstream out = open(name);
    for (std::uint64_t at = 0; at < file.content.size(); at += block)
      out << file.content.part(at, std::min(block, file.content.size() - at));
    close(out, name);
  }

  fs::path folder_;
  const Dataset& data_;
  std::string failed_;
};

}  // namespace

Result<void> write_native(const std::string& folder, const Dataset& data,
                          const TruthSettings& truth) {
  try {
    return FolderWriter(folder, data).write(truth);
  } catch (const fs::filesystem_error& error) {
    return Error{.fault = Fault::setup, .message = error.code().message(), .where = folder};
  }
}

}  // namespace flit::sim::interactive
