#include "engine/owner_stage.hpp"

#include "base/json_reader.hpp"
#include "store/notebook.hpp"

namespace flit::engine {
namespace {

constexpr std::string_view owners_list = "owners";
constexpr std::int64_t chunk = 2000;

/// The text of a scalar as ids are compared: numbers by their lexeme.
std::string id_text(json::Value value) {
  if (const auto text = value.as_string()) return std::string(*text);
  if (const auto number = value.as_number()) return std::string(*number);
  return {};
}

/// Every staged record of an object, in order.
Result<void> each(Environment& environment, std::string_view object,
                  const std::function<Result<void>(const store::StagedRecord&)>& visit) {
  std::int64_t after = 0;
  for (bool more = true; more;) {
    more = false;
    FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) {
      return environment.books.staging.scan(reader, object, after, chunk,
                                            [&](const store::StagedRecord& staged) -> Result<void> {
                                              more = true;
                                              after = staged.seq;
                                              return visit(staged);
                                            });
    }));
  }
  return {};
}

Result<std::vector<SourceOwner>> listed(Environment& environment) {
  std::vector<SourceOwner> owners;
  json::Document document;
  FLIT_TRY_VOID(
      each(environment, owners_list, [&](const store::StagedRecord& staged) -> Result<void> {
        FLIT_TRY(row, document.read(staged.record.payload));
        SourceOwner owner{.id = staged.record.key.id};
        owner.email = row["email"].string_or("");
        owner.name = std::string(row["first_name"].string_or("")) + " " +
                     std::string(row["last_name"].string_or(""));
        owner.active = row["active"].as_boolean().value_or(true);
        owners.push_back(std::move(owner));
        return {};
      }));
  return owners;
}

/// The field that names a record's owner, per object that moves and has one.
std::map<std::string, std::string> owner_fields(const model::MapDocument& map) {
  std::map<std::string, std::string> fields;
  for (const model::ObjectMap& object : map.objects) {
    if (!object.held.empty()) continue;
    for (const model::FieldRule& rule : object.fields)
      if (rule.convert == "owner") fields.emplace(object.object, rule.from);
    for (const model::AlsoRule& also : object.also)
      for (const model::FieldRule& rule : also.fields)
        if (rule.convert == "owner") fields.emplace(object.object, rule.from);
  }
  return fields;
}

Result<std::map<std::string, std::uint64_t>> named(Environment& environment,
                                                   const model::MapDocument& map) {
  std::map<std::string, std::uint64_t> counts;
  json::Document document;
  for (const auto& [object, field] : owner_fields(map))
    FLIT_TRY_VOID(each(environment, object,
                       [&, name = &field](const store::StagedRecord& staged) -> Result<void> {
                         if (staged.record.archived || staged.record.merged_into) return {};
                         FLIT_TRY(row, document.read(staged.record.payload));
                         ++counts[id_text(row[*name])];
                         return {};
                       }));
  return counts;
}

}  // namespace

Result<OwnerResolution> resolve_owners_of(const OwnerStageParts& parts, const std::string& fallback,
                                          std::stop_token stop) {
  FLIT_TRY(source, listed(parts.environment));
  FLIT_TRY(counts, named(parts.environment, parts.map));
  auto users = parts.pacer.call<std::vector<model::Owner>>(
      Repeat::reads, stop, [&] { return parts.directory.owners(stop); });
  if (!users) return Error(users.error()).during("reading the destination's users");
  FLIT_TRY(resolution, resolve_owners(source, *users, counts, fallback));
  FLIT_TRY_VOID(parts.environment.ledger.commit([&](store::sql::Connection& transaction) {
    return store::put_owners(transaction, resolution.rows);
  }));
  return resolution;
}

}  // namespace flit::engine
