#include <curl/curl.h>

#include "http/easy_handle.hpp"

namespace flit::http {

Failure failure_of_curl(int curl_code, bool has_sent, long proxy_status) {
  if (!has_sent && proxy_status == 407) return Failure::proxy;
  switch (curl_code) {
    case CURLE_URL_MALFORMAT:
      return Failure::invalid_request;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
      return Failure::resolve;
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY:
      return Failure::connect;
    // HTTP/0.9: something that does not begin with a status line.
    case CURLE_UNSUPPORTED_PROTOCOL:
      return has_sent ? Failure::malformed : Failure::invalid_request;
    case CURLE_WEIRD_SERVER_REPLY:
      return Failure::malformed;
    case CURLE_PARTIAL_FILE:
      return Failure::truncated;
    case CURLE_OPERATION_TIMEDOUT:
      return has_sent ? Failure::timeout_total : Failure::timeout_connect;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return Failure::tls_verify;
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_ENGINE_INITFAILED:
      return Failure::tls_setup;
    case CURLE_SSL_CONNECT_ERROR:
      return Failure::tls_handshake;
    case CURLE_BAD_CONTENT_ENCODING:
      return Failure::encoding;
    case CURLE_FILESIZE_EXCEEDED:
      return Failure::too_large;
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_FAIL_REWIND:
    case CURLE_ABORTED_BY_CALLBACK:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return has_sent ? Failure::disconnected : Failure::connect;
    default:
      return Failure::internal;
  }
}

}  // namespace flit::http
