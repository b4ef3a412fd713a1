#include "sim/dataverse/service/state_snapshot.hpp"

#include <mutex>
#include <set>

#include "base/encoding.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "sim/base/snapshot.hpp"
#include "sim/dataverse/api/api.hpp"
#include "sim/dataverse/metadata_api/key_jobs.hpp"
#include "sim/dataverse/security/privileges.hpp"
#include "sim/dataverse/solutions/flow_tables.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr std::string_view kind = "dataverse";
constexpr int version = 1;

/// Publishers and solutions come first: replayed metadata requests look at their prefixes.
bool comes_first(const Table& table) {
  return table.logical_name == "publisher" || table.logical_name == "solution";
}

std::string row_line(const Table& table, const Row& row) {
  const RowHead& head = row.head;
  json::Writer out;
  out.begin_object().member("row", table.logical_name).member("id", head.id.text());
  out.key("head").begin_array();
  out.integer(head.version).integer(head.created_version).integer(head.created_on);
  out.integer(head.modified_on).integer(head.created_by).integer(head.modified_by);
  out.integer(head.owner).integer(head.status).integer(head.state);
  out.end_array().member("cells", base64::encode(row.packed())).end_object();
  return out.take();
}

void write_rows(SnapshotWriter& out, const Organization& org, bool first) {
  for (const Table& table : org.catalogue->tables()) {
    const RecordTable* rows = org.store->find(table);
    if (table.is_deleted || rows == nullptr || comes_first(table) != first) continue;
    rows->each([&](const Row& row) {
      out.line(row_line(table, row));
      return true;
    });
  }
}

void write_requests(SnapshotWriter& out, const Organization& org) {
  for (const MetadataRequest& request : org.metadata_requests) {
    json::Writer line;
    line.begin_object().member("request", request.method).member("path", request.path);
    line.member("solution", request.solution).member("body", request.body).end_object();
    out.line(line.take());
  }
}

void write_files(SnapshotWriter& out, const Organization& org) {
  for (const auto& [id, file] : org.files.all()) {
    json::Writer line;
    line.begin_object().member("file", id.text()).member("name", file.name);
    line.member("mime", file.mime_type).member("bytes", base64::encode(*file.bytes)).end_object();
    out.line(line.take());
  }
}

Result<void> load_file(Organization& org, json::Value line) {
  const auto id = Uuid::parse(line["file"].string_or(""));
  auto bytes = base64::decode(line["bytes"].string_or(""));
  if (!id || !bytes)
    return Error{.fault = Fault::setup, .message = "a file of the snapshot cannot be read"};
  org.files.put(*id, {.name = std::string(line["name"].string_or("")),
                      .mime_type = std::string(line["mime"].string_or("")),
                      .bytes = std::make_shared<const std::string>(std::move(*bytes))});
  return {};
}

Result<void> load_row(Organization& org, json::Value line) {
  const Table* table = org.catalogue->table(line["row"].string_or(""));
  const auto id = Uuid::parse(line["id"].string_or(""));
  const auto cells = base64::decode(line["cells"].string_or(""));
  if (table == nullptr || !id || !cells || line["head"].size() != 9)
    return Error{.fault = Fault::setup, .message = "a row of the snapshot cannot be read"};
  std::vector<std::int64_t> numbers;
  for (const json::Value number : line["head"].elements())
    numbers.push_back(number.as_integer().value_or(0));
  auto row = std::make_unique<Row>();
  row->head = {.id = *id,
               .version = static_cast<std::uint64_t>(numbers[0]),
               .created_version = static_cast<std::uint64_t>(numbers[1]),
               .created_on = numbers[2],
               .modified_on = numbers[3],
               .created_by = static_cast<PrincipalRef>(numbers[4]),
               .modified_by = static_cast<PrincipalRef>(numbers[5]),
               .owner = static_cast<PrincipalRef>(numbers[6]),
               .status = static_cast<std::int32_t>(numbers[7]),
               .state = static_cast<std::int32_t>(numbers[8])};
  row->assign_packed(*cells);
  org.store->open(*table).put(std::move(row));
  return {};
}

Result<void> replay(Organization& org, json::Value line) {
  const std::string body(line["body"].string_or("")), solution(line["solution"].string_or(""));
  ApiCall call;
  call.method = std::string(line["request"].string_or(""));
  call.path = std::string(line["path"].string_or(""));
  call.body = body;
  call.root = "http://snapshot/api/data/v9.2/";
  call.caller = {.user = org.known.default_user,
                 .ref = org.store->ref_if_known(org.known.default_user)};
  call.header = [&](std::string_view name) -> std::optional<std::string_view> {
    if (name == "MSCRM.SolutionUniqueName" && !solution.empty()) return solution;
    return std::nullopt;
  };
  const ApiReply reply = Api(org).run(call);
  if (reply.status < 400) return {};
  return Error{.fault = Fault::setup,
               .message = "a metadata request could not be repeated: " + reply.body};
}

/// `begun`: names of relationships of which a line was read. The file has all pairs of them, so
/// what a repeated metadata request added goes.
Result<void> load_line(Organization& org, std::string_view text, std::set<std::string>& begun) {
  FLIT_TRY(document, json::parse(text));
  const json::Value line = document.root();
  if (line["request"].exists() && line["request"].string_or("") != flow_table_request)
    return replay(org, line);
  const std::unique_lock lock(org.mutex);
  if (line["request"].exists()) restore_flow_table(org, line["body"].string_or(""));
  if (line["row"].exists()) return load_row(org, line);
  if (line["file"].exists()) return load_file(org, line);
  if (const auto name = line["links"].as_string()) {
    const auto first = Uuid::parse(line["first"].string_or(""));
    const auto second = Uuid::parse(line["second"].string_or(""));
    LinkTable& links = org.store->links(std::string(*name));
    if (begun.emplace(*name).second) links.clear();
    if (first && second) links.add(*first, *second);
  } else if (line["principal"].exists()) {
    const auto id = Uuid::parse(line["principal"].string_or(""));
    if (id) org.store->ref_of(*id, line["team"].as_boolean().value_or(false));
  } else if (const auto number = line["version"].as_integer()) {
    org.store->set_version(static_cast<std::uint64_t>(*number));
  }
  return {};
}

}  // namespace

Result<void> save_snapshot(const Organization& org, const std::string& path) {
  const std::shared_lock lock(org.mutex);
  FLIT_TRY(out, SnapshotWriter::create(path, kind, version));
  for (std::size_t ref = 1; ref < org.store->principal_count(); ++ref) {
    const Principal& principal = org.store->principal(static_cast<PrincipalRef>(ref));
    json::Writer line;
    line.begin_object().member("principal", principal.id.text()).member("team", principal.is_team);
    out.line(line.end_object().take());
  }
  write_rows(out, org, true);
  write_requests(out, org);
  write_rows(out, org, false);
  for (const auto& [name, links] : org.store->all_links())
    for (const auto& [first, second] : links.pairs()) {
      json::Writer line;
      line.begin_object().member("links", name).member("first", first.text());
      out.line(line.member("second", second.text()).end_object().take());
    }
  write_files(out, org);
  json::Writer last;
  out.line(last.begin_object().member("version", org.store->version()).end_object().take());
  return out.commit();
}

Result<void> load_snapshot(Organization& org, const std::string& path) {
  {
    const std::unique_lock lock(org.mutex);
    org.store->clear();
  }
  FLIT_TRY(in, SnapshotReader::open(path, kind, version));
  std::set<std::string> begun;
  while (const auto line = in.line()) FLIT_TRY_VOID(load_line(org, *line, begun));
  const std::unique_lock lock(org.mutex);
  settle_privileges(org);
  run_key_jobs(org);
  return {};
}

}  // namespace flit::sim::dataverse
