#include "sim/interactive/api/list_query.hpp"

#include <charconv>

#include "base/encoding.hpp"
#include "base/json_writer.hpp"
#include "base/time.hpp"

namespace flit::sim::interactive {

namespace {

Checked<std::size_t> read_limit(const Target& target, std::size_t most) {
  const auto text = target.parameter("limit");
  if (!text) return std::min<std::size_t>(50, most);
  std::size_t limit = 0;
  const auto [end, fault] = std::from_chars(text->data(), text->data() + text->size(), limit);
  if (fault != std::errc{} || end != text->data() + text->size())
    return bad_parameter("limit", "number", *text);
  if (limit < 1) return bad_parameter("limit", "min", *text);
  if (limit > most) return bad_parameter("limit", "max", *text);
  return limit;
}

std::string binding_of(const Target& target) {
  std::string binding;
  for (const std::string_view name : {"archived", "updated_since", "owner_id"}) {
    const auto value = target.parameter(name);
    binding += value && !(name == "archived" && *value == "false") ? *value : "";
    binding += '|';
  }
  return binding;
}

}  // namespace

Checked<bool> read_flag(const Target& target, std::string_view name) {
  const auto text = target.parameter(name);
  if (!text || *text == "false") return false;
  if (*text == "true") return true;
  return bad_parameter(name, "boolean", *text);
}

Checked<std::int64_t> read_since(std::string_view text) {
  const bool right_length = text.size() == 20 || (text.size() == 24 && text[19] == '.');
  const auto instant = right_length && text.back() == 'Z' ? parse_instant(text) : Error{};
  if (!instant) return bad_parameter("updated_since", "datetime", text);
  const std::int64_t ms = epoch_ms(*instant);
  return ms - (ms % 1000 + 1000) % 1000;
}

Checked<ListQuery> read_list_query(const Target& target, const ListRules& rules) {
  ListQuery query;
  const auto limit = read_limit(target, rules.most);
  if (!limit) return tl::make_unexpected(limit.error());
  query.limit = *limit;
  const auto archived = read_flag(target, "archived");
  if (!archived) return tl::make_unexpected(archived.error());
  query.archived = *archived;
  if (const auto since = target.parameter("updated_since")) {
    const auto ms = read_since(*since);
    if (!ms) return tl::make_unexpected(ms.error());
    query.since_ms = *ms;
  }
  query.owner_id = std::string(target.parameter("owner_id").value_or(""));
  query.bound = {.list = rules.list, .binding = binding_of(target), .issued_ms = rules.now_ms};
  if (const auto after = target.parameter("after")) {
    auto place = decode_cursor(*after, query.bound);
    if (!place) return tl::make_unexpected(place.error());
    query.after = std::move(*place);
  }
  return query;
}

void append_paging(std::string& out, const Target& target, const ListQuery& query,
                   const ListPlace& last) {
  Cursor next = query.bound;
  next.place = last;
  const std::string after = encode(next);
  std::string link = target.path;
  char joint = '?';
  const auto add = [&](std::string_view name, std::string_view value) {
    link += joint;
    link.append(name).append("=");
    percent::append_encoded(link, value);
    joint = '&';
  };
  add("limit", std::to_string(query.limit));
  add("after", after);
  for (const auto& field : target.parameters)
    if (field.name != "limit" && field.name != "after") add(field.name, field.value);
  out += R"(,"paging":{"next":{"after":)";
  json::append_quoted(out, after);
  out += R"(,"link":)";
  json::append_quoted(out, link);
  out += "}}";
}

}  // namespace flit::sim::interactive
