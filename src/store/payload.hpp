#pragma once
/// @file Payloads as the ledger keeps them: zstd frames (RFC 8878), small and quick to read back.

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace flit::store {

/// Compresses and restores; reuses its contexts, so one thread at a time.
class PayloadCodec {
 public:
  PayloadCodec();
  ~PayloadCodec();
  PayloadCodec(PayloadCodec&&) noexcept;
  PayloadCodec& operator=(PayloadCodec&&) noexcept;

  /// Into `out`, which is overwritten and keeps its capacity.
  void compress(std::string_view bytes, std::string& out);

  /// Fault::setup when the frame is damaged or larger than `max_bytes`.
  Result<void> restore(std::string_view frame, std::string& out);

  /// No payload is larger: sources refuse records beyond it.
  static constexpr std::size_t max_bytes = std::size_t{256} * 1024 * 1024;

 private:
  struct Contexts;
  std::unique_ptr<Contexts> contexts_;
};

}  // namespace flit::store
