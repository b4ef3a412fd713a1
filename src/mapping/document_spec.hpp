#pragma once
/// @file The keys of a map document: declared once for reading, checking, the reference page and
/// the schema.

#include <string>
#include <vector>

#include "base/spec.hpp"
#include "model/map.hpp"

namespace flit::mapping {

/// One file of the map, as it is written.
struct ObjectFile {
  std::string map;  ///< the path's name
  std::string object;
  std::string held;
  std::vector<model::Route> routes;
  std::vector<model::FieldRule> fields;
  std::vector<model::IgnoredField> ignore;
  std::vector<model::LinkRule> links;
  std::vector<model::StateRule> states;
  std::vector<model::CheckRule> checks;
  std::vector<model::AlsoRule> also;
};

void describe(spec::Spec<ObjectFile>& spec);

/// The file's content as the map that it means.
model::ObjectMap object_map(ObjectFile file);

}  // namespace flit::mapping

// Beside the types, where argument-dependent look-up finds them.
namespace flit::model {

void describe(spec::Converted<Condition>& type);
void describe(spec::Choices<OtherValues>& choices);
void describe(spec::Choices<TooLong>& choices);
void describe(spec::Spec<Rationale>& spec);
void describe(spec::Spec<Route>& spec);
void describe(spec::Spec<FieldRule>& spec);
void describe(spec::Spec<ValueMap>& spec);
void describe(spec::Spec<IgnoredField>& spec);
void describe(spec::Spec<LinkRule>& spec);
void describe(spec::Spec<StateRule>& spec);
void describe(spec::Spec<CheckRule>& spec);
void describe(spec::Spec<AlsoRule>& spec);

}  // namespace flit::model
