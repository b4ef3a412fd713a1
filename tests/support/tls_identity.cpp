#include "tests/support/tls_identity.hpp"

#include <fstream>
#include <memory>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace flit::test {
namespace {

struct KeyDeleter {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct CertificateDeleter {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using Key = std::unique_ptr<EVP_PKEY, KeyDeleter>;
using Certificate = std::unique_ptr<X509, CertificateDeleter>;

constexpr long validity_s = 3600;

struct Subject {
  const char* name;
  long serial;
  std::string alternative_name;  ///< empty: an authority
  long ends_in_s = validity_s;
};

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  if (extension == nullptr) throw std::runtime_error("OpenSSL refuses the extension " + value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

Certificate certificate_of(EVP_PKEY* key, const Subject& subject, X509* issuer,
                           EVP_PKEY* issuer_key) {
  Certificate certificate(X509_new());
  X509* x = certificate.get();
  X509_set_version(x, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x), subject.serial);
  X509_gmtime_adj(X509_getm_notBefore(x), -validity_s);
  X509_gmtime_adj(X509_getm_notAfter(x), subject.ends_in_s);
  X509_set_pubkey(x, key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(subject.name), -1, -1, 0);
  X509_set_issuer_name(x, X509_get_subject_name(issuer == nullptr ? x : issuer));
  if (subject.alternative_name.empty())
    add_extension(x, NID_basic_constraints, "critical,CA:TRUE");
  else
    add_extension(x, NID_subject_alt_name, subject.alternative_name);
  if (X509_sign(x, issuer_key, EVP_sha256()) == 0) throw std::runtime_error("OpenSSL cannot sign");
  return certificate;
}

std::string text_of(BIO* memory) {
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory, &text);
  std::string pem(text, static_cast<std::size_t>(size));
  BIO_free(memory);
  return pem;
}

std::string pem_of(X509* certificate) {
  BIO* memory = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(memory, certificate);
  return text_of(memory);
}

std::string pem_of(EVP_PKEY* key) {
  BIO* memory = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(memory, key, nullptr, nullptr, 0, nullptr, nullptr);
  return text_of(memory);
}

bool is_address(const std::string& host) {
  return host.find_first_not_of("0123456789.") == std::string::npos;
}

}  // namespace

TlsIdentity::TlsIdentity(const std::string& host, Validity validity)
    : server_(SSL_CTX_new(TLS_server_method())) {
  const Key ca_key(EVP_EC_gen("P-256"));
  const Certificate ca =
      certificate_of(ca_key.get(), {"Test authority", 1, "", validity_s}, nullptr, ca_key.get());
  const Key key(EVP_EC_gen("P-256"));
  const Subject subject{"server", 2, (is_address(host) ? "IP:" : "DNS:") + host,
                        validity == Validity::past ? -60 : validity_s};
  const Certificate certificate = certificate_of(key.get(), subject, ca.get(), ca_key.get());
  SSL_CTX_use_certificate(server_, certificate.get());
  SSL_CTX_use_PrivateKey(server_, key.get());
  ca_pem_ = pem_of(ca.get());
  server_pem_ = pem_of(certificate.get()) + pem_of(key.get());
}

TlsIdentity::~TlsIdentity() {
  SSL_CTX_free(server_);
}

void TlsIdentity::write_ca_file(const std::filesystem::path& path) const {
  std::ofstream(path, std::ios::binary) << ca_pem_;
}

void TlsIdentity::write_server_file(const std::filesystem::path& path) const {
  std::ofstream(path, std::ios::binary) << server_pem_;
}

}  // namespace flit::test
