// A file's bytes: from where an earlier try ended, and from wherever the source keeps them.

#include <fmt/format.h>

#include "http/fault.hpp"
#include "sources/rest/json_text.hpp"
#include "sources/rest/source.hpp"

namespace flit::sources::rest {
namespace {

/// Passes on what follows byte `offset`, whether the server went there or began at the front.
class Remainder {
 public:
  Remainder(std::uint64_t offset, const model::ByteSink& sink) : skip_(offset), sink_(sink) {}

  Result<void> take(const http::Response& head, std::string_view piece) {
    if (head.status == 206) skip_ = 0;
    const std::size_t dropped = std::min<std::uint64_t>(skip_, piece.size());
    skip_ -= dropped;
    piece.remove_prefix(dropped);
    return piece.empty() ? Result<void>() : sink_(piece);
  }

 private:
  std::uint64_t skip_;
  const model::ByteSink& sink_;
};

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace

Result<void> RestSource::download(std::string_view file_id, std::uint64_t offset,
                                  const model::ByteSink& sink, std::stop_token stop) {
  Remainder remainder(offset, sink);
  http::Request request = caller_.request(with_value(spec_.files.path, "id", file_id), {});
  request.headers.remove("Accept");
  request.compression = http::Compression::off;
  if (offset > 0 && spec_.files.ranges)
    request.headers.set("Range", fmt::format("bytes={}-", offset));
  request.sink = [&](const http::Response& head, std::string_view piece) {
    return remainder.take(head, piece);
  };

  FLIT_TRY(heard, caller_.hear(request, stop));
  if (is_redirect(heard.response.status)) {
    const auto location = heard.response.headers.find("Location");
    FLIT_TRY(elsewhere, request.url.resolve(location.value_or("")));
    if (request.url.is_secure() && !elsewhere.is_secure())
      return Error{.fault = Fault::setup,
                   .message = "the file is kept where the connection is not encrypted",
                   .where = http::shown(request)};
    // The address carries its own signature; a credential beside it would be refused, and belongs
    // to nobody there (facts/sources.md §1.9).
    http::Request signed_one{.method = http::Method::get, .url = std::move(elsewhere)};
    if (const auto range = request.headers.find("Range")) signed_one.headers.set("Range", *range);
    signed_one.sink = request.sink;
    signed_one.compression = http::Compression::off;
    request = std::move(signed_one);
    FLIT_TRY(answer, caller_.hear(request, stop));
    heard = std::move(answer);
    // Its time is over: asking for the file again gives another one.
    if (heard.response.status == 403)
      return Error{.fault = Fault::transient,
                   .message = "the file's address has expired",
                   .where = http::shown(request)};
  }
  if (auto error = caller_.refusal(request, heard)) return std::move(*error);
  return {};
}

}  // namespace flit::sources::rest
