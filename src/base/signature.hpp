#pragma once
/// @file Signatures as platforms use them to know who speaks: RSA over SHA-256, and HMAC-SHA-256.
///
/// For verifying signed tokens (RFC 7515: RS256) and for signing what a secret vouches for. OpenSSL
/// computes both. Pure functions.

#include <string>
#include <string_view>

#include "base/hash.hpp"
#include "base/result.hpp"

namespace flit {

/// Whether `signature` is the RSA PKCS#1 v1.5 signature over SHA-256 of `message` by the owner of
/// `pem`: an X.509 certificate or a public key. Fault::setup when `pem` is neither.
Result<bool> verify_rsa_sha256(std::string_view pem, std::string_view message,
                               std::string_view signature);

/// The signature that verify_rsa_sha256 accepts; `pem` is a private key without a passphrase.
Result<std::string> sign_rsa_sha256(std::string_view pem, std::string_view message);

Sha256::Value hmac_sha256(std::string_view key, std::string_view message);

}  // namespace flit
