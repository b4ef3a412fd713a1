#include "bench/transform/people.hpp"

#include <array>

#include <fmt/format.h>

#include "base/check.hpp"
#include "base/json_writer.hpp"
#include "base/random.hpp"
#include "base/time.hpp"

namespace flit::bench {
namespace {

using model::FieldType;
using Texts = std::span<const std::string_view>;
using namespace std::chrono_literals;

constexpr std::array<std::string_view, 8> first_names{"Anna", "Søren", "Maria", "John",
                                                      "Ewa",  "Zoë",   "Lars",  "Priya"};
constexpr std::array<std::string_view, 8> last_names{
    "Jensen", "Müller", "O'Brien", "Nowak", "Lindqvist", "García", "Smith", "van der Berg"};
constexpr std::array<std::string_view, 6> titles{"Head of Purchasing", "CEO",
                                                 "Project manager",    "Sales & Marketing Director",
                                                 "Engineer",           "Accountant \"payroll\""};
constexpr std::array<std::string_view, 6> cities{"Aarhus", "Kraków",   "München",
                                                 "Leeds",  "Göteborg", "Springfield"};
constexpr std::array<std::string_view, 4> stages{"lead", "mql", "customer", "partner"};
constexpr std::array<std::string_view, 4> sources{"web", "fair", "referral", "phone"};
constexpr std::array<std::string_view, 4> notes{
    "Met at the fair in Hannover, wants an offer for 40 pallets before the end of the quarter.",
    "Prefers to be called in the morning.\nSecond number is the warehouse.",
    "Renewal due; see contract from 2019 and the letter about the price rise.",
    "Asked twice for the data sheet in Danish."};
constexpr std::array<std::string_view, 4> markups{
    "<p>Hello <b>Anna</b>,</p><p>as agreed the <a href=\"https://example.com/offer\">offer</a>:</p>"
    "<ul><li>40 pallets</li><li>delivery in <i>March</i></li></ul>",
    "<div style=\"color:red\"><span>Price &amp; terms</span><br>net 30</div>",
    "<table><tr><td>Unit</td><td>Price</td></tr><tr><td>A</td><td>12.50</td></tr></table>",
    "<p onclick=\"x()\">Click</p><script>alert(1)</script><img src=\"https://example.com/a.png\">"};

std::string_view one_of(Random& random, Texts texts) {
  return texts[static_cast<std::size_t>(random.below(texts.size()))];
}

/// As people type them; nobody else of these has this number, so that none is remembered.
std::string phone_number(Random& random, std::size_t number) {
  switch (random.below(6)) {
    case 0:
      return fmt::format("+45 86 {:02} {:04}", 10 + number / 10'000 % 90, number % 10'000);
    case 1:
      return fmt::format("({}) 555-{:04}", 201 + number / 10'000 % 9, number % 10'000);
    case 2:
      return fmt::format("+49 (0)89 {:07}", 1'000'000 + number);
    case 3:
      return fmt::format("+44 20 79{:02} {:04} ext. 12", number / 10'000 % 100, number % 10'000);
    case 4:
      return fmt::format("4{} {:03} {:02} {:02}", random.below(10), number / 10'000 % 1000,
                         number / 100 % 100, number % 100);
    default:
      return fmt::format("call the office, room {}", number);
  }
}

std::string day(Random& random) {
  return format_date(
      Date(std::chrono::sys_days(1950y / 1 / 1) + std::chrono::days(random.between(0, 20'000))));
}

std::string moment(Random& random) {
  const Instant start = std::chrono::sys_days(2015y / 1 / 1);
  return format_instant(start + std::chrono::seconds(random.between(0, 300'000'000)));
}

std::string plain_payload(Random& random, std::size_t number) {
  json::Writer out;
  out.begin_object().member("first_name", one_of(random, first_names));
  out.member("last_name", one_of(random, last_names));
  out.member("job_title", one_of(random, titles));
  out.member("company", fmt::format("{} & Partners {}", one_of(random, last_names), number));
  out.member("street", fmt::format("{} Street {}", one_of(random, cities), random.below(400)));
  out.member("city", one_of(random, cities));
  out.member("postal_code", fmt::format("{:05}", random.below(100'000)));
  out.member("about", one_of(random, notes));
  out.member("employees", random.between(1, 20'000));
  out.member("score", random.between(0, 100));
  out.key("revenue").number(fmt::format("{}.{:02}", random.below(9'000'000), random.below(100)));
  out.member("birthday", day(random));
  out.member("created_at", moment(random)).member("last_seen_at", moment(random));
  out.member("lifecycle_stage", one_of(random, stages));
  out.member("source", one_of(random, sources)).end_object();
  return out.take();
}

std::vector<model::Option> options_of(Texts values) {
  std::vector<model::Option> options;
  for (const std::string_view value : values)
    options.push_back({.value = std::string(value), .label = std::string(value)});
  return options;
}

/// Choices over there are numbers, labelled as the source's values.
std::vector<model::Option> numbered(Texts values) {
  std::vector<model::Option> options = options_of(values);
  for (std::size_t i = 0; i < options.size(); ++i)
    options[i].value = std::to_string(727'000'000 + i);
  return options;
}

People of_fields(std::vector<model::Field> source, std::vector<model::Field> columns) {
  People people;
  people.map = {.object = "contacts", .routes = {{.table = "contact"}}};
  for (std::size_t i = 0; i < source.size(); ++i)
    people.map.fields.push_back({.from = source[i].name, .to = columns[i].name});
  people.source = {.name = "contacts", .fields = std::move(source)};
  people.destination = {.platform = "dynamics365", .objects = {}};
  people.destination.objects.push_back(
      {.name = "contact", .primary_id = "contactid", .fields = std::move(columns)});
  return people;
}

/// Payloads with the same texts in each field, in turn.
template <typename Payload>
void add_payloads(People& people, std::size_t count, Payload payload) {
  Random random(20'261'130, "people");
  for (std::size_t i = 0; i < count; ++i) people.payloads.push_back(payload(random, i));
}

}  // namespace

std::size_t People::bytes() const {
  std::size_t sum = 0;
  for (const std::string& payload : payloads) sum += payload.size();
  return sum;
}

People plain_people(std::size_t count) {
  People people = of_fields(
      {{.name = "first_name"},
       {.name = "last_name"},
       {.name = "job_title"},
       {.name = "company"},
       {.name = "street"},
       {.name = "city"},
       {.name = "postal_code"},
       {.name = "about", .type = FieldType::long_text},
       {.name = "employees", .type = FieldType::integer},
       {.name = "score", .type = FieldType::integer},
       {.name = "revenue", .type = FieldType::money},
       {.name = "birthday", .type = FieldType::date},
       {.name = "created_at", .type = FieldType::instant},
       {.name = "last_seen_at", .type = FieldType::instant},
       {.name = "lifecycle_stage", .type = FieldType::choice, .options = options_of(stages)},
       {.name = "source", .type = FieldType::choice, .options = options_of(sources)}},
      {{.name = "firstname", .type = FieldType::text, .max_length = 50},
       {.name = "lastname", .type = FieldType::text, .max_length = 50},
       {.name = "jobtitle", .type = FieldType::text, .max_length = 100},
       {.name = "flit_company", .type = FieldType::text, .max_length = 100},
       {.name = "address1_line1", .type = FieldType::text, .max_length = 250},
       {.name = "address1_city", .type = FieldType::text, .max_length = 80},
       {.name = "address1_postalcode", .type = FieldType::text, .max_length = 20},
       {.name = "description", .type = FieldType::long_text, .max_length = 2000},
       {.name = "numberofemployees", .type = FieldType::integer, .max = Decimal::of(2'147'483'647)},
       {.name = "flit_score", .type = FieldType::integer, .max = Decimal::of(2'147'483'647)},
       {.name = "annualincome",
        .type = FieldType::money,
        .scale = 2,
        .min = Decimal::of(0),
        .max = Decimal::of(100'000'000'000'000)},
       {.name = "birthdate", .type = FieldType::date},
       {.name = "overriddencreatedon", .type = FieldType::instant},
       {.name = "flit_last_seen", .type = FieldType::instant},
       {.name = "flit_lifecycle_stage", .type = FieldType::choice, .options = numbered(stages)},
       {.name = "leadsourcecode", .type = FieldType::choice, .options = numbered(sources)}});
  add_payloads(people, count, plain_payload);
  return people;
}

People people_with_phones(std::size_t count) {
  People people = of_fields({{.name = "phone", .type = FieldType::phone},
                             {.name = "mobile", .type = FieldType::phone},
                             {.name = "fax", .type = FieldType::phone}},
                            {{.name = "telephone1", .type = FieldType::phone, .max_length = 50},
                             {.name = "mobilephone", .type = FieldType::phone, .max_length = 50},
                             {.name = "fax", .type = FieldType::phone, .max_length = 50}});
  add_payloads(people, count, [](Random& random, std::size_t number) {
    json::Writer out;
    out.begin_object().member("phone", phone_number(random, 3 * number));
    out.member("mobile", phone_number(random, 3 * number + 1));
    out.member("fax", phone_number(random, 3 * number + 2)).end_object();
    return out.take();
  });
  return people;
}

People people_with_notes(std::size_t count) {
  People people = of_fields({{.name = "body", .type = FieldType::html}},
                            {{.name = "notetext", .type = FieldType::html, .max_length = 100'000}});
  add_payloads(people, count, [](Random& random, std::size_t number) {
    json::Writer out;
    out.begin_object().member("body",
                              fmt::format("<p>Note {}</p>{}", number, one_of(random, markups)));
    out.end_object();
    return out.take();
  });
  return people;
}

mapping::CompiledObject compiled(const People& people) {
  const mapping::Locale locale{Zone::find("Europe/Copenhagen").value()};
  std::vector<mapping::MapProblem> problems;
  auto made = mapping::CompiledObject::compile(
      {people.map, people.source, people.destination, locale}, problems);
  FLIT_CHECK(made.has_value(), problems.empty() ? "" : problems.front().message.c_str());
  return std::move(*made);
}

}  // namespace flit::bench
