#include "sim/salesforce/metadata/node_of_json.hpp"

namespace flit::sim::salesforce::metadata {

xml::Node node_of_json(std::string_view name, json::Value value) {
  xml::Node node{.name = std::string(name)};
  if (const auto text = value.as_string()) {
    node.text = *text;
  } else if (value.is_object()) {
    for (const json::Member member : value.members()) {
      if (member.value.is_null()) continue;
      if (!member.value.is_array()) {
        node.children.push_back(node_of_json(member.key, member.value));
        continue;
      }
      for (const json::Value element : member.value.elements())
        node.children.push_back(node_of_json(member.key, element));
    }
  } else if (value.exists() && !value.is_array() && !value.is_null()) {
    node.text = value.dump();
  }
  return node;
}

}  // namespace flit::sim::salesforce::metadata
