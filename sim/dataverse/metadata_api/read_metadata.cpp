// Reading definitions: paths, keys, casts (fact sheet §11).

#include "sim/dataverse/metadata_api/read_metadata.hpp"

#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/metadata_api/describe.hpp"

namespace flit::sim::dataverse {
namespace {

Refusal not_found(std::string_view what) {
  return errors::other(404, 0x80060888, "Could not find " + std::string(what) + ".");
}

/// The text of the key: LogicalName='x', SchemaName='x', Name='x', MetadataId=guid or a bare guid.
struct Key {
  std::string name{};
  std::optional<Uuid> id{};
};

Key key_of(const odata::Segment& segment) {
  Key key;
  for (const odata::Argument& argument : segment.arguments) {
    if (argument.values.empty()) continue;
    const std::string& text = argument.values[0].text;
    if (const auto id = Uuid::parse(text);
        id && argument.values[0].kind != odata::LiteralKind::text)
      key.id = *id;
    else
      key.name = text;
  }
  return key;
}

Answer<ApiReply> reply(const Session& session, const MetaList& list, std::string_view context,
                       bool with_types) {
  json::Writer out;
  out.begin_object().member("@odata.context",
                            session.call.root + "$metadata#" + std::string(context));
  out.key("value").begin_array();
  for (const MetaItem& item : list.items) {
    FLIT_TRY(text, show(item, session.target.options, with_types));
    out.raw(text);
  }
  out.end_array().end_object();
  return ApiReply::json(200, out.take());
}

Answer<ApiReply> reply_one(const Session& session, const MetaItem& item, std::string_view context,
                           bool with_type) {
  FLIT_TRY(text, show(item, session.target.options, with_type));
  std::string body = "{\"@odata.context\":";
  json::append_quoted(body, session.call.root + "$metadata#" + std::string(context) + "/$entity");
  body += text == "{}" ? "}" : "," + text.substr(1);
  return ApiReply::json(200, std::move(body));
}

/// Columns of one derived type; `cast` names it with its namespace.
Answer<MetaList> cast_columns(const Table& table, std::string_view cast) {
  if (!column_type_of_class(cast)) return refuse(errors::no_such_segment(cast));
  std::string_view short_name = cast;
  if (const std::size_t dot = cast.rfind('.'); dot != std::string_view::npos)
    short_name = cast.substr(dot + 1);
  MetaList list;
  for (const Column& column : table.columns())
    if (!column.is_deleted && names_of(column.type).metadata_class == short_name)
      list.items.push_back(describe(table, column, true));
  return list;
}

/// All of them, or those of the type behind Attributes/.
Answer<MetaList> columns_asked_for(const Session& session, const Table& table) {
  if (session.segments() > 2) return cast_columns(table, session.segment(2).name);
  return describe_columns(table, true);
}

Answer<ApiReply> read_columns(Session& session, const Table& table) {
  const std::string context = "EntityDefinitions('" + table.logical_name + "')/Attributes";
  const odata::Segment& attributes = session.segment(1);
  if (attributes.has_arguments) {
    const Column* column = find_column(table, attributes);
    if (column == nullptr || is_hidden(session, *column)) return refuse(not_found("the attribute"));
    MetaItem item = describe(table, *column, true);
    std::size_t next = 2;
    if (session.segments() > next && session.segment(next).is_qualified()) {
      const std::string& cast = session.segment(next).name;
      if (!cast.ends_with("." + item.type)) return refuse(not_found("the attribute"));
      ++next;
    }
    if (session.segments() > next) {
      auto children = item.children(session.segment(next).name);
      if (!children) return refuse(errors::no_such_segment(session.segment(next).name));
      if (children->items.empty()) return ApiReply::no_content();
      return reply_one(session, children->items.front(), context + "/OptionSet", false);
    }
    return reply_one(session, item, context, true);
  }
  FLIT_TRY(list, columns_asked_for(session, table));
  FLIT_TRY(kept, filtered(std::move(list), session.target.options));
  return reply(session, kept, context, true);
}

Answer<ApiReply> read_children(Session& session, const Table& table) {
  const odata::Segment& segment = session.segment(1);
  if (segment.name == "Attributes") return read_columns(session, table);
  const MetaItem parent = describe(session.org, table);
  auto children = parent.children(segment.name);
  if (!children) {
    const auto document = json::parse(parent.json);
    if (!document || !document->root()[segment.name].exists())
      return refuse(errors::no_such_segment(segment.name));
    json::Writer out;
    out.begin_object().member("@odata.context", session.call.root + "$metadata#EntityDefinitions");
    out.key("value").raw(document->root()[segment.name].dump()).end_object();
    return ApiReply::json(200, out.take());
  }
  const std::string context = "EntityDefinitions('" + table.logical_name + "')/" + segment.name;
  if (!segment.has_arguments) {
    FLIT_TRY(kept, filtered(std::move(*children), session.target.options));
    return reply(session, kept, context, false);
  }
  const Key key = key_of(segment);
  for (const MetaItem& child : children->items) {
    const auto document = json::parse(child.json);
    const json::Value root = document->root();
    if (root["LogicalName"].string_or("-") == key.name ||
        root["SchemaName"].string_or("-") == key.name ||
        (key.id && root["MetadataId"].string_or("") == key.id->text()))
      return reply_one(session, child, context, false);
  }
  return refuse(not_found("the definition"));
}

Answer<ApiReply> read_tables(Session& session) {
  if (session.segment(0).has_arguments) {
    const Table* table = find_table(session, session.segment(0));
    if (table == nullptr) return refuse(not_found("an entity with that name"));
    return reply_one(session, describe(session.org, *table), "EntityDefinitions", false);
  }
  MetaList list;
  for (const Table& table : session.org.catalogue->tables())
    if (!table.is_deleted) list.items.push_back(describe(session.org, table));
  FLIT_TRY(kept, filtered(std::move(list), session.target.options));
  return reply(session, kept, "EntityDefinitions", false);
}

Answer<ApiReply> read_relationships(Session& session) {
  MetaList list;
  for (const OneToMany& one : session.org.catalogue->one_to_many())
    if (!one.schema_name.empty()) list.items.push_back(describe(one));
  for (const ManyToMany& many : session.org.catalogue->many_to_many())
    if (!many.schema_name.empty()) list.items.push_back(describe(many));
  const odata::Segment& segment = session.segment(0);
  if (segment.has_arguments) {
    const Key key = key_of(segment);
    for (const MetaItem& item : list.items) {
      const auto document = json::parse(item.json);
      if (document->root()["SchemaName"].string_or("") == key.name ||
          (key.id && document->root()["MetadataId"].string_or("") == key.id->text()))
        return reply_one(session, item, "RelationshipDefinitions", true);
    }
    return refuse(not_found("the relationship"));
  }
  if (session.segments() == 2) {
    std::string_view cast = session.segment(1).name;
    cast = cast.substr(std::min(cast.rfind('.') + 1, cast.size()));
    std::erase_if(list.items, [&](const MetaItem& item) { return item.type != cast; });
  }
  FLIT_TRY(kept, filtered(std::move(list), session.target.options));
  return reply(session, kept, "RelationshipDefinitions", true);
}

Answer<ApiReply> read_choices(Session& session) {
  MetaList list;
  const odata::Segment& segment = session.segment(0);
  const Key key = key_of(segment);
  for (const auto& [name, choice] : session.org.catalogue->global_choices()) {
    MetaItem item = describe(*choice, "OptionSetMetadata");
    if (segment.has_arguments && (name == key.name || (key.id && choice->metadata_id == *key.id)))
      return reply_one(session, item, "GlobalOptionSetDefinitions", true);
    list.items.push_back(std::move(item));
  }
  if (segment.has_arguments) return refuse(not_found("the option set"));
  FLIT_TRY(kept, filtered(std::move(list), session.target.options));
  return reply(session, kept, "GlobalOptionSetDefinitions", true);
}

}  // namespace

const Table* find_table(const Session& session, const odata::Segment& segment) {
  const Key key = key_of(segment);
  if (key.id) return session.org.catalogue->by_metadata_id(*key.id);
  return session.org.catalogue->table(key.name);
}

const Column* find_column(const Table& table, const odata::Segment& segment) {
  const Key key = key_of(segment);
  if (!key.id) return table.column(key.name);
  for (const Column& column : table.columns())
    if (column.metadata_id == *key.id && !column.is_deleted) return &column;
  return nullptr;
}

std::string relationship_name(const Session& session, const odata::Segment& segment) {
  const Key key = key_of(segment);
  if (!key.id) return key.name;
  for (const OneToMany& one : session.org.catalogue->one_to_many())
    if (one.metadata_id == *key.id) return one.schema_name;
  for (const ManyToMany& many : session.org.catalogue->many_to_many())
    if (many.metadata_id == *key.id) return many.schema_name;
  return {};
}

std::shared_ptr<OptionSet> find_choice(const Session& session, const odata::Segment& segment) {
  const Key key = key_of(segment);
  return key.id ? session.org.catalogue->global_choice(*key.id)
                : session.org.catalogue->global_choice(key.name);
}

/// §11: a new column is unknown for a while, unless the reader asks for strong consistency.
bool is_hidden(const Session& session, const Column& column) {
  return column.visible_at > session.org.now() &&
         session.call.header_or("Consistency", "") != "Strong";
}

/// §11: metadata knows no paging, no order, no counting.
Answer<void> check_options(const odata::QueryOptions& options) {
  const auto refuse_option = [](std::string_view name) {
    return refuse(
        errors::bad_uri("The query parameter " + std::string(name) + " is not supported"));
  };
  if (options.top) return refuse_option("$top");
  if (!options.order_by.empty()) return refuse_option("$orderby");
  if (options.count) return refuse_option("$count");
  if (options.apply) return refuse_option("$apply");
  return {};
}

Answer<ApiReply> read_metadata(Session& session) {
  FLIT_TRY_VOID(check_options(session.target.options));
  const std::string& name = session.segment(0).name;
  if (name == "EntityDefinitions") {
    if (session.segment(0).has_arguments && session.segments() >= 2) {
      const Table* table = find_table(session, session.segment(0));
      if (table == nullptr) return refuse(not_found("an entity with that name"));
      return read_children(session, *table);
    }
    return read_tables(session);
  }
  if (name == "RelationshipDefinitions") return read_relationships(session);
  return read_choices(session);
}

}  // namespace flit::sim::dataverse
