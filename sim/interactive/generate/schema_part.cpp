// Custom properties of the standard objects, the awkward ones of XI-23 among them.

#include "sim/interactive/generate/parts.hpp"

namespace flit::sim::interactive {

namespace {

Property custom(std::string name, std::string label, PropertyType type) {
  Property property{.name = std::move(name), .label = std::move(label), .group = "custom"};
  property.type = type;
  property.custom = true;
  if (type == PropertyType::string) property.max_length = 255;
  if (type == PropertyType::currency) property.scale = 2;
  property.created_at = "2021-05-04T10:00:00.000Z";
  property.updated_at = "2024-06-01T10:00:00.000Z";
  return property;
}

Property interests() {
  Property property = custom("c_interests", "Interests", PropertyType::multi_enum);
  property.options = {{"trusts", "Trusts", 1, false},
                      {"wills", "Wills", 2, false},
                      {"tax", "Tax; gifts", 3, false},
                      {"medicaid", "Medicaid planning", 4, true}};
  return property;
}

}  // namespace

void make_schema(World& world) {
  ObjectSchema& contacts = world.data.require("contacts").schema();
  contacts.add(custom("c_referral_fee", "Referral fee", PropertyType::currency));
  contacts.add(interests());
  // two properties with one label, one named like a column of the destination, a very long label
  contacts.add(custom("c_referral", "Referral", PropertyType::string));
  contacts.add(custom("c_referral_source", "Referral", PropertyType::string));
  contacts.add(custom("telephone1", "Main line", PropertyType::phone));
  contacts.add(custom("c_long_label", std::string(300, 'L'), PropertyType::string));
  Property calculated = custom("c_total_fees", "Total fees", PropertyType::currency);
  calculated.calculated = true;
  contacts.add(std::move(calculated));
  Property hidden = custom("c_internal_score", "Internal score", PropertyType::number);
  hidden.hidden = true;
  contacts.add(std::move(hidden));
  Property archived = custom("c_old_segment", "Old segment", PropertyType::string);
  archived.archived = true;
  contacts.add(std::move(archived));
  Property unique = custom("c_client_number", "Client number", PropertyType::string);
  unique.unique = true;
  contacts.add(std::move(unique));
  world.data.require("deals").schema().add(
      custom("c_court_fee", "Court fee", PropertyType::currency));
}

}  // namespace flit::sim::interactive
