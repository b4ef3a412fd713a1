// Ordinary calls, emails, meetings, tasks and notes, and what they are about.

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/interactive/generate/parts.hpp"
#include "sim/interactive/generate/words.hpp"

namespace flit::sim::interactive {

namespace {

class EngagementMaker {
 public:
  EngagementMaker(World& world, std::string_view object, const Plan& plan)
      : world_(world),
        table_(world.data.require(object)),
        plan_(plan),
        contacts_(world.data.edge_table(object, "contacts")),
        companies_(world.data.edge_table(object, "companies")),
        deals_(world.data.edge_table(object, "deals")),
        random_(world.dice(object)) {}

  template <typename Fill>
  void make_all(Fill&& fill) {
    for (std::uint64_t id = plan_.first_id(); id < plan_.end_id(); ++id) {
      Draft draft = world_.draft(table_, plan_, id, random_);
      contact_ = world_.contacts.plain_count() != 0 ? world_.contacts.plain(random_.next()) : 0;
      draft.json("owner_id", world_.pick_owner(random_));
      fill(draft, random_, contact_);
      const std::uint64_t roll = random_.below(100);
      const std::uint64_t other = random_.next();
      if (!plan_.is_claimed(id)) add_parents(draft, roll, other);
      plan_.apply(draft);
      if (draft.created_ms != 0) table_.append(draft);
    }
  }

 private:
  void add_parents(const Draft& draft, std::uint64_t roll, std::uint64_t other) {
    const std::int64_t at = draft.created_ms + second_ms;
    if (contact_ != 0) contacts_.add({.from = draft.id, .to = contact_, .created_ms = at});
    if (roll < 30 && world_.deals.plain_count() != 0)
      deals_.add({.from = draft.id, .to = world_.deals.plain(other), .created_ms = at});
    else if (roll < 40 && world_.companies.plain_count() != 0)
      companies_.add({.from = draft.id, .to = world_.companies.plain(other), .created_ms = at});
  }

  World& world_;
  RecordTable& table_;
  const Plan& plan_;
  EdgeTable& contacts_;
  EdgeTable& companies_;
  EdgeTable& deals_;
  Random random_;
  std::uint64_t contact_ = 0;
};

std::string owner_party(const Draft& draft, std::string_view role) {
  const std::string owner = unquoted(draft.find("owner_id"));
  return owner.empty()
             ? fmt::format(
                   R"({{"role":"{}","object":null,"id":null,"address":"office@firm.example"}})",
                   role)
             : fmt::format(R"({{"role":"{}","object":"owners","id":"{}"}})", role, owner);
}

std::string contact_party(std::uint64_t contact, std::string_view role) {
  return contact == 0
             ? fmt::format(
                   R"({{"role":"{}","object":null,"id":null,"address":"someone@mail.example"}})",
                   role)
             : fmt::format(R"({{"role":"{}","object":"contacts","id":"{}"}})", role, contact);
}

void fill_call(Draft& draft, Random& random, std::uint64_t contact) {
  const bool inbound = random.one_in(2);
  const bool connected = random.below(3) != 0;
  draft.text("subject", random.pick(words::subjects));
  if (random.one_in(2)) draft.text("body", random.pick(words::sentences));
  draft.text("direction", inbound ? "inbound" : "outbound");
  draft.text("outcome", connected ? "connected" : "left_voicemail");
  draft.text("from_number", fmt::format("+1212555{:04}", 100 + random.below(100)));
  draft.text("to_number", fmt::format("+1518555{:04}", 100 + random.below(100)));
  draft.instant("started_at", draft.created_ms - 10 * minute_ms);
  draft.number("duration_ms",
               connected ? 1'000 * static_cast<std::int64_t>(30 + random.below(1'800)) : 0);
  draft.text("status", "completed");
  draft.system.participants =
      fmt::format("[{},{}]", contact_party(contact, inbound ? "caller" : "callee"),
                  owner_party(draft, inbound ? "callee" : "caller"));
}

void fill_email(Draft& draft, Random& random, std::uint64_t contact) {
  const bool outgoing = random.one_in(2);
  draft.text("subject", fmt::format("Re: {}", random.pick(words::subjects)));
  draft.text("body_html", fmt::format("<p>Hello,</p><p>{}</p>", random.pick(words::sentences)));
  draft.text("direction", outgoing ? "outgoing" : "incoming").text("status", "sent");
  draft.instant("sent_at", draft.created_ms);
  draft.text("message_id", fmt::format("<m{}@int>", draft.id));
  draft.text("thread_id", fmt::format("t{}", draft.id / 3));
  if (random.one_in(4)) draft.number("open_count", static_cast<std::int64_t>(random.below(9)));
  draft.system.participants =
      fmt::format("[{},{}]", outgoing ? owner_party(draft, "from") : contact_party(contact, "from"),
                  outgoing ? contact_party(contact, "to") : owner_party(draft, "to"));
}

void fill_meeting(Draft& draft, Random& random, std::uint64_t contact) {
  const std::int64_t starts =
      draft.created_ms + static_cast<std::int64_t>(random.below(20)) * day_ms;
  draft.text("subject", random.pick(words::subjects)).text("location", "Office");
  draft.instant("starts_at", starts);
  draft.instant("ends_at",
                starts + static_cast<std::int64_t>(1 + random.below(4)) * 30 * minute_ms);
  draft.flag("all_day", false).text("outcome", random.one_in(9) ? "no_show" : "completed");
  draft.system.participants =
      fmt::format("[{},{}]", owner_party(draft, "organizer"), contact_party(contact, "attendee"));
}

void fill_task(Draft& draft, Random& random, std::uint64_t /*contact*/) {
  constexpr std::string_view types[] = {"todo", "call", "email", "letter"};
  const bool done = random.below(3) != 0;
  draft.text("subject", random.pick(words::subjects)).text("type", random.pick(words::list(types)));
  draft.text("status", done ? "completed" : "not_started");
  draft.text("priority", random.one_in(5) ? "high" : "normal");
  draft.instant("due_at", draft.created_ms + 7 * day_ms);
  if (done)
    draft.instant("completed_at",
                  draft.created_ms + static_cast<std::int64_t>(random.below(2 * day_ms)));
}

void fill_note(Draft& draft, Random& random, std::uint64_t /*contact*/) {
  draft.text("body_html", fmt::format("<p>{} <b>{}</b></p>", random.pick(words::sentences),
                                      random.pick(words::sentences)));
  draft.flag("pinned", random.one_in(30)).instant("noted_at", draft.created_ms);
}

}  // namespace

void make_engagements(World& world) {
  EngagementMaker(world, "calls", world.calls).make_all(fill_call);
  EngagementMaker(world, "emails", world.emails).make_all(fill_email);
  EngagementMaker(world, "meetings", world.meetings).make_all(fill_meeting);
  EngagementMaker(world, "tasks", world.tasks).make_all(fill_task);
}

void make_notes(World& world) {
  EngagementMaker(world, "notes", world.notes).make_all(fill_note);
}

}  // namespace flit::sim::interactive
