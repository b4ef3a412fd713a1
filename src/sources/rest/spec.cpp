#include "sources/rest/spec.hpp"

#include <algorithm>

#include "base/yaml_merge.hpp"

namespace flit::sources::rest {

void describe(spec::Choices<Auth::Kind>& choices) {
  choices.add("bearer", Auth::Kind::bearer,
              "A header; `prefix` is \"Bearer \" unless it is given.");
  choices.add("header", Auth::Kind::header, "A header that holds the key alone.");
  choices.add("query", Auth::Kind::query, "A parameter of every request.");
}

void describe(spec::Spec<Auth>& spec) {
  spec.named("auth", "How requests say who asks.");
  spec.field(&Auth::kind, "kind", "Where the credential stands.").default_to(Auth::Kind::bearer);
  spec.field(&Auth::name, "name", "Name of the header or parameter.").default_to("Authorization");
  spec.field(&Auth::prefix, "prefix", "Text before the credential.");
  spec.field(&Auth::value_from, "value_from", "env:NAME, file:PATH or command:LINE.")
      .default_to("env:FLIT_SOURCE_TOKEN")
      .check([](const std::string& text) -> std::string {
        for (const std::string_view kind : {"env:", "file:", "command:"})
          if (text.starts_with(kind)) return {};
        return "names the credential as env:NAME, file:PATH or command:LINE, never itself";
      });
}

void describe(spec::Choices<Paging::Kind>& choices) {
  choices.add("cursor", Paging::Kind::cursor, "Each page names the next one.");
  choices.add("page", Paging::Kind::page,
              "Pages are numbered from 1; the answer says how many "
              "records there are.");
}

void describe(spec::Spec<Paging>& spec) {
  spec.named("paging", "How long lists are read.");
  spec.field(&Paging::kind, "kind", "How a page is named.").default_to(Paging::Kind::cursor);
  spec.field(&Paging::limit_param, "limit_param", "Parameter for the size of a page.")
      .default_to("limit");
  spec.field(&Paging::limit, "limit", "Records asked for per page.")
      .default_to(100)
      .between(1, 10'000);
  spec.field(&Paging::cursor_param, "cursor_param", "Parameter that carries the cursor.")
      .default_to("after");
  spec.field(&Paging::next_key, "next_key",
             "Where the answer names the next page; nothing there ends the list.")
      .default_to("paging.next.after");
  spec.field(&Paging::page_param, "page_param", "Parameter for a page's number.")
      .default_to("page");
  spec.field(&Paging::total_key, "total_key", "Where the answer says how many records there are.")
      .default_to("meta.total");
  spec.field(&Paging::limit_key, "limit_key",
             "Where the answer says how large pages really are, if it may clamp `limit`.");
  spec.field(&Paging::expired, "expired", "Error codes of a cursor that is no longer known.");
}

void describe(spec::Spec<Keys>& spec) {
  spec.named("keys", "Where answers keep what every source has; dotted paths.");
  spec.field(&Keys::results, "results", "The list of records.").default_to("results");
  spec.field(&Keys::id, "id", "A record's id.").default_to("id");
  spec.field(&Keys::created_at, "created_at", "When it was made.").default_to("created_at");
  spec.field(&Keys::updated_at, "updated_at", "When it last changed.").default_to("updated_at");
  spec.field(&Keys::archived, "archived", "Whether it is archived.").default_to("archived");
  spec.field(&Keys::archived_at, "archived_at", "Since when.").default_to("archived_at");
  spec.field(&Keys::merged_into, "merged_into", "The record that swallowed it.")
      .default_to("merged_into");
  spec.field(&Keys::properties, "properties", "The fields of nested records.")
      .default_to("properties");
  spec.field(&Keys::error_code, "error_code", "The code of an error.").default_to("error.code");
  spec.field(&Keys::error_message, "error_message", "Its text.").default_to("error.message");
}

void describe(spec::Choices<Incremental::Precision>& choices) {
  choices.add("s", Incremental::Precision::s, "Whole seconds.");
  choices.add("ms", Incremental::Precision::ms, "Milliseconds.");
}

void describe(spec::Spec<Incremental>& spec) {
  spec.named("incremental", "How only what changed is asked for.");
  spec.field(&Incremental::param, "param", "Parameter for the time.").default_to("updated_since");
  spec.field(&Incremental::precision, "precision", "What the source compares.")
      .default_to(Incremental::Precision::s);
  spec.field(&Incremental::inclusive, "inclusive", "Whether that very moment is included.")
      .default_to(true);
  spec.field(&Incremental::overlap_s, "overlap_s",
             "Seconds that are asked for again, for changes that become visible late.")
      .default_to(300)
      .between(0, 86'400);
}

void describe(spec::Choices<Limits::WithoutHint::Jitter>& choices) {
  choices.add("full", Limits::WithoutHint::Jitter::full, "Anything between nothing and the pause.");
  choices.add("none", Limits::WithoutHint::Jitter::none, "Exactly the pause.");
}

void describe(spec::Spec<Limits::WithoutHint>& spec) {
  using Hint = Limits::WithoutHint;
  spec.named("pause", "How long to wait when the source does not say.");
  spec.field(&Hint::base_ms, "base_ms", "The first pause.").default_to(1000).between(1, 3'600'000);
  spec.field(&Hint::factor, "factor", "How much longer each further one is.")
      .default_to(2.0)
      .between(1, 100);
  spec.field(&Hint::max_ms, "max_ms", "The longest one.").default_to(60'000).between(1, 3'600'000);
  spec.field(&Hint::jitter, "jitter", "What is left to chance.").default_to(Hint::Jitter::full);
}

void describe(spec::Spec<Limits>& spec) {
  spec.named("limits", "What the source may be asked; 0 is no limit.");
  spec.field(&Limits::per_second, "per_second", "Requests a second.").between(0, 100'000);
  spec.field(&Limits::concurrent, "concurrent", "Requests at the same time.")
      .default_to(4)
      .between(1, 512);
  spec.field(&Limits::per_hour, "per_hour", "Requests an hour.").between(0, 1e9);
  spec.field(&Limits::per_day, "per_day", "Requests a UTC day.").between(0, 1e9);
  spec.field(&Limits::on_429_without_hint, "on_429_without_hint",
             "The pause after a refusal that names none.");
}

const Endpoint* RestSpec::find_endpoint(std::string_view name) const {
  const auto found = std::find_if(endpoints.begin(), endpoints.end(),
                                  [&](const Endpoint& one) { return one.name == name; });
  return found == endpoints.end() ? nullptr : &*found;
}

bool RestSpec::is_object(std::string_view name) const {
  return find_endpoint(name) == nullptr ||
         std::find(schema.order.begin(), schema.order.end(), name) != schema.order.end();
}

bool Join::applies_to(std::string_view object) const {
  return objects.empty() || std::find(objects.begin(), objects.end(), object) != objects.end();
}

Endpoint RestSpec::object_endpoint(std::string_view object) const {
  Endpoint endpoint = objects;
  endpoint.name = object;
  if (const Endpoint* own = find_endpoint(object)) {
    endpoint.path = own->path;
    endpoint.query.insert(endpoint.query.end(), own->query.begin(), own->query.end());
    if (own->limit != 0) endpoint.limit = own->limit;
  }
  return endpoint;
}

Result<RestSpec> read_spec(const packs::PlatformPack& pack, const yaml::Node& overrides) {
  FLIT_TRY(spec, spec::read<RestSpec>(overrides.is_map() ? yaml::merged(pack.body, overrides)
                                                         : pack.body));
  spec.platform = pack.name;
  return spec;
}

}  // namespace flit::sources::rest
