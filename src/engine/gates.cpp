#include "engine/gates.hpp"

#include <array>

#include <fmt/format.h>

#include "base/json_writer.hpp"

namespace flit::engine {
namespace {

constexpr std::array gates{Gate::map, Gate::plan, Gate::owners, Gate::sample};

std::string command_for(Gate gate) {
  if (gate == Gate::map) return "flitstack map confirm --as NAME";
  return fmt::format("flitstack approve {} --as NAME", to_string(gate));
}

std::string body_of(const store::Approval& approval) {
  json::Writer out;
  out.begin_object().member("gate", approval.gate).member("by", approval.by);
  out.member("note", approval.note).member("fingerprint", approval.fingerprint).end_object();
  return out.take();
}

std::string listed(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
  return text;
}

}  // namespace

std::string_view to_string(Gate gate) {
  switch (gate) {
    case Gate::map:
      return "map";
    case Gate::plan:
      return "plan";
    case Gate::owners:
      return "owners";
    case Gate::sample:
      return "sample";
  }
  return "";
}

std::optional<Gate> gate_named(std::string_view name) {
  for (const Gate gate : gates)
    if (to_string(gate) == name) return gate;
  return {};
}

std::string_view to_string(GateState::Kind kind) {
  switch (kind) {
    case GateState::Kind::open:
      return "open";
    case GateState::Kind::approved:
      return "approved";
    case GateState::Kind::voided:
      return "void";
  }
  return "";
}

Result<GateState> gate_state(Environment& environment, Gate gate, const Parts& now) {
  GateState state{.gate = gate};
  FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(found, store::approval(reader, to_string(gate)));
    state.approval = std::move(found);
    return {};
  }));
  if (!state.approval) return state;
  state.changed = changes(state.approval->parts, now);
  state.kind = state.changed.empty() ? GateState::Kind::approved : GateState::Kind::voided;
  return state;
}

Result<void> approve(Environment& environment, Gate gate, const Approver& approver,
                     const Parts& parts) {
  const Instant now = environment.clock().now();
  const store::Approval approval{.gate = std::string(to_string(gate)),
                                 .by = approver.name,
                                 .at = now,
                                 .note = approver.note,
                                 .fingerprint = fingerprint_of(parts),
                                 .parts = parts};
  return environment.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
    FLIT_TRY_VOID(store::put_approval(transaction, approval));
    return environment.books.journal.note(transaction, "gates", "approved", body_of(approval), now);
  });
}

Result<void> require(const GateState& state) {
  if (state.kind == GateState::Kind::approved) return {};
  const std::string name(to_string(state.gate));
  Error closed{.fault = Fault::setup,
               .message = fmt::format("the gate \"{}\" is closed: nobody has approved it", name),
               .remedy = command_for(state.gate),
               .code = "gate_closed"};
  if (state.kind == GateState::Kind::voided)
    closed.message = fmt::format("the approval of \"{}\" by {} is void: {}", name,
                                 state.approval->by, listed(state.changed));
  return closed;
}

}  // namespace flit::engine
