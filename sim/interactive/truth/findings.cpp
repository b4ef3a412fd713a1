#include "sim/interactive/truth/findings.hpp"

namespace flit::sim::interactive {

void Findings::add(std::string_view code, std::string_view object, std::uint64_t id) {
  all_[std::string(code)][std::string(object)].insert(id);
}

void Findings::add_count(std::string_view code, std::string_view object) {
  all_[std::string(code)][std::string(object)];
}

Findings find_all(const Judge& judge) {
  Findings findings;
  for (const auto part :
       {find_in_contacts, find_in_companies, find_in_deals, find_in_engagements, find_in_notes,
        find_in_values, find_in_edges, find_in_owners, find_in_legal})
    part(judge, findings);
  return findings;
}

}  // namespace flit::sim::interactive
