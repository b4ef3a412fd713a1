#include "http/mask.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"

namespace flit::http {
namespace {

bool is_named(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(),
                     [name](const std::string& other) { return same_name(name, other); });
}

void replace_all(std::string& text, std::string_view what) {
  if (what.empty()) return;
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + Mask::hidden.size()))
    text.replace(at, what.size(), Mask::hidden);
}

/// Masks name=value pairs joined by "&" without touching anything else of the text.
std::string masked_pairs(std::string_view text, const std::vector<std::string>& names) {
  std::string out;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const auto name = percent::decode(pair.substr(0, equals));
    const bool is_secret = name && is_named(names, *name) && equals < pair.size();
    out.append(is_secret ? pair.substr(0, equals + 1) : pair);
    if (is_secret) out.append(Mask::hidden);
    text.remove_prefix(pair.size());
    if (text.empty()) break;
    out.push_back('&');
    text.remove_prefix(1);
  }
  return out;
}

/// Copies a value; members of those names lose theirs. True: something was masked.
bool copy_masked(json::Value value, const std::vector<std::string>& names, json::Writer& out) {
  bool has_masked = false;
  if (value.is_object()) {
    out.begin_object();
    for (const json::Member member : value.members()) {
      out.key(member.key);
      const bool is_secret = is_named(names, member.key) && !member.value.is_null();
      if (is_secret)
        out.string(Mask::hidden);
      else
        has_masked = copy_masked(member.value, names, out) || has_masked;
      has_masked = has_masked || is_secret;
    }
    out.end_object();
  } else if (value.is_array()) {
    out.begin_array();
    for (const json::Value element : value.elements())
      has_masked = copy_masked(element, names, out) || has_masked;
    out.end_array();
  } else {
    out.raw(value.dump());
  }
  return has_masked;
}

}  // namespace

std::string Mask::url(const Url& url) const {
  Url bare = url;
  bare.clear_query();
  if (url.query().empty()) return text(bare.text());
  return text(bare.text().append("?").append(masked_pairs(url.query(), settings_.query)));
}

Headers Mask::headers(const Headers& headers) const {
  Headers masked;
  for (const Header& field : headers) {
    if (is_named(settings_.headers, field.name)) {
      masked.add(field.name, hidden);
      continue;
    }
    const std::size_t query = field.value.find('?');
    const bool is_link = same_name(field.name, "Location") && query != std::string::npos;
    masked.add(field.name,
               text(is_link ? field.value.substr(0, query + 1) +
                                  masked_pairs(std::string_view(field.value).substr(query + 1),
                                               settings_.query)
                            : field.value));
  }
  return masked;
}

std::string Mask::body(std::string_view media_type, std::string_view body) const {
  if (media_type == "application/x-www-form-urlencoded") return text(form(body));
  const bool is_json =
      media_type == "application/json" ||
      (media_type.size() > 5 && media_type.substr(media_type.size() - 5) == "+json");
  return text(is_json ? json(body) : body);
}

std::string Mask::json(std::string_view text) const {
  const auto document = json::parse(text);
  if (!document) return std::string(text);
  json::Writer writer;
  return copy_masked(document->root(), settings_.fields, writer) ? writer.take()
                                                                 : std::string(text);
}

std::string Mask::form(std::string_view text) const {
  return masked_pairs(text, settings_.fields);
}

std::string Mask::text(std::string_view text) const {
  std::string out(text);
  for (const Secret& secret : settings_.secrets) {
    replace_all(out, secret.reveal());
    replace_all(out, percent::encode(secret.reveal()));
    json::Writer quoted;
    quoted.string(secret.reveal());
    const std::string escaped = quoted.take();
    replace_all(out, std::string_view(escaped).substr(1, escaped.size() - 2));
  }
  return out;
}

}  // namespace flit::http
