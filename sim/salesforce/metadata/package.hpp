#pragma once
/// @file A deployment package: which components it brings and takes away (fact sheet §6.1).
///
/// package.xml says what is meant, the other files what it is. Components come in the order in
/// which they can be saved: value sets, objects, fields, processes, record types, permissions.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/salesforce/metadata/zip.hpp"
#include "sim/salesforce/xml/xml.hpp"

namespace flit::sim::salesforce::metadata {

struct Component {
  std::string type{};       ///< "CustomField"
  std::string full_name{};  ///< "Account.Legacy_Id__c"
  std::string file{};       ///< "objects/Account.object"
  xml::Node node{};         ///< its own element; empty when it is taken away
  bool removed = false;

  /// "Account" of "Account.Legacy_Id__c", and what is behind the dot.
  std::string_view parent() const { return std::string_view(full_name).substr(0, dot()); }
  std::string_view own_name() const {
    return dot() == std::string::npos ? std::string_view(full_name)
                                      : std::string_view(full_name).substr(dot() + 1);
  }

 private:
  std::size_t dot() const { return full_name.find('.'); }
};

struct PackageProblem {
  std::string file{};
  std::string full_name{};
  std::string text{};
};

struct Package {
  std::vector<Component> components{};
  std::vector<PackageProblem> problems{};  ///< named, but not there; files that are no XML
};

/// Fault::permanent when there is no package.xml or it cannot be read.
Result<Package> read_package(const std::vector<ZipFile>& files);

/// The parts of a CustomObject element, as components of `object` of their own.
std::vector<Component> parts_of_object(std::string_view object, const std::string& file,
                                       const xml::Node& node);

/// Sorts into the order in which components can be saved.
void sort_components(std::vector<Component>& components);

}  // namespace flit::sim::salesforce::metadata
