#include "bench/transform/rows.hpp"

#include "base/check.hpp"

namespace flit::bench {
namespace {

/// No record of these refers to another one.
class Nobody final : public mapping::Lookups {
 public:
  mapping::Lookup record(std::string_view, std::string_view) const override { return {}; }
  mapping::Lookup owner(std::string_view) const override { return {}; }
};

const Nobody nobody;

}  // namespace

Transformer::Transformer(const People& people)
    : people_(people),
      compiled_(compiled(people)),
      view_(compiled_.numbers()),
      batch_("contact", model::Verb::create, compiled_.columns(0)) {}

void Transformer::run() {
  run(people_.payloads);
}

void Transformer::run(std::span<const std::string> payloads) {
  batch_.reset();
  for (const std::string& payload : payloads) {
    if (batch_.size() == batch_rows) batch_.reset();
    add(payload);
  }
}

void Transformer::add(const std::string& payload) {
  constexpr std::string_view id = "7eb682f1-ca75-e511-80d4-00155d2a68d1";
  const Result<void> opened = view_.open(payload);
  FLIT_CHECK(opened.has_value(), "a payload of ours is JSON");
  notes_.clear();
  compiled_.transform(view_, 0, {batch_.arena(), nobody}, batch_.append({.id = id}), notes_);
}

}  // namespace flit::bench
