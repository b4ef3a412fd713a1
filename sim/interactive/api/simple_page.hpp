#pragma once
/// @file One page of a list that is small or in id order already: owners, tags, files, history.
///
/// The caller offers items in the order of the list; the page takes what fits and knows whether
/// there was more. Not thread-safe.

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "base/json_writer.hpp"
#include "sim/base/response.hpp"
#include "sim/interactive/api/list_query.hpp"

namespace flit::sim::interactive {

class SimplePage {
 public:
  SimplePage(const Target& target, const ListQuery& query) : target_(target), query_(query) {
    out_.begin_array();
  }

  /// In a list by id: the cursor lies at or behind that id.
  bool is_past(std::uint64_t id) const { return query_.after && id <= query_.after->id; }

  /// There is more than fits: the rest need not be offered.
  bool is_full() const { return more_; }

  template <typename Write>
  void add(const ListPlace& place, Write&& write) {
    if (count_ == query_.limit) more_ = true;
    if (more_) return;
    ++count_;
    last_ = place;
    write(out_);
  }

  /// Those behind the cursor, by (time, id) when `updated_since` is given, else by id.
  template <typename Item, typename PlaceOf>
  std::vector<const Item*> in_order(std::vector<const Item*> items, PlaceOf&& place_of) const {
    const bool timed = query_.since_ms.has_value();
    const auto key = [&](const ListPlace& place) {
      return std::pair(timed ? place.time_ms : 0, place.id);
    };
    std::erase_if(items, [&](const Item* item) {
      return query_.after && key(place_of(*item)) <= key(*query_.after);
    });
    std::stable_sort(items.begin(), items.end(), [&](const Item* a, const Item* b) {
      return key(place_of(*a)) < key(place_of(*b));
    });
    return items;
  }

  Response take() {
    out_.end_array();
    std::string body = R"({"results":)" + out_.take();
    if (more_) append_paging(body, target_, query_, last_);
    body += '}';
    return Response::json(200, std::move(body));
  }

 private:
  const Target& target_;
  const ListQuery& query_;
  json::Writer out_;
  std::size_t count_ = 0;
  bool more_ = false;
  ListPlace last_{};
};

}  // namespace flit::sim::interactive
