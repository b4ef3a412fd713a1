#pragma once
/// @file A simulated source and a simulated destination as real processes, and a project between
/// them that is worked on by typing commands.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json_reader.hpp"
#include "tests/support/background_process.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::test {

/// A running flitsim.
class Simulated {
 public:
  explicit Simulated(std::vector<std::string> arguments);

  const std::string& url() const { return url_; }
  const std::string& access_token() const { return access_token_; }

  /// GET or POST below /__sim/: what only tests may ask.
  json::Document ask(const std::string& what) const;
  json::Document tell(const std::string& what, const std::string& body) const;
  std::string digest() const;
  /// By table, so that a test can say where two differ.
  std::map<std::string, std::string> table_digests() const;
  /// GET with the access token.
  json::Document get(const std::string& target) const;

 private:
  BackgroundProcess process_;
  std::string url_;
  std::string access_token_;
  std::uint16_t port_ = 0;
};

struct BothEndsSettings {
  std::vector<std::string> source{};       ///< behind `flitsim interactive`
  std::vector<std::string> destination{};  ///< behind `flitsim dataverse`
};

/// A migration as a person would run it. Time passes fifty times faster for the product.
class BothEnds {
 public:
  explicit BothEnds(const BothEndsSettings& settings);

  Simulated source;
  Simulated destination;

  /// `flitstack --project … words`.
  Finished type(const std::vector<std::string>& words,
                const std::vector<std::string>& environment = {}) const;
  /// The same behind another program: {"setpriv", "--reuid=65534"}.
  Finished type_through(const std::vector<std::string>& launcher,
                        const std::vector<std::string>& words,
                        const std::vector<std::string>& environment = {}) const;
  /// The same with --json, its stdout as a document; a test failure unless the exit code is one of
  /// `codes`.
  json::Document typed(const std::vector<std::string>& words,
                       const std::vector<int>& codes = {0}) const;

  /// Every document that typed() has read so far is as docs/reference/schemas says. Skipped, and
  /// said so, where no validator can be installed.
  void expect_promised_shapes() const;

  /// init … approve owners: everything before the preflight.
  void prepare() const;
  /// preflight … approve sample.
  void sample() const;

  /// Asked of the destination as any client would: how many rows match, and one value of the first.
  std::int64_t rows(const std::string& query) const;
  std::string value(const std::string& query, const std::string& column) const;

  std::filesystem::path project() const { return folder_ / "project"; }

 private:
  void keep(const std::vector<std::string>& words, const std::string& document) const;

  TemporaryDirectory folder_;
};

}  // namespace flit::test
