#include "sim/salesforce/service/bulk_front.hpp"

#include "sim/salesforce/schema/record_id.hpp"

namespace flit::sim::salesforce {

BulkFront::BulkFront(Organization& org, const Surroundings& surroundings,
                     BulkFrontSettings settings)
    : loader_(org,
              [&stats = surroundings.stats](const std::string& object, std::uint64_t rows) {
                stats.add_rows_written(object, rows);
              }),
      world_{.writer = loader_,
             .reader = loader_,
             .clock = surroundings.clock,
             .next_id = [this](std::string_view prefix) { return next_id(prefix); },
             .settings = {.schedule = {.cost_per_row = settings.cost_per_row}},
             .quota = quota(org, surroundings.clock, settings.limits)},
      bulk_(world_),
      async_(world_) {}

bulk::BulkQuota BulkFront::quota(Organization& org, const SimClock& clock, bool limits) {
  return {.take_batches =
              [&org, &clock, limits](std::size_t batches) {
                const bool left =
                    org.limits->take_bulk_batches(clock.now(), static_cast<std::int64_t>(batches));
                return left || !limits;
              },
          .take_query_job = [&org, &clock,
                             limits] { return org.limits->take_query_job(clock.now()) || !limits; },
          .spend_results =
              [&org, &clock](std::size_t bytes) {
                org.limits->spend_result_bytes(clock.now(), static_cast<std::int64_t>(bytes));
              }};
}

std::string BulkFront::next_id(std::string_view prefix) {
  return RecordId(RecordId::prefix_of(prefix), ++ids_[std::string(prefix)]).text();
}

Response BulkFront::jobs(const Request& request, RecordId user, const std::string& version) {
  const auto& segments = request.target.segments;
  Response response = bulk_.handle({.request = request,
                                    .version = version,
                                    .path = {segments.begin() + 4, segments.end()},
                                    .parameters = request.target.parameters,
                                    .user = user.text()});
  response.endpoint = "/jobs/" + std::string(request.target.segment(4));
  return response;
}

Response BulkFront::async(const Request& request, RecordId user, const std::string& version) {
  const auto& segments = request.target.segments;
  Response response = async_.handle({.request = request,
                                     .version = version,
                                     .path = {segments.begin() + 3, segments.end()},
                                     .parameters = request.target.parameters,
                                     .user = user.text()});
  response.endpoint = "/async/job";
  return response;
}

void BulkFront::reset() {
  bulk_.reset();
  async_.reset();
}

}  // namespace flit::sim::salesforce
