#include "sweep.hpp"

#include <fstream>
#include <regex>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/golden.hpp"

namespace flit::test {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += " " + (word.empty() ? "\"\"" : word);
  return line;
}

void replace_all(std::string& text, const std::string& found, const std::string& by) {
  for (std::size_t at = text.find(found); at != std::string::npos;
       at = text.find(found, at + by.size()))
    text.replace(at, found.size(), by);
}

}  // namespace

void Sweep::expect(std::string_view what, int exit_code, const std::vector<std::string>& words,
                   const std::vector<std::string>& environment) {
  const Finished finished = ends_.type_through(launcher_, words, environment);
  EXPECT_EQ(finished.exit_code, exit_code) << what << "\n" << finished.err;
  all_ += masked(fmt::format("# {}\n$ flitstack{} → {}\n{}\n", what, joined(words),
                             finished.exit_code, told(finished)));
}

void Sweep::expect_with(std::string_view what, int exit_code, const std::string& file,
                        const std::function<std::string(std::string)>& change,
                        const std::vector<std::string>& words) {
  const std::string before = read(file);
  write(file, change(before));
  expect(what, exit_code, words);
  write(file, before);
}

std::string Sweep::told(const Finished& finished) {
  const std::size_t error = finished.err.find("error: ");
  return error == std::string::npos ? "" : finished.err.substr(error);
}

std::string Sweep::masked(std::string text) const {
  replace_all(text, ends_.project().string(), "PROJECT");
  for (const auto& [left, shown] : hidden_) replace_all(text, left, shown);
  return std::regex_replace(text, std::regex("127\\.0\\.0\\.1:[0-9]+"), "HOST:PORT");
}

void Sweep::compare(std::string_view name) const {
  expect_golden(fmt::format("e2e/{}", name), all_);
}

std::string Sweep::read(const std::string& file) const {
  return read_file((ends_.project() / file).string());
}

void Sweep::write(const std::string& file, const std::string& text) const {
  std::ofstream(ends_.project() / file, std::ios::binary) << text;
}

std::string replaced(std::string text, const std::string& found, const std::string& by) {
  const std::size_t at = text.find(found);
  if (at == std::string::npos)
    ADD_FAILURE() << "no \"" << found << "\" in it";
  else
    text.replace(at, found.size(), by);
  return text;
}

std::function<std::string(std::string)> swap(std::string found, std::string by) {
  return [found = std::move(found), by = std::move(by)](std::string text) {
    return replaced(std::move(text), found, by);
  };
}

std::function<std::string(std::string)> append(std::string line) {
  return [line = std::move(line)](const std::string& text) { return text + line + "\n"; };
}

std::function<std::string(std::string)> become(std::string text) {
  return [text = std::move(text)](const std::string&) { return text; };
}

}  // namespace flit::test
