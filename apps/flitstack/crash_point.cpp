#include "apps/flitstack/crash_point.hpp"

#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>

#include <unistd.h>

namespace flit::app {
namespace {

[[noreturn]] void die() {
  ::kill(::getpid(), SIGKILL);
  while (true) ::pause();
}

void say_how_many(std::uint64_t count, const char* what) {
  std::fprintf(stderr, "FLIT_CRASH_AT: there were %llu %s\n",
               static_cast<unsigned long long>(count), what);
}

class CrashingLedger final : public store::Ledger {
 public:
  CrashingLedger(std::unique_ptr<store::Ledger> inner, CrashPoint point)
      : inner_(std::move(inner)), point_(point) {}
  ~CrashingLedger() override {
    if (point_.count == 0) say_how_many(asked_, "commits");
  }

  const store::MigrationInfo& info() const override { return inner_->info(); }
  Result<void> read(const store::Work& work) const override { return inner_->read(work); }
  Result<void> begin_generation(std::int64_t generation) override {
    return inner_->begin_generation(generation);
  }
  std::uint64_t commits() const override { return inner_->commits(); }

  Result<void> commit(const store::Work& work) override {
    const bool mine = ++asked_ == point_.count;
    if (mine && point_.at == CrashPoint::At::commit) die();
    Result<void> done = inner_->commit(work);
    if (mine && point_.at == CrashPoint::At::committed) die();
    return done;
  }

 private:
  std::unique_ptr<store::Ledger> inner_;
  CrashPoint point_;
  std::atomic<std::uint64_t> asked_{0};
};

constexpr std::pair<std::string_view, CrashPoint::At> places[] = {
    {"request:", CrashPoint::At::request},
    {"answer:", CrashPoint::At::answer},
    {"commit:", CrashPoint::At::commit},
    {"committed:", CrashPoint::At::committed}};

}  // namespace

Result<std::optional<CrashPoint>> crash_point() {
  const char* set = std::getenv("FLIT_CRASH_AT");  // NOLINT(concurrency-mt-unsafe): only read
  const std::string_view text = set == nullptr ? "" : set;
  if (text.empty()) return std::optional<CrashPoint>();
  for (const auto& [name, at] : places) {
    if (!text.starts_with(name)) continue;
    CrashPoint point{.at = at};
    const auto [end, failed] =
        std::from_chars(text.data() + name.size(), text.data() + text.size(), point.count);
    if (failed == std::errc() && end == text.data() + text.size()) return std::optional(point);
  }
  return Error{.fault = Fault::setup,
               .message = "expected request:K, answer:K, commit:K or committed:K",
               .where = "FLIT_CRASH_AT",
               .remedy = "unset FLIT_CRASH_AT"};
}

CrashingTransport::~CrashingTransport() {
  if (point_.count == 0) say_how_many(sent_, "requests");
}

Result<http::Response> CrashingTransport::send(const http::Request& request, std::stop_token stop) {
  const bool mine = ++sent_ == point_.count;
  if (mine && point_.at == CrashPoint::At::request) die();
  Result<http::Response> answer = inner_.send(request, std::move(stop));
  if (mine && point_.at == CrashPoint::At::answer) die();
  return answer;
}

std::unique_ptr<store::Ledger> crashing_ledger(std::unique_ptr<store::Ledger> inner,
                                               CrashPoint point) {
  return std::make_unique<CrashingLedger>(std::move(inner), point);
}

}  // namespace flit::app
