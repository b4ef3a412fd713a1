#pragma once
/// @file Golden files: what a program printed once, reviewed by a person, and prints ever since.
///
/// FLIT_ACCEPT=1 in the environment records the text as it is now; the diff is then reviewed in
/// git.

#include <string>
#include <string_view>

namespace flit::test {

/// Compares with tests/golden/<name>; a difference fails the test and shows the first lines that
/// differ.
void expect_golden(std::string_view name, const std::string& actual);

/// The file's bytes; fails the test when it cannot be read.
std::string read_file(const std::string& path);

}  // namespace flit::test
