#pragma once
/// @file What of a source field is compared with the meanings of columns.
///
/// Usually its name and its label. Members of an address are compared by their part alone, because
/// their group finds its place as a whole; references by the record they point at, whatever they
/// are called; a list of forms of address by what it lists.

#include <vector>

#include "automap/address_slots.hpp"
#include "automap/destination.hpp"
#include "automap/object_map.hpp"

namespace flit::automap {

class Readings {
 public:
  /// What it is given must outlive it.
  Readings(const std::vector<ObjectGuess>& guesses, const Destination& destination,
           const Lexicon& lexicon);

  /// Readings of field `index` of a part with these addresses; `own` holds what had to be made up.
  std::vector<const Bag*> of(const FieldTerms& field, const AddressPlan& addresses,
                             std::size_t index, std::vector<Bag>& own) const;

 private:
  void what_choices_say(const FieldTerms& field, std::vector<Bag>& own) const;
  void what_values_say(const FieldTerms& field, std::vector<Bag>& own) const;
  void state_of_affairs(const FieldTerms& field, std::vector<Bag>& own) const;
  void resolve(const Field& field, const Bag& bag, std::vector<Bag>& own) const;

  const std::vector<ObjectGuess>& guesses_;
  const Destination& destination_;
  const Lexicon& lexicon_;
  std::uint64_t id_;
  std::uint64_t state_;
  std::uint64_t status_;
  std::uint64_t salutation_;
  std::uint64_t phone_;
  std::uint64_t email_;
  std::uint64_t website_;
};

}  // namespace flit::automap
