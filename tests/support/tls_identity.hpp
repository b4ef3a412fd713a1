#pragma once
/// @file A certificate authority of a test's own, and the server that it vouches for.
///
/// Made anew by OpenSSL for each test, valid for an hour around now or until a minute ago, worth
/// nothing to anybody else.

#include <filesystem>
#include <string>

struct ssl_ctx_st;

namespace flit::test {

class TlsIdentity {
 public:
  enum class Validity { present, past };

  /// A server certificate for the name or IP address `host`, issued by a new authority.
  explicit TlsIdentity(const std::string& host, Validity validity = Validity::present);
  ~TlsIdentity();
  TlsIdentity(const TlsIdentity&) = delete;
  TlsIdentity& operator=(const TlsIdentity&) = delete;

  /// For RawServer.
  ssl_ctx_st* server() const { return server_; }

  /// The authority's certificate: whoever trusts it trusts the server.
  void write_ca_file(const std::filesystem::path& path) const;

  /// The server's own certificate and key, both as PEM in one file, for servers that are not ours.
  void write_server_file(const std::filesystem::path& path) const;

 private:
  ssl_ctx_st* server_;
  std::string ca_pem_;
  std::string server_pem_;
};

}  // namespace flit::test
