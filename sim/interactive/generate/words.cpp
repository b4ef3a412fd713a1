#include "sim/interactive/generate/words.hpp"

namespace flit::sim::interactive::words {

namespace {

constexpr std::string_view first_name_list[] = {
    "Anna",   "Bruno",  "Carla",  "Dario",   "Elin",   "Felix",  "Greta", "Hugo",  "Ida",
    "Jonas",  "Karin",  "Lars",   "Maria",   "Nils",   "Olga",   "Pablo", "Quinn", "Rosa",
    "Søren",  "Tove",   "Ulrik",  "Vera",    "Walter", "Xenia",  "Yara",  "Zoë",   "José",
    "Aoife",  "Chloé",  "Bjørn",  "Ángela",  "Mateo",  "Noor",   "Priya", "Ravi",  "Sofia",
    "Tomasz", "Łucja",  "Wei",    "Yuki",    "Amir",   "Fatima", "Grace", "Henry", "Isabel",
    "James",  "Kateri", "Louise", "Malcolm", "Nadia"};
constexpr std::string_view last_name_list[] = {
    "Lund",     "Berg",     "Costa",    "Dahl",   "Eriksen", "Fischer", "Garcia",   "Hansen",
    "Ivanov",   "Jensen",   "Keller",   "Larsen", "Moreau",  "Núñez",   "Okafor",   "Petrov",
    "Quist",    "Rossi",    "Schmidt",  "Torres", "Ueda",    "Vogel",   "Weber",    "Ximenes",
    "Young",    "Zhang",    "O'Brien",  "McKay",  "Santos",  "Nguyen",  "Kowalski", "Haddad",
    "Baptiste", "Whitaker", "Sørensen", "Müller", "Iyer",    "Tanaka",  "Adeyemi",  "Lefèvre"};
constexpr std::string_view firm_name_list[] = {
    "Northwind", "Harbor",     "Cedar",    "Granite",   "Lakeside", "Juniper",
    "Summit",    "Riverbend",  "Oakfield", "Meridian",  "Beacon",   "Canyon",
    "Driftwood", "Elm Street", "Foxglove", "Glacier",   "Highland", "Ironwood",
    "Kestrel",   "Larkspur",   "Maple",    "Northgate", "Orchard",  "Pinecrest"};
constexpr std::string_view firm_kind_list[] = {"LLC",       "Inc.",   "Partners",   "Holdings",
                                               "Trust Co.", "& Sons", "Foundation", "Group"};
constexpr std::string_view job_title_list[] = {"CFO",        "Trustee",  "Attorney",  "Paralegal",
                                               "Retired",    "Director", "Physician", "Engineer",
                                               "Accountant", "Owner"};
constexpr std::string_view street_list[] = {"Main Street", "Oak Avenue",  "Mill Road",
                                            "Park Lane",   "River Drive", "Church Street",
                                            "Hill Court",  "Lake View"};
constexpr std::string_view subject_list[] = {
    "Intake call",        "Follow-up",       "Draft review",    "Signing appointment",
    "Beneficiary update", "Trust funding",   "Fee agreement",   "Annual check-in",
    "Document request",   "Probate hearing", "Asset inventory", "Referral thank-you"};
constexpr std::string_view sentence_list[] = {
    "Please find the latest draft attached.", "The client asked about the successor trustee.",
    "We agreed on the fee and the schedule.", "Waiting for the bank to confirm the account titles.",
    "Spouse will join the next meeting.",     "Left a message; will try again next week.",
    "The county recorder returned the deed.", "Needs a notary on site."};
constexpr Place place_list[] = {
    {"New York", "NY", "10001", "212"}, {"Albany", "NY", "12207", "518"},
    {"Chicago", "IL", "60601", "312"},  {"Denver", "CO", "80202", "303"},
    {"Austin", "TX", "78701", "512"},   {"Boston", "MA", "02108", "617"},
    {"Seattle", "WA", "98101", "206"},  {"Miami", "FL", "33131", "305"},
    {"Portland", "ME", "04101", "207"}, {"San Diego", "CA", "92101", "619"}};

}  // namespace

const std::span<const std::string_view> first_names(first_name_list);
const std::span<const std::string_view> last_names(last_name_list);
const std::span<const std::string_view> firm_names(firm_name_list);
const std::span<const std::string_view> firm_kinds(firm_kind_list);
const std::span<const std::string_view> job_titles(job_title_list);
const std::span<const std::string_view> streets(street_list);
const std::span<const std::string_view> subjects(subject_list);
const std::span<const std::string_view> sentences(sentence_list);
const std::span<const Place> places(place_list);

}  // namespace flit::sim::interactive::words
