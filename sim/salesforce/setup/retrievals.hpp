#pragma once
/// @file Retrieves of the Metadata API: what package.xml names, as a zip to poll for (fact sheet
/// §6.1: always over SOAP).
///
/// The archive is made when the call arrives. Thread-safe.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sync.hpp"
#include "sim/salesforce/setup/component_book.hpp"

namespace flit::sim::salesforce {

struct RetrieveProblem {
  std::string file{};
  std::string text{};
};

struct Retrieval {
  std::string id{};
  std::vector<ListedComponent> components{};
  std::vector<RetrieveProblem> problems{};
  std::string zip{};
};

class Retrievals {
 public:
  Retrievals(const Organization& org, const ValueSets& value_sets)
      : org_(org), value_sets_(value_sets) {}

  /// `request`: the retrieveRequest element. The id (09S…).
  std::string start(const xml::Node& request);

  std::shared_ptr<const Retrieval> find(std::string_view id) const;
  void clear();

 private:
  const Organization& org_;
  const ValueSets& value_sets_;
  Sync<std::vector<std::shared_ptr<const Retrieval>>> all_;
};

}  // namespace flit::sim::salesforce
