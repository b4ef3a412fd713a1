#include "automap/features.hpp"

#include <algorithm>
#include <map>

#include "automap/compatibility.hpp"
#include "automap/doubts.hpp"
#include "automap/none_features.hpp"
#include "automap/pair_features.hpp"
#include "automap/readings.hpp"
#include "automap/value_map.hpp"
#include "automap/words.hpp"

namespace flit::automap {

namespace {

constexpr std::size_t max_candidates = 24;
constexpr std::size_t tables_considered = 3;

class CaseMaker {
 public:
  CaseMaker(const std::vector<ObjectGuess>& guesses, const Destination& destination,
            const Lexicon& lexicon)
      : guesses_(guesses),
        destination_(destination),
        lexicon_(lexicon),
        none_(lexicon),
        readings_(guesses, destination, lexicon),
        doubts_(lexicon) {
    first_name_ = lexicon.concept_id("first_name");
    last_name_ = lexicon.concept_id("last_name");
    main_ = lexicon.concept_id("main");
    address_ = lexicon.concept_id("address");
    expected_close_ = lexicon.concept_id("expected_close");
    lines_ = {lexicon.concept_id("street"), lexicon.concept_id("street2"),
              lexicon.concept_id("street3")};
  }

  void add_part(int object, int part, std::vector<Case>& cases) {
    const SourcePart& source =
        guesses_[static_cast<std::size_t>(object)].parts[static_cast<std::size_t>(part)];
    std::vector<int> all(source.terms.fields.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<int>(i);
    addresses_ = find_addresses(source.terms, all, lexicon_);
    source_has_name_parts_ = std::any_of(source.terms.fields.begin(), source.terms.fields.end(),
                                         [&](const FieldTerms& f) { return is_name_part(f); });
    const std::size_t first_case = cases.size();
    assigned_.clear();
    for (std::size_t t = 0; t < source.tables.size() && t < tables_considered; ++t)
      assigned_.push_back(assign_addresses(addresses_, table(source.tables[t].table), lexicon_));
    for (std::size_t f = 0; f < source.terms.fields.size(); ++f) {
      Case entry;
      entry.object = object;
      entry.part = part;
      entry.field = static_cast<int>(f);
      fill(source, source.terms.fields[f], entry);
      cases.push_back(std::move(entry));
    }
    compare_claims(cases, first_case);
  }

 private:
  // Who else could fill a column? A weak match is worth more where a required column has no other
  // taker, and less where another field of the same record says the same thing better.
  void compare_claims(std::vector<Case>& cases, std::size_t first) const {
    std::map<std::pair<int, int>, std::vector<double>> claims;
    for (std::size_t i = first; i < cases.size(); ++i)
      for (const Candidate& candidate : cases[i].candidates)
        claims[{candidate.table, candidate.column}].push_back(candidate.similarity);
    for (std::size_t i = first; i < cases.size(); ++i)
      for (Candidate& candidate : cases[i].candidates) {
        std::vector<double> others = claims[{candidate.table, candidate.column}];
        others.erase(std::find(others.begin(), others.end(), candidate.similarity));
        const double best = others.empty() ? 0.0 : *std::max_element(others.begin(), others.end());
        const ColumnTerms& column =
            table(candidate.table).columns[static_cast<std::size_t>(candidate.column)];
        const bool needed = (column.field->required && column.kind == Kind::text) ||
                            column.field->native_type == "combobox";
        at(candidate.features, Feature::only_claim_on_required) =
            needed && best < 0.9 && candidate.similarity > 0.75 ? 1.0 : 0.0;
        at(candidate.features, Feature::better_claim_elsewhere) =
            std::max(best - candidate.similarity, 0.0);
      }
  }

  const TableTerms& table(int index) const {
    return destination_.tables()[static_cast<std::size_t>(index)];
  }

  void fill(const SourcePart& source, const FieldTerms& field, Case& entry) {
    std::vector<Bag> own;
    const auto index = static_cast<std::size_t>(entry.field);
    const std::vector<const Bag*> bags = readings_.of(field, addresses_, index, own);
    for (std::size_t rank = 0; rank < source.tables.size() && rank < tables_considered; ++rank) {
      // What the source computes is computed again over there, or not at all; and the field that
      // chose the table has done its work.
      if (!related(source, rank) || field.field->calculated || chose_table(field, entry)) continue;
      std::vector<int> columns = shortlist(field, bags, table(source.tables[rank].table));
      if (rank == 0) add_by_choices(field, table(source.tables[rank].table), columns);
      for (const int column : columns) consider({source, field, bags, rank}, column, entry);
      second_line(source, field, index, rank, entry);
    }
    std::stable_sort(
        entry.candidates.begin(), entry.candidates.end(),
        [](const Candidate& a, const Candidate& b) { return a.similarity > b.similarity; });
    if (entry.candidates.size() > max_candidates) entry.candidates.resize(max_candidates);
    const double best = entry.candidates.empty() ? 0.0 : entry.candidates.front().similarity;
    for (Candidate& candidate : entry.candidates)
      at(candidate.features, Feature::rivals_better) = best - candidate.similarity;
    none_.fill(source, field, bags, best, entry);
    entry.standing = standing(field);
  }

  // "Main phone" beside "office phone", "expected close" beside "actual close", "address state"
  // beside "region": where one column
  // stands for both, it is the first that people mean.
  int standing(const FieldTerms& field) const {
    const auto bags = field.readings();
    return std::any_of(bags.begin(), bags.end(), [&](const Bag* bag) {
      return bag->contains(main_) || bag->contains(expected_close_) || bag->contains(address_);
    });
  }

  bool chose_table(const FieldTerms& field, const Case& entry) const {
    const Split& split = guesses_[static_cast<std::size_t>(entry.object)].split;
    return split.by_party && split.field == field.field->name;
  }

  // Further tables count when the object's name speaks of them too, or when they hold the same kind
  // of person.
  bool related(const SourcePart& source, std::size_t rank) const {
    if (rank == 0) return true;
    const auto is_person = [&](std::size_t i) {
      const std::string& key = table(source.tables[i].table).key;
      return key == "contact" || key == "lead";
    };
    // A contact may turn out to be a lead; what is called a lead stays one.
    const bool stays_lead =
        table(source.tables[0].table).key == "lead" && source.tables[0].by_name > 0.9;
    if (is_person(0) && is_person(rank) && !stays_lead) return true;
    return source.tables[rank].by_name >= 0.5;
  }

  // A table without a second address line takes it into its street.
  void second_line(const SourcePart& source, const FieldTerms& field, std::size_t index,
                   std::size_t rank, Case& entry) {
    const std::uint64_t part = addresses_.part_of[index];
    const bool second = part == lexicon_.concept_id("street2") ||
                        part == lexicon_.concept_id("street3") ||
                        part == lexicon_.concept_id("house_number");
    const TableTerms& into = table(source.tables[rank].table);
    const bool has_own = std::any_of(into.columns.begin(), into.columns.end(),
                                     [&](const ColumnTerms& c) { return c.part == part; });
    if (!second || has_own) return;
    const Bag street = bag_of({{lexicon_.concept_id("street"), 1.0, Role::head}});
    addresses_.part_of[index] = lexicon_.concept_id("street");
    const std::size_t before = entry.candidates.size();
    const std::vector<const Bag*> only_street{&street};
    for (const int column : shortlist(field, only_street, into))
      consider({source, field, only_street, rank}, column, entry);
    for (std::size_t i = before; i < entry.candidates.size(); ++i)
      at(entry.candidates[i].features, Feature::second_line) = 1.0;
    addresses_.part_of[index] = part;
  }

  std::vector<int> shortlist(const FieldTerms& field, const std::vector<const Bag*>& bags,
                             const TableTerms& into) const {
    std::vector<int> columns;
    for (const Bag* bag : bags)
      for (const Token& token : bag->tokens) {
        const auto found = into.by_token.find(token.id);
        if (found != into.by_token.end())
          columns.insert(columns.end(), found->second.begin(), found->second.end());
      }
    if (!field.field->targets.empty())
      for (std::size_t c = 0; c < into.columns.size(); ++c)
        if (target_agreement(*field.field, *into.columns[c].field, guesses_, destination_,
                             lexicon_) > 0.9)
          columns.push_back(static_cast<int>(c));
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    return columns;
  }

  // "Customer; Prospect; Vendor": a list may say what a field is where its name does not. Short
  // scales ("low; medium; high") say it of too many.
  bool lists_agree(const FieldTerms& field, const ColumnTerms& column) const {
    constexpr std::size_t tells_something = 4;
    const auto& choices = field.field->choices;
    if (choices.size() < tells_something || column.kind != Kind::choice ||
        column.field->choices.size() < tells_something || !column.described)
      return false;
    const auto pairs =
        map_values(*field.field, field.kind, *column.field, column.choice_key, lexicon_.values());
    const auto same = std::count_if(pairs.begin(), pairs.end(),
                                    [](const ValuePair& pair) { return pair.how == "same label"; });
    const auto known = std::count_if(pairs.begin(), pairs.end(), [](const ValuePair& pair) {
      return pair.how == "same label" || (pair.how == "meaning" && pair.to_label != "Other");
    });
    return 2 * same >= static_cast<std::ptrdiff_t>(pairs.size()) &&
           5 * known >= 4 * static_cast<std::ptrdiff_t>(pairs.size());
  }

  void add_by_choices(const FieldTerms& field, const TableTerms& into,
                      std::vector<int>& columns) const {
    for (std::size_t c = 0; c < into.columns.size(); ++c) {
      const auto index = static_cast<int>(c);
      if (std::find(columns.begin(), columns.end(), index) == columns.end() &&
          lists_agree(field, into.columns[c]))
        columns.push_back(index);
    }
  }

  // A field, how it is read, and the table that is looked at: the `rank`th of its part.
  struct Question {
    const SourcePart& source;
    const FieldTerms& field;
    const std::vector<const Bag*>& bags;
    std::size_t rank;
  };

  void consider(const Question& asked, int index, Case& entry) {
    const FieldTerms& field = asked.field;
    const TableTerms& into = table(asked.source.tables[asked.rank].table);
    const ColumnTerms& column = into.columns[static_cast<std::size_t>(index)];
    const Match match = best_match(asked.bags, column);
    if (!column.writable) {
      if (match.score > 0.95 && asked.rank == 0 && entry.readonly_twin.empty())
        entry.readonly_twin = into.object->name + "." + column.field->name;
      return;
    }
    const double target =
        target_agreement(*field.field, *column.field, guesses_, destination_, lexicon_);
    const bool known_by_list = match.score < 0.3 && lists_agree(field, column);
    if ((match.score < 0.3 && target < 0.9 && !known_by_list) || never_fits(field, column.kind))
      return;
    Candidate candidate;
    candidate.table = asked.source.tables[asked.rank].table;
    candidate.column = index;
    candidate.similarity = match.score;
    candidate.kind = column.kind;
    candidate.names_record = column.kind == Kind::reference && !points_at_users(*column.field);
    candidate.takes_lines = std::find(lines_.begin(), lines_.end(), column.part) != lines_.end();
    if (field.field->targets.size() == 1) candidate.points_at = field.field->targets.front();
    candidate.precedence = precedence(*field.field, *column.field);
    if (match.meaning != nullptr) candidate.matched = match.meaning->bag.text;
    measure_names(field, column, match, candidate.features);
    measure_types(field, column, {target, lexicon_}, candidate.features);
    candidate.doubt = doubts_.about(
        field, column, candidate.features[static_cast<std::size_t>(Feature::choices_overlap)]);
    places(asked, column, static_cast<std::size_t>(entry.field), candidate.features);
    entry.candidates.push_back(std::move(candidate));
  }

  void places(const Question& asked, const ColumnTerms& column, std::size_t index,
              Features& f) const {
    const FieldTerms& field = asked.field;
    const int group = addresses_.group_of[index];
    if (group >= 0 && column.group >= 0 && column.part == addresses_.part_of[index]) {
      const int wanted = assigned_[asked.rank][static_cast<std::size_t>(group)];
      at(f, wanted == column.group ? Feature::slot_agrees : Feature::slot_differs) = 1.0;
    }
    if ((group < 0) != (column.group < 0)) at(f, Feature::part_outside_slot) = 1.0;
    at(f, asked.rank == 0   ? Feature::first_table
          : asked.rank == 1 ? Feature::second_table
                            : Feature::later_table) = 1.0;
    at(f, Feature::table_confidence) = asked.source.tables[asked.rank].confidence;
    const bool name_part =
        !column.meanings.empty() && (column.meanings.front().bag.contains(first_name_) ||
                                     column.meanings.front().bag.contains(last_name_));
    if (name_part && !is_name_part(field))
      at(f, source_has_name_parts_ ? Feature::whole_name_beside_parts : Feature::whole_name_alone) =
          1.0;
    at(f, Feature::state_list) =
        column.field->native_type == "state" && field.field->choices.size() > 3 ? 1.0 : 0.0;
    at(f, Feature::later_of_several) = field.ordinal > 1 ? 1.0 : 0.0;
    at(f, Feature::key_like) = looks_like_key(field) ? 1.0 : 0.0;
  }

  // A look-up that takes many tables names the deal before the company, the company before the
  // person: what hangs on a deal also tells its customer.
  int precedence(const Field& field, const Field& column) const {
    if (column.targets.size() < 3 || field.targets.empty()) return 0;
    const std::string wanted = lower_case(field.targets.front());
    const auto guess = std::find_if(guesses_.begin(), guesses_.end(),
                                    [&](const ObjectGuess& g) { return g.key == wanted; });
    if (guess == guesses_.end() || guess->tables.empty()) return 0;
    const std::string& key = table(guess->tables.front().table).key;
    return key == "contact" || key == "lead" ? 0 : key == "account" ? 1 : 2;
  }

  bool is_name_part(const FieldTerms& field) const {
    for (const Bag* bag : field.readings())
      if (bag->contains(first_name_) || bag->contains(last_name_)) return true;
    return false;
  }

  const std::vector<ObjectGuess>& guesses_;
  const Destination& destination_;
  const Lexicon& lexicon_;
  NoneFeatures none_;
  Readings readings_;
  Doubts doubts_;
  AddressPlan addresses_{};
  std::vector<std::vector<int>> assigned_{};
  std::uint64_t first_name_ = 0;
  std::uint64_t last_name_ = 0;
  std::uint64_t main_ = 0;
  std::uint64_t address_ = 0;
  std::uint64_t expected_close_ = 0;
  std::array<std::uint64_t, 3> lines_{};  ///< parts of an address that are lines of text
  bool source_has_name_parts_ = false;
};

}  // namespace

std::vector<Case> make_cases(const std::vector<ObjectGuess>& guesses, std::size_t object,
                             const Destination& destination, const Lexicon& lexicon) {
  CaseMaker maker(guesses, destination, lexicon);
  std::vector<Case> cases;
  for (std::size_t part = 0; part < guesses[object].parts.size(); ++part)
    maker.add_part(static_cast<int>(object), static_cast<int>(part), cases);
  return cases;
}

}  // namespace flit::automap
