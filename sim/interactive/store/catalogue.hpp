#pragma once
/// @file What an installation has besides records and associations: account, people, pipelines,
/// tags, workflows, modules, the clause library, stage history, files.
///
/// Plain data in the shapes of facts/sources.md §1.4–§1.10. Small lists keep ids as numbers, so
/// that they sort as the API sorts them.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/interactive/store/file_content.hpp"

namespace flit::sim::interactive {

struct Account {
  std::string id = "4711";
  std::string name = "Interactive account";
  std::string timezone = "America/New_York";
  std::string currency = "USD";
  std::string locale = "en-US";
  std::string edition = "practice";
  std::string created_at = "2015-01-05T09:00:00.000Z";
  std::string domain{};       ///< for addresses made by a manifest; not served
  std::string user_id = "7";  ///< whose tokens these are
  std::string user_email = "admin@firm.example";
};

struct Module {
  std::string key;
  std::string name;
  bool enabled = true;
  std::string origin = "interactive";
  std::string replaces{};  ///< empty: null
};

/// The modules that an edition comes with.
std::vector<Module> modules_of_edition(const std::string& edition);

struct Owner {
  std::uint64_t id = 0;
  std::string user_id{};
  std::string email{};  ///< empty: null
  std::string first_name{};
  std::string last_name{};
  bool active = true;
  std::string type = "person";
  std::vector<std::string> teams{};
  std::int64_t created_ms = 0;
  std::int64_t updated_ms = 0;
};

struct Stage {
  std::string id{};
  std::string label{};
  int order = 0;
  std::string probability{};        ///< decimal text, empty: null
  std::string forecast_category{};  ///< empty: null
  bool closed = false;
  std::optional<bool> won{};
  bool archived = false;
};

struct Pipeline {
  std::string id{};
  std::string label{};
  int order = 0;
  bool archived = false;
  std::vector<Stage> stages{};
};

struct Tag {
  std::uint64_t id = 0;
  std::string label{};
  std::string color = "#888888";
  std::vector<std::string> objects{};
  std::uint64_t usage = 0;
  std::int64_t updated_ms = 0;
};

/// Kept as it is served.
struct Workflow {
  std::uint64_t id = 0;
  std::string json{};
};

struct StageEntry {
  std::uint64_t id = 0;
  std::uint64_t deal_id = 0;
  std::uint64_t pipeline_id = 0;
  std::uint64_t stage_id = 0;
  std::int64_t entered_ms = 0;
  std::int64_t exited_ms = 0;  ///< 0: null
  std::uint64_t by_user_id = 0;
};

struct Clause {
  std::string id{};
  std::string title{};
  std::string category{};
  std::string jurisdiction{};
  int version = 1;
  bool own = false;
};

struct Attachment {
  std::string object;
  std::uint64_t id = 0;
};

enum class FileStatus : std::uint8_t { available, quarantined, missing };

struct File {
  std::uint64_t id = 0;
  std::string name{};
  std::string extension{};
  std::string mime_type{};
  std::string checksum_algorithm{};  ///< "sha256", "md5"; empty: no checksum
  std::string checksum{};
  std::string content_id{};  ///< empty: null
  bool is_inline = false;
  FileStatus status = FileStatus::available;
  std::string folder{};
  std::vector<Attachment> attached_to{};
  std::string uploaded_by{};
  std::int64_t created_ms = 0;
  std::int64_t updated_ms = 0;
  std::int64_t archived_ms = 0;
  FileContent content{};
};

/// One line of `cases` in truth.json.
struct TruthCase {
  std::string name;  ///< "XI-07"
  std::vector<std::string> rows{};
  std::string object{};
  std::vector<std::uint64_t> ids{};
  std::string expect{};  ///< a JSON object; "{}" where the outcomes say it all
};

}  // namespace flit::sim::interactive
