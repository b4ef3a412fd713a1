#include "sim/dataverse/service/batch_service.hpp"

#include <mutex>

#include "sim/dataverse/batch/batch_run.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/errors/from_error.hpp"

namespace flit::sim::dataverse {
namespace {

class Host : public batch::BatchHost {
 public:
  Host(Api& api, Organization& org, const ApiCall& outer) : api_(api), org_(org), outer_(outer) {}

  batch::PartResponse execute(const batch::Call& part) override {
    ApiCall call;
    call.method = std::string(part.operation.method);
    const std::size_t question = part.target.find('?');
    call.path = part.target.substr(0, question);
    if (question != std::string::npos) call.query = part.target.substr(question + 1);
    call.root = outer_.root;
    call.body = part.body;
    call.caller = outer_.caller;
    call.header = [&part](std::string_view name) { return part.operation.header(name); };
    call.preferences = odata::parse_preferences(call.header_or("Prefer", ""));
    ApiReply reply = api_.run(call, transaction_ ? &*transaction_ : nullptr);
    rows_ += reply.rows;
    columns_ += reply.columns;
    entitled_ += reply.entitled;
    if (reply.rows_by_table.size() > by_table_.size()) by_table_.resize(reply.rows_by_table.size());
    for (std::size_t i = 0; i < reply.rows_by_table.size(); ++i)
      by_table_[i] += reply.rows_by_table[i];
    batch::PartResponse response{.status = reply.status, .headers = std::move(reply.headers)};
    if (!reply.body.empty()) response.headers.emplace_back("Content-Type", reply.content_type);
    response.headers.emplace_back("OData-Version", "4.0");
    response.body = std::move(reply.body);
    return response;
  }

  void begin() override {
    lock_ = std::unique_lock(org_.mutex);
    transaction_.emplace(*org_.store);
  }
  void commit() override {
    transaction_->commit();
    end();
  }
  void rollback() override { end(); }

  void report(ApiReply& reply) {
    reply.rows = rows_;
    reply.columns = columns_;
    reply.entitled = entitled_;
    reply.rows_by_table = std::move(by_table_);
  }

 private:
  void end() {
    transaction_.reset();
    lock_.unlock();
  }

  Api& api_;
  Organization& org_;
  const ApiCall& outer_;
  std::unique_lock<std::shared_mutex> lock_;
  std::optional<Transaction> transaction_;
  std::uint64_t rows_ = 0;
  std::uint64_t columns_ = 0;
  std::uint64_t entitled_ = 0;
  std::vector<std::uint64_t> by_table_;
};

}  // namespace

ApiReply run_batch_call(Api& api, Organization& org, const ApiCall& outer) {
  if (outer.method != "POST")
    return reply_of(errors::method_not_allowed("$batch takes POST only."), outer);
  const auto request = batch::parse_batch(outer.header_or("Content-Type", ""), outer.body);
  if (!request) return reply_of(refusal_of(request.error()), outer);
  Host host(api, org, outer);
  batch::BatchSettings settings;
  settings.on_error =
      outer.preferences.continue_on_error ? batch::OnError::go_on : batch::OnError::stop;
  settings.content_id_required = org.settings.readings.batch_needs_content_id;
  settings.new_id = [&org] {
    return metadata_id_of("boundary", std::to_string(org.settings.seed + org.serial++)).text();
  };
  batch::BatchResponse response = batch::run_batch(*request, settings, host);
  ApiReply reply{.status = response.status, .body = std::move(response.body)};
  reply.content_type = std::move(response.content_type);
  host.report(reply);
  return reply;
}

}  // namespace flit::sim::dataverse
