#include "store/payload.hpp"

#include <zstd.h>

#include "base/check.hpp"

namespace flit::store {
namespace {

// Level 1: records are about a kilobyte; higher levels cost several times more for a tenth of size.
constexpr int level = 1;

Error damaged(const char* why) {
  return {.fault = Fault::setup,
          .message = std::string("a payload in the ledger cannot be read: ") + why,
          .remedy = "The ledger file was damaged; restore it from a copy"};
}

}  // namespace

struct PayloadCodec::Contexts {
  ZSTD_CCtx* in = nullptr;  // made when first needed: most codecs only read, or only write
  ZSTD_DCtx* out = nullptr;
  Contexts() = default;
  Contexts(const Contexts&) = delete;
  Contexts& operator=(const Contexts&) = delete;
  ~Contexts() {
    ZSTD_freeCCtx(in);
    ZSTD_freeDCtx(out);
  }
};

PayloadCodec::PayloadCodec() : contexts_(std::make_unique<Contexts>()) {}
PayloadCodec::~PayloadCodec() = default;
PayloadCodec::PayloadCodec(PayloadCodec&&) noexcept = default;
PayloadCodec& PayloadCodec::operator=(PayloadCodec&&) noexcept = default;

void PayloadCodec::compress(std::string_view bytes, std::string& out) {
  if (contexts_->in == nullptr) contexts_->in = ZSTD_createCCtx();
  out.resize(ZSTD_compressBound(bytes.size()));
  const std::size_t size =
      ZSTD_compressCCtx(contexts_->in, out.data(), out.size(), bytes.data(), bytes.size(), level);
  FLIT_CHECK(ZSTD_isError(size) == 0, "compression into a large enough buffer does not fail");
  out.resize(size);
}

Result<void> PayloadCodec::restore(std::string_view frame, std::string& out) {
  const auto size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
    return damaged("no frame");
  if (size > max_bytes) return damaged("larger than any record");
  if (contexts_->out == nullptr) contexts_->out = ZSTD_createDCtx();
  out.resize(size);
  const std::size_t got =
      ZSTD_decompressDCtx(contexts_->out, out.data(), out.size(), frame.data(), frame.size());
  if (ZSTD_isError(got) != 0) return damaged(ZSTD_getErrorName(got));
  if (got != size) return damaged("cut short");
  return {};
}

}  // namespace flit::store
