#include "engine/field_samples.hpp"

#include "base/utf8.hpp"
#include "mapping/record_view.hpp"
#include "mapping/text_converters.hpp"

namespace flit::engine {
namespace {

/// The values of one object's records, by the place of their field.
class ObjectSamples {
 public:
  ObjectSamples(const model::Object& object, const SampleBounds& bounds)
      : bounds_(bounds), numbers_(object), view_(numbers_), values_(object.fields.size()) {}

  Result<void> add(const model::Record& record) {
    if (record.archived || record.merged_into) return {};
    // What cannot be read is the profile's finding, and says nothing about fields.
    if (!view_.open(record.payload)) return {};
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (values_[i].size() == bounds_.values || mapping::is_empty(view_.field(i))) continue;
      const std::string_view text = mapping::text_of(view_.field(i), buffer_);
      values_[i].emplace_back(utf8::prefix_of_utf16_units(text, bounds_.bytes));
    }
    return {};
  }

  std::vector<std::vector<std::string>> take() { return std::move(values_); }

 private:
  const SampleBounds& bounds_;
  mapping::FieldNumbers numbers_;
  mapping::RecordView view_;
  std::vector<std::vector<std::string>> values_;
  std::string buffer_;
};

}  // namespace

Result<FieldSamples> sample_fields(const Environment& environment, const model::Schema& source,
                                   const SampleBounds& bounds) {
  FieldSamples samples;
  for (const model::Object& object : source.objects) {
    ObjectSamples found(object, bounds);
    FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) {
      return environment.books.staging.scan(
          reader, object.name, 0, bounds.records,
          [&](const store::StagedRecord& staged) { return found.add(staged.record); });
    }));
    auto values = found.take();
    for (std::size_t i = 0; i < values.size(); ++i)
      if (!values[i].empty())
        samples.emplace(std::pair(object.name, object.fields[i].name), std::move(values[i]));
  }
  return samples;
}

}  // namespace flit::engine
