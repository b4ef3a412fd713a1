// A zip archive, or an object file, becomes components whose definitions are read or refused.

#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/promise.hpp"
#include "sim/salesforce/metadata/field_definition.hpp"
#include "sim/salesforce/metadata/object_definition.hpp"
#include "sim/salesforce/metadata/package.hpp"

namespace {

using flit::fuzz::promise;
using namespace flit::sim::salesforce::metadata;  // NOLINT(google-build-using-namespace)

void check(const std::vector<Component>& components) {
  for (const Component& component : components) {
    promise(!component.type.empty(), "a component has a type");
    if (component.type == "CustomField") {
      const auto field = read_field(component.own_name(), component.node);
      promise(field || !field.error().message.empty(), "a refused field has a reason");
    }
    if (component.type == "CustomObject") {
      const auto object = read_object(component.full_name, component.node);
      promise(object || !object.error().message.empty(), "a refused object has a reason");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto files = read_zip(text)) {
    if (const auto package = read_package(*files)) check(package->components);
    return 0;
  }
  if (const auto node = flit::sim::salesforce::xml::read(text))
    check(parts_of_object("X__c", "objects/X__c.object", *node));
  return 0;
}
