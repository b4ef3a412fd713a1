#include "engine/staged_list.hpp"

namespace flit::engine {
namespace {

constexpr std::int64_t chunk = 2000;  // between two looks at the stop token

}  // namespace

Result<void> each_staged(const Environment& environment, std::string_view object,
                         const StagedVisit& visit, std::stop_token stop) {
  json::Document document;
  std::int64_t after = 0;
  while (true) {
    if (stop.stop_requested())
      return Error{.fault = Fault::cancelled, .message = "stopped while reading staged records"};
    std::size_t seen = 0;
    FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) {
      return environment.books.staging.scan(
          reader, object, after, chunk, [&](const store::StagedRecord& staged) -> Result<void> {
            after = staged.seq;
            ++seen;
            if (staged.record.archived) return {};
            const auto payload = document.read(staged.record.payload);
            return payload ? visit(reader, staged.record.key.id, *payload) : Result<void>();
          });
    }));
    if (seen == 0) return {};
  }
}

std::string text_of(json::Value payload, std::string_view field) {
  return std::string(payload[field].string_or(""));
}

}  // namespace flit::engine
