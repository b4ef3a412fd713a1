#pragma once
/// @file The steps of loading a manifest, in their order; internal to the folder's loader.
///
/// owners, pipelines, tags → ids of all records → values of all records → edges → history →
/// checks.

#include "sim/interactive/folder/evaluator.hpp"
#include "sim/interactive/folder/manifest.hpp"

namespace flit::sim::interactive {

class Loading {
 public:
  Loading(const Manifest& manifest, Dataset& data) : manifest_(manifest), data_(data) {}

  Result<void> read_inputs(const std::string& root);
  Result<void> make_people();
  Result<void> claim_ids();
  Result<void> make_records();
  Result<void> make_edges();
  Result<void> make_history();
  Result<void> check() const;

 private:
  /// Rows of a selection; one place without a row when it is a literal.
  Result<std::vector<RowPlace>> places(const Selection& selection);
  Result<std::vector<RowPlace>> places(const std::string& input,
                                       const std::optional<Condition>& where);
  Result<std::string> required(const ValueSpec& spec, const RowPlace& place, const char* what);
  Result<std::string> text(const std::optional<ValueSpec>& spec, const RowPlace& place);
  Result<std::uint64_t> id(const ValueSpec& spec, const RowPlace& place);

  Result<void> make_owner(const OwnerSpec& spec, const RowPlace& place);
  Result<void> make_pipeline(const PipelineSpec& spec, const RowPlace& place);
  Result<RecordTable*> table_for(const std::string& object, const ObjectSpec& spec);
  Result<void> make_object(const std::string& object, const ObjectSpec& spec);
  Result<void> make_record(RecordTable& table, const ObjectSpec& spec, RowPlace place,
                           std::uint64_t id);
  Result<void> set_value(Draft& draft, const std::string& name, const ValueSpec& spec,
                         const RowPlace& place);
  Result<void> set_times(Draft& draft, const ObjectSpec& spec, const RowPlace& place);
  void settle_options(RecordTable& table, const ObjectSpec& spec) const;
  Result<void> make_edges_of(const EdgeSpec& spec);
  Result<void> make_edge(const EdgeSpec& spec, RowPlace& place, EdgeTable& edges);
  Result<std::string> attributes_of(const EdgeSpec& spec, const RowPlace& place);
  Result<void> make_entries_of(const EntrySpec& spec, std::vector<StageEntry>& entries);
  Result<void> check_records(const CheckSpec& check) const;
  bool is_meant(const CheckSpec& check, const RecordTable& table, const Row& row) const;

  const Manifest& manifest_;
  Dataset& data_;
  std::map<std::string, TableInput> inputs_{};
  std::map<std::string, RecordsOfObject> records_{};
  std::map<std::string, std::vector<RowPlace>> places_{};
  Evaluator evaluator_{inputs_, data_, records_};
};

/// A property's value as JSON, from its text. Fault::setup when the text is no such value.
Result<std::string> to_json(const Property& property, const std::string& text);

Error check_error(const CheckSpec& check, const std::string& what, const std::string& found,
                  const std::string& expected);

}  // namespace flit::sim::interactive
