#pragma once
/// @file Everything but records and associations in API form, for endpoints and for folders alike.

#include "base/json_writer.hpp"
#include "sim/interactive/store/dataset.hpp"

namespace flit::sim::interactive {

void write(json::Writer& out, const Account& account);
void write(json::Writer& out, const Module& module);
void write(json::Writer& out, const Owner& owner);
void write(json::Writer& out, const Pipeline& pipeline);
void write(json::Writer& out, const Tag& tag);
void write(json::Writer& out, const StageEntry& entry);
void write(json::Writer& out, const Clause& clause);
void write(json::Writer& out, const File& file);
void write(json::Writer& out, const AssociationType& type);
void write_object(json::Writer& out, const ObjectSchema& schema, std::size_t count_hint);
void append_edge(std::string& out, const EdgeTable& table, const Edge& edge, Direction direction);

}  // namespace flit::sim::interactive
