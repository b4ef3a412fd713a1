// Every refusal of the YAML reader as a person reads it: tests/golden/base/yaml_errors.txt.

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/yaml_reader.hpp"
#include "tests/support/golden.hpp"

namespace flit::yaml {
namespace {

TEST(YamlErrors, SayWhereWhatAndWhatToDo) {
  const std::vector<std::pair<std::string, std::string>> mistakes = {
      {"duplicate key", "contact:\n  email: a\n  phone: b\n  'email': c\n"},
      {"merge key", "base: &base {a: 1}\nmore:\n  <<: *base\n"},
      {"unknown tag", "key: !secret abc\n"},
      {"unknown standard tag", "key: !!binary abc\n"},
      {"list as a key", "? [a, b]\n: c\n"},
      {"map as a key", "{a: b}: c\n"},
      {"template without quotes", "name: {{first}}\n"},
      {"alias as a key", "a: &x y\n*x : z\n"},
      {"key missing", "a: 1\n: 2\n"},
      {"tab as indentation", "a:\n\tb: 1\n"},
      {"tab behind blanks", "a:\n  \tb: 1\n"},
      {"tab before a list", "a:\n\t- b\n"},
      {"two documents", "a: 1\n---\nb: 2\n"},
      {"UTF-16", std::string("\xFF\xFE"
                             "a\0:\0",
                             6)},
      {"Latin-1", "name: J\xF8rgen\n"},
      {"control character", "name: a\x04z\n"},
      {"old Macintosh line ends", "a: 1\rb: 2\r"},
      {"colon in text", "note: remember: quotes\n"},
      {"wrong indentation", "a: x\n b: y\n"},
      {"less indentation", "a:\n    b: 1\n  c: 2\n"},
      {"list not closed", "a: [1, 2\nb: 3\n"},
      {"map not closed", "a: {b: 1\n"},
      {"bracket too many", "a: b]\nc: ]\n"},
      {"quote not closed", "a: \"one\nb: 2\n"},
      {"single quote not closed", "a: 'it's\n"},
      {"at sign", "user: @me\n"},
      {"percent", "share: %5\n"},
      {"unknown escape", "path: \"C:\\Users\"\n"},
      {"unknown anchor", "a: *nobody\n"},
      {"star", "filter: *.csv\n"},
      {"alias of itself", "a: &x [1, *x]\n"},
      {"a long line",
       "key: [" + std::string(200, 'x') + ", *nobody, " + std::string(200, 'y') + "]\n"},
  };

  std::string text;
  for (const auto& [name, yaml] : mistakes) {
    const auto root = read("packs/acme.yaml", yaml);
    text += "# " + name + "\n" + (root ? "ACCEPTED" : root.error().text()) + "\n\n";
  }

  test::expect_golden("base/yaml_errors.txt", text);
}

}  // namespace
}  // namespace flit::yaml
