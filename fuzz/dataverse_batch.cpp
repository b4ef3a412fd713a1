// Any bytes are a batch whose parts lie in the bytes, or are refused; running one never fails.

#include <cstdint>
#include <string_view>

#include "fuzz/promise.hpp"
#include "sim/dataverse/batch/batch_run.hpp"

namespace {

using namespace flit::sim::dataverse::batch;  // NOLINT(google-build-using-namespace)
using flit::fuzz::promise;

class Host : public BatchHost {
 public:
  PartResponse execute(const Call& call) override {
    promise(call.operation.method.find(' ') == std::string_view::npos, "a method has no blank");
    if (call.body.size() % 5 == 1) return {.status = 400};
    return {.status = 204, .headers = {{"OData-EntityId", "https://h/api/data/v9.2/accounts(1)"}}};
  }
  void begin() override { promise(!open_, "transactions do not nest"), open_ = true; }
  void commit() override { promise(open_, "a commit ends a transaction"), open_ = false; }
  void rollback() override { promise(open_, "a rollback ends a transaction"), open_ = false; }
  bool is_open() const { return open_; }

 private:
  bool open_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto batch = parse_batch("multipart/mixed; boundary=b", text);
  (void)parse_batch(text, "--b--");
  if (!batch) {
    promise(batch.error().code == "0x80060888", "a refused batch has a code");
    return 0;
  }
  std::size_t operations = 0;
  for (const Part& part : batch->parts) operations += part.operations.size();
  promise(operations <= max_operations, "a batch is bounded");
  Host host;
  const auto answer =
      run_batch(*batch, {.on_error = OnError::go_on, .new_id = [] { return "x"; }}, host);
  promise(answer.status == 200 && !host.is_open(), "a batch that goes on answers 200");
  return 0;
}
