#pragma once
/// @file S-06: the sample, side by side: what the source has, what was expected, what stands over
/// there. For people who would rather look than read.
///
/// Filters by verdict without a script: choices and style alone, so that the page can forbid
/// everything that runs. Memory: none of the records is kept, they are written as they come.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "reports/page.hpp"

namespace flit::reports {

/// One mapped cell, as it is shown.
struct ShownCell {
  std::string field;
  std::string column;
  std::string source;
  std::string expected;
  std::string read;
  std::string verdict;  ///< "equal", "converted", "missing" …
  std::string explanation{};
};

struct ShownRecord {
  std::string object;
  std::string source_id;
  std::string role;
  std::string table;
  std::string target_id;
  std::string because{};
  bool found = true;
  std::vector<ShownCell> cells{};
};

struct DifferenceHead {
  PageHead page;
  std::uint64_t records = 0;
  std::map<std::string, std::uint64_t> verdicts{};  ///< cells by verdict
};

class DifferencePage {
 public:
  /// The verdicts that `head` counts are those that can be filtered by.
  DifferencePage(const std::filesystem::path& file, const DifferenceHead& head);

  void add(const ShownRecord& record);
  Result<void> finish();

 private:
  Page page_;
};

}  // namespace flit::reports
