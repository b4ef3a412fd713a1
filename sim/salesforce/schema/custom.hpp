#pragma once
/// @file Making custom objects, fields and record types, as every way to set up a schema does it.
///
/// Names are given with their ending ("Legacy_Id__c"). Flags and relationship names follow from the
/// type as on the platform (fact sheet §6). Callers check names and limits, relate() the catalogue
/// afterwards, and hold the org's exclusive lock.

#include "sim/salesforce/schema/catalogue.hpp"

namespace flit::sim::salesforce {

/// A custom object with the fields every one has: Id, IsDeleted, Name, stamps, and an owner unless
/// a master will give it one. `auto_number`: the Name's display format; empty: a text of 80.
Object& add_custom_object(Catalogue& catalogue, const std::string& name, const std::string& label,
                          const std::string& auto_number = {});

/// A field as described; fills in what follows from its type. Reference fields get the upward name
/// "X__r" and, when `parents` name their children, "Xs__r".
Field& add_custom_field(Object& object, Field field);

/// The record type and, with the first one, the field RecordTypeId.
RecordType& add_record_type(Object& object, RecordType type);

}  // namespace flit::sim::salesforce
