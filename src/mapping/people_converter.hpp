#pragma once
/// @file The people of an activity: who called whom, from, to, copy, organizer, attendee.
///
/// The source lists participants as {role, object, id, address} (facts/sources.md §1.8); the
/// destination's column holds a list of {participation type, reference or null, address or null}.
/// Who is no record over there stays as an address, if it is one; else the person is left out and
/// that is flagged.

#include <map>
#include <memory>
#include <string>

#include "mapping/conversion.hpp"

namespace flit::mapping {

/// `roles`: source role → participation type. Fault::setup when a type is no whole number.
Result<std::unique_ptr<Converter>> make_people(const model::FieldRule& rule);

}  // namespace flit::mapping
