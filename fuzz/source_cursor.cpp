// A cursor read from a ledger, and the page that it leads to: any text is a place or is refused; a
// place survives being written; the place behind it is another one. The first line is the cursor,
// the rest the body of an answer.

#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/promise.hpp"
#include "sources/rest/place.hpp"

namespace {

using namespace flit::sources::rest;  // NOLINT(google-build-using-namespace)
using flit::fuzz::promise;
using flit::sources::rest::Place;  // not flit::Place, of places in a text

namespace json = flit::json;

void check_kept(const Place& place) {
  const auto back = place_of(to_cursor(place));
  promise(back.has_value() && *back == place, "a place survives being written");
}

void check_page_behind(Paging::Kind kind, const Place& place, json::Value body) {
  const Paging paging{.kind = kind, .limit_key = "meta.limit"};
  const auto next = next_place(paging, paging.limit, place, body);
  if (!next) return;
  check_kept(*next);
  RestSpec spec{.paging = paging};
  Query query;
  append_paging(spec, paging.limit, *next, query);
  promise(query.size() >= 2, "a further page is asked for by its place");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(text.find('\n'), text.size());
  const auto place = place_of(flit::model::Cursor(std::string(text.substr(0, line))));
  if (!place) {
    promise(place.error().fault == flit::Fault::setup, "a strange cursor is a matter of set-up");
    return 0;
  }
  check_kept(*place);
  if (place->restarts < most_restarts) check_kept(restarted({}, *place));
  json::Document document;
  const auto body = document.read(text.substr(std::min(text.size(), line + 1)));
  if (!body) return 0;
  check_page_behind(Paging::Kind::cursor, *place, *body);
  check_page_behind(Paging::Kind::page, *place, *body);
  return 0;
}
