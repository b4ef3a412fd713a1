#pragma once
/// @file How Bulk jobs reach the org's records: bulk's faces over schema and store.

#include <functional>

#include "sim/salesforce/bulk/query_job.hpp"
#include "sim/salesforce/bulk/row_writer.hpp"
#include "sim/salesforce/organization/organization.hpp"

namespace flit::sim::salesforce {

class RecordLoader : public bulk::RowWriter, public bulk::RecordReader {
 public:
  /// Told after each chunk how many rows of which object were saved.
  using OnSaved = std::function<void(const std::string& object, std::uint64_t rows)>;

  /// `org` outlives it.
  RecordLoader(Organization& org, OnSaved on_saved) : org_(org), on_saved_(std::move(on_saved)) {}

  Result<void> check(const bulk::LoadRequest& request) const override;
  Result<std::unique_ptr<bulk::BoundLoad>> bind(const bulk::LoadRequest& request,
                                                std::span<const std::string> header) override;
  void read(const Use& use) const override;

 private:
  Organization& org_;
  OnSaved on_saved_;
};

}  // namespace flit::sim::salesforce
