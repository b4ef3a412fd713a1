#pragma once
/// @file A data set in which everything that somebody may type is hostile or personal.

#include <filesystem>
#include <string>
#include <vector>

namespace flit::test {

/// What a person's record holds; nothing of it may be told to a terminal or a log.
struct Person {
  std::string id = "9000001";
  std::string name = "Plantagenwald";
  std::string email = "planted.person@private.example";
  std::string phone = "+1 212 555 0143";
  std::string words = "planted-words-of-a-note";

  std::vector<std::string> all() const { return {name, email, "2125550143", words}; }
};

/// Runs a program wherever it is shown as markup.
inline constexpr const char* markup =
    "<script>alert('planted')</script><img src=x onerror=alert(1)>";

/// Generated data with the person in it, and with `markup` in names, labels, choices and file
/// names.
void write_planted_data(const std::filesystem::path& folder, const Person& person);

}  // namespace flit::test
