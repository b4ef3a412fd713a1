#pragma once
/// @file Writes records in API form: the frame, the chosen properties, calculated values, inline
/// associations.
///
/// One writer serves one request; it knows the choice once and copies bytes per record
/// (facts/sources.md §1.3, §1.5). Not thread-safe.

#include <string>
#include <string_view>
#include <vector>

#include "sim/interactive/api/api_error.hpp"
#include "sim/interactive/store/dataset.hpp"

namespace flit::sim::interactive {

/// What to show of each record.
struct Projection {
  std::vector<std::size_t> properties{};    ///< indices, in the order in which they are shown
  std::vector<std::string> associations{};  ///< other objects
};

/// `properties` is the parameter's text, none: the default set. unknown_property, unknown_object,
/// or invalid_parameter for more than 250 names.
Checked<Projection> read_projection(const Dataset& data, const RecordTable& table,
                                    std::optional<std::string_view> properties,
                                    std::optional<std::string_view> associations);

/// All properties, archived ones included: the whole record, as folders and digests want it.
Projection everything(const RecordTable& table);

/// Whether the property is made from others whenever it is shown, and never stored.
bool is_computed(std::string_view object, std::string_view property);

class RecordWriter {
 public:
  RecordWriter(const Dataset& data, const RecordTable& table, Projection projection);

  void append(std::string& out, const Row& row);

 private:
  enum class Source : std::uint8_t {
    stored,
    record_id,
    last_activity_at,
    full_name,
    is_closed,
    is_won,
    closed_at,
    expected_amount,
  };
  struct Column {
    std::size_t index;
    Source source;
    std::string key;  // `"email":`
  };

  static Source source_of(std::string_view object, std::string_view property);
  void append_frame(std::string& out, const Row& row) const;
  void append_value(std::string& out, const Row& row, const Column& column) const;
  void append_full_name(std::string& out) const;
  void append_closed_at(std::string& out, const Row& row, const Stage* stage) const;
  void append_expected_amount(std::string& out, const Stage* stage) const;
  void append_associations(std::string& out, const Row& row) const;
  std::string_view cell(std::string_view property) const;

  const Dataset& data_;
  const RecordTable& table_;
  std::vector<Column> columns_;
  std::vector<std::string> associations_;
  bool has_tags_;
  bool has_participants_;
  Cells cells_;
};

}  // namespace flit::sim::interactive
