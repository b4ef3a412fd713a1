#pragma once
/// @file A proposal: for every source field a target or a refusal, with confidence, reason,
/// alternatives.

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace flit::automap {

enum class Band : std::uint8_t {
  ready,   ///< confidence at least 0.97
  check,   ///< at least the threshold
  decide,  ///< below it, or refused
};

/// One observation and how much it moved the score; never a record's value.
struct Reason {
  std::string feature{};
  std::string evidence{};
  double contribution = 0.0;
};

struct ValuePair {
  std::string from{};
  std::optional<std::string> to{};  ///< none: leave empty
  std::string to_label{};           ///< as people read it
  std::string how{};  ///< same label, meaning, order, common words, other, no equivalent, unmapped
};

struct Target {
  std::string table{};
  std::string column{};
  double confidence = 0.0;
  std::vector<Reason> reasons{};
  std::string why_not{};  ///< for alternatives: what they lack against the first choice
  /// Of alternatives on another table, or of all with Options::full_alternatives; those of the
  /// first choice stand in the FieldProposal.
  std::vector<ValuePair> value_map{};
  std::string conversion{};
  std::string warning{};
};

/// Where real data has no standard home: the column to create.
struct ColumnProposal {
  std::string table{};
  std::string label{};
  std::string type{};
  int length = 0;
  std::vector<std::string> choices{};
  std::string why{};
};

struct FieldProposal {
  std::string object{};
  std::string field{};
  Band band = Band::decide;
  std::vector<Target> candidates{};  ///< best first, at most five
  std::string refusal{};             ///< reason class when nothing is proposed
  std::string refusal_text{};
  std::string contended_by{};  ///< the field that fills the same column
  std::vector<ValuePair> value_map{};
  std::string conversion{};  ///< lookup, value_map, epoch_s …; empty: as it is
  std::string warning{};     ///< what the conversion could lose
  std::optional<ColumnProposal> new_column{};
};

struct TableProposal {
  std::string table{};
  double confidence = 0.0;
};

/// Records that go to another table than the rest of their object, by a value of the discriminator.
struct Branch {
  std::string table{};
  std::vector<std::string> values{};
};

struct ObjectProposal {
  std::string object{};
  std::vector<TableProposal> tables{};
  std::string shape{};  ///< one table, split, flat row
  std::string discriminator{};
  std::vector<Branch> branches{};  ///< of a split, where the discriminator's values are known
  std::string rest{};              ///< of a split: the table of everything else
};

/// Another record that records of an object speak of: the company in a contact's row. Its fields
/// are among the object's own, too, with what each would be there.
struct AlsoProposal {
  std::string object{};
  std::string title{};  ///< the words that its fields share: "company"
  std::string table{};
  std::vector<FieldProposal> fields{};
};

struct Proposal {
  double threshold = 0.5;
  std::vector<ObjectProposal> objects{};
  std::vector<FieldProposal> fields{};
  std::vector<AlsoProposal> also{};
};

/// The prediction form of the scorer: {"objects": […], "fields": […]}.
std::string to_json(const Proposal& proposal);

}  // namespace flit::automap
