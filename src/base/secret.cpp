#include "base/secret.hpp"

#include <openssl/crypto.h>

namespace flit {

void Secret::wipe() noexcept {
  if (!text_.empty()) OPENSSL_cleanse(text_.data(), text_.size());
  text_.clear();
}

}  // namespace flit
