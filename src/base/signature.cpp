#include "base/signature.hpp"

#include <memory>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/check.hpp"

namespace flit {
namespace {

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* thing) const noexcept {
    Free(thing);
  }
};
using Bio = std::unique_ptr<BIO, Freer<BIO_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Context = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;

Bio memory(std::string_view pem) {
  return Bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

Key public_key(std::string_view pem) {
  if (const Certificate certificate{
          PEM_read_bio_X509(memory(pem).get(), nullptr, nullptr, nullptr)})
    return Key(X509_get_pubkey(certificate.get()));
  return Key(PEM_read_bio_PUBKEY(memory(pem).get(), nullptr, nullptr, nullptr));
}

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Error no_key(const char* expected) {
  return Error{.fault = Fault::setup,
               .message = std::string("a PEM ") + expected + " was expected"};
}

}  // namespace

Result<bool> verify_rsa_sha256(std::string_view pem, std::string_view message,
                               std::string_view signature) {
  const Key key = public_key(pem);
  if (!key || EVP_PKEY_base_id(key.get()) != EVP_PKEY_RSA)
    return no_key("certificate or public key for RSA");
  const Context context(EVP_MD_CTX_new());
  if (EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1)
    return no_key("certificate or public key for RSA");
  return EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(message),
                          message.size()) == 1;
}

Result<std::string> sign_rsa_sha256(std::string_view pem, std::string_view message) {
  const Key key(PEM_read_bio_PrivateKey(memory(pem).get(), nullptr, nullptr, nullptr));
  if (!key || EVP_PKEY_base_id(key.get()) != EVP_PKEY_RSA) return no_key("private key for RSA");
  const Context context(EVP_MD_CTX_new());
  std::size_t size = 0;
  if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, bytes(message), message.size()) != 1)
    return no_key("private key for RSA");
  std::string signature(size, '\0');
  auto* out = reinterpret_cast<unsigned char*>(signature.data());
  if (EVP_DigestSign(context.get(), out, &size, bytes(message), message.size()) != 1)
    return no_key("private key for RSA");
  signature.resize(size);
  return signature;
}

Sha256::Value hmac_sha256(std::string_view key, std::string_view message) {
  Sha256::Value value{};
  unsigned size = 0;
  const auto* done = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes(message),
                          message.size(), value.data(), &size);
  FLIT_CHECK(done != nullptr && size == value.size(), "HMAC-SHA-256 gives 32 bytes");
  return value;
}

}  // namespace flit
