#include "mapping/reference_converters.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "mapping/text_converters.hpp"

namespace flit::mapping {
namespace {

using model::Value;

class RecordReference final : public Converter {
 public:
  RecordReference(std::string object, Archived archived)
      : object_(std::move(object)), archived_(archived) {}

  Converted convert(json::Value source, const Context& context) const override {
    std::string buffer;
    const std::string_view id = text::trim(text_of(source, buffer));
    const Lookup lookup = archived_ == Archived::placeholder
                              ? context.lookups.record_or_placeholder(object_, id)
                              : context.lookups.record(object_, id);
    switch (lookup.kind) {
      case Lookup::Kind::found:
        return Converted::plain(Value::reference(lookup.target, context.arena));
      case Lookup::Kind::later:
        return Converted::flagged(Value::reference(lookup.target, context.arena), "later");
      case Lookup::Kind::missing:
        return Converted::flagged(Value::null(), "broken_reference",
                                  fmt::format("{} {} does not exist", object_, id));
      case Lookup::Kind::unusable:
        return Converted::flagged(
            Value::null(), "reference_not_moved",
            fmt::format("{} {} was not moved: {}", object_, id, lookup.reason));
    }
    return {};
  }

 private:
  std::string object_;
  Archived archived_;
};

class OwnerReference final : public Converter {
 public:
  Converted convert(json::Value source, const Context& context) const override {
    std::string buffer;
    const Lookup lookup = context.lookups.owner(text::trim(text_of(source, buffer)));
    if (lookup.kind == Lookup::Kind::found)
      return Converted::plain(Value::reference(lookup.target, context.arena));
    return Converted::refused("owner_not_resolved", "no user over there and no fallback owner");
  }
};

}  // namespace

std::unique_ptr<Converter> make_record_reference(std::string object, Archived archived) {
  return std::make_unique<RecordReference>(std::move(object), archived);
}

std::unique_ptr<Converter> make_owner_reference() {
  return std::make_unique<OwnerReference>();
}

}  // namespace flit::mapping
