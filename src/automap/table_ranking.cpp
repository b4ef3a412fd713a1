#include "automap/table_ranking.hpp"

#include <algorithm>
#include <cmath>

#include "automap/compatibility.hpp"

namespace flit::automap {

namespace {

struct Evidence {
  double name = 0.0;
  double fields = 0.0;
};

// Tables looked at closely; the cheap evidence has chosen them.
constexpr std::size_t close_look = 12;

class Ranker {
 public:
  Ranker(const Destination& destination, const Lexicon& lexicon)
      : destination_(destination), lexicon_(lexicon) {}

  std::vector<TableGuess> rank(const ObjectTerms& object, const Standing& standing) const {
    std::vector<Evidence> evidence(destination_.tables().size());
    by_names(object, evidence);
    by_what_others_call_it(standing.called, evidence);
    by_fields(object, evidence);
    std::vector<TableGuess> guesses;
    for (std::size_t t = 0; t < evidence.size(); ++t) {
      const Evidence& e = evidence[t];
      if (e.name <= 0.0 && e.fields <= 0.25) continue;
      guesses.push_back({static_cast<int>(t), 1.7 * e.name + e.fields, 0.0, e.name, e.fields});
    }
    keep_best(guesses, close_look);
    for (TableGuess& guess : guesses) look_closely(object, standing, guess);
    keep_best(guesses, kept_tables);
    double total = std::exp(5.0 * 0.35);
    for (const TableGuess& guess : guesses) total += std::exp(5.0 * guess.score);
    for (TableGuess& guess : guesses) {
      guess.confidence = std::exp(5.0 * guess.score) / total;
      // Likeness of fields alone has placed deals among projects before.
      if (guess.by_name < named_table) guess.confidence = std::min(guess.confidence, 0.85);
    }
    return guesses;
  }

 private:
  static void keep_best(std::vector<TableGuess>& guesses, std::size_t count) {
    std::stable_sort(guesses.begin(), guesses.end(),
                     [](const TableGuess& a, const TableGuess& b) { return a.score > b.score; });
    if (guesses.size() > count) guesses.resize(count);
  }

  void look_closely(const ObjectTerms& object, const Standing& standing, TableGuess& guess) const {
    // "leads" without a person's details are deals or companies under another name.
    if (lacks_person(object, guess.table)) guess.by_name *= 0.4;
    const std::string& key = destination_.tables()[static_cast<std::size_t>(guess.table)].key;
    if (standing.holds_companies && key == "account") guess.by_fields += 0.6;
    // Where nobody else is a contact, "prospects" who belong to companies are.
    if (standing.only_people && belongs_to_company(object)) {
      if (key == "lead") guess.by_name *= 0.8;
      if (key == "contact") guess.by_name = std::max(guess.by_name, 0.9);
    }
    if (tells_a_chance(object)) {
      if (key == "opportunity")
        guess.by_name = std::max(guess.by_name, 0.9);
      else if (is_trade(key))
        guess.by_name *= 0.4;
    }
    if (is_calendar(guess.table) && tells_a_time_span(object)) guess.by_fields += 0.7;
    guess.score =
        1.7 * guess.by_name + guess.by_fields - 0.35 * missing_required(object, guess.table);
    // Nobody brings records to a table of the platform's own book-keeping by likeness of fields,
    // nor to one whose rows are nothing without the records they belong to.
    if (guess.by_name < 0.5 && !is_known(key)) guess.score -= 0.2;
    if (guess.by_name < 0.5) guess.score -= 0.3 * missing_owners(object, guess.table);
  }

  // Where the object's own name says nothing: "deal_id" of the tasks points at deals, whatever
  // those are called at home.
  void by_what_others_call_it(const std::vector<Bag>& called,
                              std::vector<Evidence>& evidence) const {
    constexpr double worth_of_hearsay = 0.8;
    const bool named = std::any_of(evidence.begin(), evidence.end(),
                                   [](const Evidence& e) { return e.name >= named_table; });
    if (named) return;
    for (const Bag& bag : called)
      for (const KindGuess& guess : kinds_of(bag, Bag{}, lexicon_)) {
        if (guess.strength < 0.9) break;
        const ObjectKind& kind = lexicon_.objects()[static_cast<std::size_t>(guess.kind)];
        for (const std::string& name : kind.tables) {
          const int table = destination_.find_table(name);
          if (table < 0) continue;
          double& best = evidence[static_cast<std::size_t>(table)].name;
          best = std::max(best, worth_of_hearsay * guess.strength);
          break;
        }
      }
  }

  void by_names(const ObjectTerms& object, std::vector<Evidence>& evidence) const {
    for (const KindGuess& guess : kinds_of(object.name, object.label, lexicon_)) {
      const ObjectKind& kind = lexicon_.objects()[static_cast<std::size_t>(guess.kind)];
      double worth = guess.strength;
      for (const std::string& name : kind.tables) {
        const int table = destination_.find_table(name);
        if (table < 0) continue;
        double& best = evidence[static_cast<std::size_t>(table)].name;
        best = std::max(best, worth);
        worth *= 0.85;
      }
    }
    for (std::size_t t = 0; t < destination_.tables().size(); ++t) {
      const TableTerms& table = destination_.tables()[t];
      const double same =
          std::max({similarity(object.name, table.label), similarity(object.label, table.label),
                    similarity(object.name, table.name), similarity(object.label, table.name)});
      if (same < 0.5) continue;
      // Kinds of records know their tables better than a likeness of names does.
      double& best = evidence[t].name;
      best = std::max(best, (is_known(table.key) ? 0.8 : 1.0) * same * same * same);
    }
  }

  bool is_known(const std::string& table) const {
    return std::any_of(
        lexicon_.objects().begin(), lexicon_.objects().end(), [&](const ObjectKind& kind) {
          return std::find(kind.tables.begin(), kind.tables.end(), table) != kind.tables.end();
        });
  }

  // Each field votes for the tables that have a column of its meaning, rare meanings more.
  void by_fields(const ObjectTerms& object, std::vector<Evidence>& evidence) const {
    const double tables = static_cast<double>(evidence.size());
    std::vector<double> vote(evidence.size(), 0.0);
    double total = 0.0;
    for (const FieldTerms& field : object.fields) {
      std::set<std::uint64_t> meanings;
      for (const Bag* bag : field.readings()) meanings.insert(signature(*bag));
      std::vector<int> touched;
      double best = 0.0;
      for (const std::uint64_t meaning : meanings) {
        const std::vector<int>* list = destination_.tables_with(meaning);
        if (list == nullptr) continue;
        const double rarity = std::log(1.0 + tables / static_cast<double>(list->size()));
        for (const int table : *list) {
          double& mine = vote[static_cast<std::size_t>(table)];
          if (mine == 0.0) touched.push_back(table);
          mine = std::max(mine, rarity);
        }
        best = std::max(best, rarity);
      }
      for (const int table : touched) {
        evidence[static_cast<std::size_t>(table)].fields += vote[static_cast<std::size_t>(table)];
        vote[static_cast<std::size_t>(table)] = 0.0;
      }
      total += best;
    }
    if (total <= 0.0) return;
    for (Evidence& e : evidence) e.fields /= total;
  }

  // Name-like columns that must be filled and that no field speaks of.
  double missing_required(const ObjectTerms& object, int table) const {
    double missing = 0.0;
    for (const ColumnTerms& column :
         destination_.tables()[static_cast<std::size_t>(table)].columns) {
      const bool counts = column.field->required && column.writable && column.described &&
                          column.kind == Kind::text;
      if (!counts) continue;
      double best = 0.0;
      for (const FieldTerms& field : object.fields)
        for (const Bag* bag : field.readings())
          for (const Meaning& meaning : column.meanings)
            best = std::max(best, similarity(*bag, meaning.bag) * meaning.strength);
      if (best < 0.85) missing += 1.0;
    }
    missing = std::min(missing, 2.0);
    return missing;
  }

  // A reference to the company somebody works for; a converted lead has one too.
  bool belongs_to_company(const ObjectTerms& object) const {
    const std::uint64_t converted = lexicon_.concept_id("converted");
    return std::any_of(object.fields.begin(), object.fields.end(), [&](const FieldTerms& field) {
      if (field.name.contains(converted) || field.label.contains(converted)) return false;
      return std::any_of(
          field.field->targets.begin(), field.field->targets.end(), [&](const std::string& target) {
            const auto kinds = kinds_of(lexicon_.bag(words_of_object(target)), Bag{}, lexicon_);
            return !kinds.empty() && kind_name(kinds.front()) == "account";
          });
    });
  }

  const std::string& kind_name(const KindGuess& guess) const {
    return lexicon_.objects()[static_cast<std::size_t>(guess.kind)].name;
  }

  // Look-ups that must be filled and for which the object refers to nothing.
  double missing_owners(const ObjectTerms& object, int table) const {
    const auto& columns = destination_.tables()[static_cast<std::size_t>(table)].columns;
    const auto owners = std::count_if(columns.begin(), columns.end(), [](const ColumnTerms& c) {
      return c.field->required && c.writable && c.kind == Kind::reference &&
             !points_at_users(*c.field);
    });
    const auto references =
        std::count_if(object.fields.begin(), object.fields.end(),
                      [](const FieldTerms& f) { return !f.field->targets.empty(); });
    return static_cast<double>(
        std::min<std::ptrdiff_t>(std::max<std::ptrdiff_t>(owners - references, 0), 2));
  }

  // Records of a trade that is agreed upon, which have no chance any more.
  static bool is_trade(const std::string& key) {
    return key == "order" || key == "salesorder" || key == "quote" || key == "contract" ||
           key == "invoice";
  }

  // "Orders" with a probability, a stage and a reason to be lost are not placed yet: deals.
  bool tells_a_chance(const ObjectTerms& object) const {
    const auto says = [&](const char* name) {
      const std::uint64_t id = lexicon_.concept_id(name);
      return std::any_of(object.fields.begin(), object.fields.end(), [&](const FieldTerms& field) {
        return field.name_core.contains(id) || field.label_core.contains(id);
      });
    };
    return says("probability") && says("stage") &&
           (says("loss_reason") || says("weighted_amount") || says("forecast_category") ||
            says("expected_close"));
  }

  bool is_calendar(int table) const {
    const std::string& key = destination_.tables()[static_cast<std::size_t>(table)].key;
    return key == "event" || key == "appointment";
  }

  // "Activities" that begin, end, and are somewhere or take all day are meetings, not tasks.
  bool tells_a_time_span(const ObjectTerms& object) const {
    const auto has = [&](const char* name) {
      const std::uint64_t id = lexicon_.concept_id(name);
      return std::any_of(object.fields.begin(), object.fields.end(), [&](const FieldTerms& field) {
        const auto bags = field.readings();
        return std::any_of(bags.begin(), bags.end(),
                           [&](const Bag* bag) { return bag->contains(id); });
      });
    };
    return has("start") && has("end") && has("all_day");
  }

  // A person's table for records without a single contact point ("leads" that are deals).
  bool lacks_person(const ObjectTerms& object, int table) const {
    const std::string& key = destination_.tables()[static_cast<std::size_t>(table)].key;
    if (key != "lead" && key != "contact") return false;
    for (const FieldTerms& field : object.fields)
      for (const Bag* bag : field.readings())
        for (const char* name :
             {"email", "phone", "mobile", "first_name", "last_name", "job_title"})
          if (bag->contains(lexicon_.concept_id(name))) return false;
    return true;
  }

  const Destination& destination_;
  const Lexicon& lexicon_;
};

}  // namespace

std::vector<TableGuess> rank_tables(const ObjectTerms& object, const Standing& standing,
                                    const Destination& destination, const Lexicon& lexicon) {
  return Ranker(destination, lexicon).rank(object, standing);
}

}  // namespace flit::automap
