#pragma once
/// @file Every byte that a migration leaves: what it told, its files and their modes, its ledger.

#include <filesystem>
#include <string>
#include <vector>

namespace flit::test {

/// One file, or what was told, by a name that a failure shows.
struct Bytes {
  std::string name;
  std::string text;
};

/// All files below the folder, named relative to it.
std::vector<Bytes> files_below(const std::filesystem::path& folder);

/// Files that others than their owner can read and folders that others can enter.
std::vector<std::string> open_to_others(const std::filesystem::path& folder);

/// "table.column" for every column of the ledger that holds one of the texts, payloads excepted.
std::vector<std::string> columns_with(const std::filesystem::path& ledger,
                                      const std::vector<std::string>& texts);

}  // namespace flit::test
