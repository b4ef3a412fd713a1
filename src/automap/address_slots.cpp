#include "automap/address_slots.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace flit::automap {

namespace {

struct Membership {
  std::uint64_t part = 0;
  std::set<std::uint64_t> qualifiers{};
  bool foreign = false;
};

// A reading belongs to an address if one of its tokens is a part and nothing else claims the
// meaning.
Membership membership(const Bag& bag, const std::set<std::uint64_t>& parts, const Lexicon& lexicon,
                      bool line_only) {
  const std::uint64_t address = lexicon.concept_id("address");
  const std::uint64_t house = lexicon.concept_id("house_number");
  const std::uint64_t email = lexicon.concept_id("email");
  Membership result;
  int heads = 0;
  for (const Token& token : bag.tokens) {
    if (parts.count(token.id) > 0 && token.id != house) {
      // "street city" would be two parts: no single member.
      if (result.part != 0) return {};
      result.part = token.id;
    } else if (token.id == address) {
      continue;
    } else if (token.id == email) {
      // "mail city": the city of the mailing address.
      result.qualifiers.insert(lexicon.concept_id("mailing"));
    } else if (token.role == Role::qualifier) {
      result.qualifiers.insert(token.id);
    } else if (token.role == Role::unknown) {
      result.foreign = true;
    } else if (token.role == Role::head || token.role == Role::relation) {
      ++heads;
    }
  }
  if (heads > 0) return {};
  // "billing code": an address has no other code than the postal one.
  const bool named = result.qualifiers.count(lexicon.concept_id("billing")) +
                         result.qualifiers.count(lexicon.concept_id("shipping")) +
                         result.qualifiers.count(lexicon.concept_id("mailing")) >
                     0;
  if (result.part == 0 && named && bag.contains(lexicon.concept_id("code")))
    result.part = lexicon.concept_id("postal_code");
  if (result.part == 0 && line_only && bag.contains(address))
    result.part = lexicon.concept_id("street");
  return result.part == 0 ? Membership{} : result;
}

bool may_hold_address(const FieldTerms& field) {
  // "delivery_address_id" points at an address kept elsewhere.
  if (field.has_id_suffix || !field.field->targets.empty()) return false;
  switch (field.kind) {
    case Kind::boolean:
    case Kind::date:
    case Kind::instant:
    case Kind::money:
    case Kind::email:
    case Kind::phone:
    case Kind::url:
      return false;
    default:
      return true;
  }
}

class Affinity {
 public:
  explicit Affinity(const Lexicon& lexicon) : lexicon_(lexicon) {}

  double operator()(const SourceAddress& source, const AddressGroup& target) const {
    const bool primary = target.order == 0;
    double best = named(source, target, primary);
    if (source.ordinal > 1) best = target.order + 1 == source.ordinal ? 2.2 : 0.4;
    return source.foreign ? best * 0.3 : best;
  }

 private:
  bool has(const std::set<std::uint64_t>& ids, std::string_view name) const {
    return ids.count(lexicon_.concept_id(name)) > 0;
  }

  // What an address called so is worth in the first slot of a table, its second and any other.
  struct Worth {
    std::string_view name;
    double first;
    double second;
    double elsewhere;
  };
  static constexpr std::array<Worth, 5> worths{
      Worth{"billing", 1.9, 1.4, 0.4}, Worth{"mailing", 2.2, 1.2, 0.5},
      Worth{"work", 2.6, 0.9, 0.5}, Worth{"home", 1.8, 1.5, 0.5}, Worth{"personal", 1.8, 1.5, 0.5}};

  double named(const SourceAddress& source, const AddressGroup& target, bool primary) const {
    const auto& s = source.qualifiers;
    const auto& t = target.qualifiers;
    if (std::any_of(s.begin(), s.end(), [&](std::uint64_t id) { return t.count(id) > 0; }))
      return 3.0;
    const bool second = has(t, "other");
    if (has(s, "other")) return of_the_other(t, primary, second);
    if (has(s, "third") || has(s, "temporary"))
      return in_slot(has(t, "third"), second, {"", 2.6, 1.0, 0.2});
    // Goods go to a second address before the first.
    if (has(s, "shipping")) return second ? 2.0 : in_slot(primary, second, {"", 0.8, 2.0, 0.6});
    for (const Worth& worth : worths)
      if (has(s, worth.name)) return in_slot(primary, second, worth);
    return in_slot(primary, second, {"", 2.5, 1.0, 0.3});
  }

  static double in_slot(bool first, bool second, const Worth& worth) {
    return first ? worth.first : second ? worth.second : worth.elsewhere;
  }

  double of_the_other(const std::set<std::uint64_t>& target, bool primary, bool second) const {
    if (second) return 2.6;
    if (has(target, "shipping")) return 1.4;
    return primary ? 0.2 : 0.8;
  }

  const Lexicon& lexicon_;
};

struct Search {
  const std::vector<std::vector<double>>& affinity;
  std::vector<int> current{};
  std::vector<int> best{};
  double best_score = -1.0;

  void run(std::size_t source, double score, std::uint32_t used) {
    if (source == affinity.size()) {
      if (score > best_score + 1e-9) best_score = score, best = current;
      return;
    }
    for (std::size_t target = 0; target < affinity[source].size(); ++target) {
      if ((used >> target & 1U) != 0) continue;
      current[source] = static_cast<int>(target);
      // Earlier addresses win ties: people list the address of record first.
      const double bonus = 0.01 * static_cast<double>(affinity.size() - source);
      run(source + 1, score + affinity[source][target] + bonus, used | 1U << target);
    }
    current[source] = -1;
    run(source + 1, score, used);
  }
};

// Where an address has a county and no state, the county is its state (as in the United Kingdom).
void county_as_state(AddressPlan& plan, const Lexicon& lexicon) {
  const std::uint64_t county = lexicon.concept_id("county");
  const std::uint64_t state = lexicon.concept_id("state");
  for (const SourceAddress& group : plan.groups) {
    const bool has_state = std::any_of(group.fields.begin(), group.fields.end(), [&](int f) {
      return plan.part_of[static_cast<std::size_t>(f)] == state;
    });
    if (has_state) continue;
    for (const int field : group.fields) {
      std::uint64_t& part = plan.part_of[static_cast<std::size_t>(field)];
      if (part == county) part = state;
    }
  }
}

// "Billing address, zip, city, shipping address, shipping zip …": a street that stands alone under
// its name opens the address whose other parts carry no name.
void join_lone_streets(AddressPlan& plan, const Lexicon& lexicon) {
  const std::uint64_t street = lexicon.concept_id("street");
  const auto has_street = [&](const SourceAddress& group) {
    return std::any_of(group.fields.begin(), group.fields.end(),
                       [&](int f) { return plan.part_of[static_cast<std::size_t>(f)] == street; });
  };
  for (std::size_t bare = 0; bare < plan.groups.size(); ++bare) {
    SourceAddress& rest = plan.groups[bare];
    if (!rest.qualifiers.empty() || rest.fields.size() < 2 || has_street(rest)) continue;
    for (SourceAddress& lone : plan.groups) {
      if (lone.qualifiers.empty() || lone.fields.size() != 1 || !has_street(lone) ||
          lone.ordinal != rest.ordinal || lone.foreign != rest.foreign)
        continue;
      plan.group_of[static_cast<std::size_t>(lone.fields.front())] = static_cast<int>(bare);
      rest.fields.insert(rest.fields.begin(), lone.fields.front());
      rest.qualifiers = std::move(lone.qualifiers);
      lone.fields.clear();
      break;
    }
  }
}

// One part alone, under a foreign word or called just "state", is no address ("pie state", "deal
// state").
void drop_loners(AddressPlan& plan, const Lexicon& lexicon) {
  const std::uint64_t state = lexicon.concept_id("state");
  for (SourceAddress& group : plan.groups) {
    if (group.fields.size() != 1) continue;
    const auto field = static_cast<std::size_t>(group.fields.front());
    if (!group.foreign && (plan.part_of[field] != state || plan.groups.size() > 1)) continue;
    plan.part_of[field] = 0;
    plan.group_of[field] = -1;
    group.fields.clear();
  }
}

}  // namespace

namespace {

// Collects the parts of addresses, field by field.
class Finder {
 public:
  Finder(const ObjectTerms& object, const Lexicon& lexicon)
      : object_(object),
        lexicon_(lexicon),
        parts_(address_parts(lexicon, storage_)),
        address_(lexicon.concept_id("address")),
        street_(lexicon.concept_id("street")) {
    plan_.group_of.assign(object.fields.size(), -1);
    plan_.part_of.assign(object.fields.size(), 0);
  }

  // First what names its part; then columns just called "address".
  AddressPlan find(const std::vector<int>& fields) {
    for (const bool line_only : {false, true})
      for (const int index : fields)
        if (plan_.group_of[static_cast<std::size_t>(index)] < 0) place(index, line_only);
    return std::move(plan_);
  }

 private:
  void place(int index, bool line_only) {
    const FieldTerms& field = object_.fields[static_cast<std::size_t>(index)];
    if (!may_hold_address(field)) return;
    const Membership member = member_of(field, line_only);
    if (member.part == 0) return;
    SourceAddress* group = group_for(field, member);
    // A column just called "address" is the street, unless its group has one.
    if (group == nullptr || (line_only && has_street(*group))) return;
    plan_.group_of[static_cast<std::size_t>(index)] = static_cast<int>(group - plan_.groups.data());
    plan_.part_of[static_cast<std::size_t>(index)] = member.part;
    group->fields.push_back(index);
  }

  Membership member_of(const FieldTerms& field, bool line_only) const {
    const Membership by_name = membership(field.name_core, parts_, lexicon_, line_only);
    const Membership by_label = membership(field.label_core, parts_, lexicon_, line_only);
    if (by_name.part == 0 && by_label.part == 0 && !field.label_core.empty()) return {};
    if (by_name.part == 0 && !field.name_core.empty() && field.label_core.empty()) return {};
    const bool label_decides =
        by_name.part == 0 || (by_label.part != 0 && by_label.part != by_name.part);
    Membership member = label_decides ? by_label : by_name;
    member.qualifiers.insert(by_label.qualifiers.begin(), by_label.qualifiers.end());
    if (in_address(field))
      for (const Token& token : lexicon_.bag(field.home).tokens)
        if (token.role == Role::qualifier) member.qualifiers.insert(token.id);
    return member;
  }

  // "address_primary.geo_code": the path says that it is part of an address.
  bool in_address(const FieldTerms& field) const {
    return !field.home.empty() && lexicon_.bag(field.home).contains(address_);
  }

  SourceAddress* group_for(const FieldTerms& field, const Membership& member) {
    const bool in_path = in_address(field);
    const auto same = [&](const SourceAddress& group) {
      return group.qualifiers == member.qualifiers && group.ordinal == field.ordinal &&
             group.foreign == member.foreign;
    };
    const auto same_path = [&](const SourceAddress& group) {
      return std::any_of(group.fields.begin(), group.fields.end(), [&](int other) {
        return object_.fields[static_cast<std::size_t>(other)].home == field.home;
      });
    };
    auto& groups = plan_.groups;
    auto group = groups.end();
    if (in_path) group = std::find_if(groups.begin(), groups.end(), same_path);
    if (group == groups.end()) group = std::find_if(groups.begin(), groups.end(), same);
    if (group != groups.end()) return &*group;
    constexpr std::size_t most = 6;
    if (groups.size() >= most) return nullptr;
    groups.push_back({member.qualifiers, field.ordinal, member.foreign, {}});
    return &groups.back();
  }

  bool has_street(const SourceAddress& group) const {
    return std::any_of(group.fields.begin(), group.fields.end(), [&](int other) {
      return plan_.part_of[static_cast<std::size_t>(other)] == street_;
    });
  }

  const ObjectTerms& object_;
  const Lexicon& lexicon_;
  std::set<std::uint64_t> storage_{};
  const std::set<std::uint64_t>& parts_;
  std::uint64_t address_;
  std::uint64_t street_;
  AddressPlan plan_{};
};

}  // namespace

AddressPlan find_addresses(const ObjectTerms& object, const std::vector<int>& fields,
                           const Lexicon& lexicon) {
  AddressPlan plan = Finder(object, lexicon).find(fields);
  county_as_state(plan, lexicon);
  join_lone_streets(plan, lexicon);
  drop_loners(plan, lexicon);
  return plan;
}

std::vector<int> assign_addresses(const AddressPlan& plan, const TableTerms& table,
                                  const Lexicon& lexicon) {
  if (table.groups.empty() || plan.groups.empty()) return std::vector<int>(plan.groups.size(), -1);
  const Affinity affinity(lexicon);
  // A single line ("primary address", all in one) does not push an address of several parts aside.
  const bool some_have_parts = std::any_of(plan.groups.begin(), plan.groups.end(),
                                           [](const auto& g) { return g.fields.size() > 2; });
  const double lone = some_have_parts ? 0.5 : 0.8;
  std::vector<std::vector<double>> scores;
  for (const SourceAddress& source : plan.groups) {
    std::vector<double> row;
    for (const AddressGroup& target : table.groups)
      if (row.size() < 4)
        row.push_back(source.fields.empty()
                          ? 0.0
                          : affinity(source, target) * (source.fields.size() > 1 ? 1.0 : lone));
    scores.push_back(std::move(row));
  }
  Search search{scores, std::vector<int>(scores.size(), -1), std::vector<int>(scores.size(), -1)};
  search.run(0, 0.0, 0);
  return search.best;
}

}  // namespace flit::automap
