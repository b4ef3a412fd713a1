// What hangs below one row: a property, its $value, related rows, $ref (fact sheet §3).

#include <algorithm>

#include "base/encoding.hpp"
#include "sim/dataverse/api/file_calls.hpp"
#include "sim/dataverse/api/reading.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/errors/from_error.hpp"
#include "sim/dataverse/payload/payload_reader.hpp"
#include "sim/dataverse/rules/file_content.hpp"
#include "sim/dataverse/security/guard.hpp"
#include "sim/dataverse/security/privileges.hpp"
#include "sim/dataverse/values/read_value.hpp"
#include "sim/dataverse/values/write_value.hpp"

namespace flit::sim::dataverse {
namespace {

bool is_read(const Session& session) {
  return session.call.method == "GET" || session.call.method == "HEAD";
}

Answer<ApiReply> read_property(Session& session, const Table& table, const Row& row,
                               const Column& column, bool raw) {
  const ReadContext context{*session.org.catalogue, *session.org.store,
                            session.org.known.business_unit};
  std::string scratch;
  const Cell cell = read_cell(context, table, row, column, scratch);
  if (!cell.has_value()) return ApiReply::no_content();
  if (raw) {
    ApiReply reply{.status = 200, .body = plain_text(cell)};
    reply.content_type = "text/plain";
    return reply;
  }
  json::Writer out;
  out.begin_object().member("@odata.context", session.call.root + "$metadata#" + table.entity_set +
                                                  "(" + row.head.id.text() + ")/" +
                                                  column.property_name());
  out.key("value");
  write_value(out, cell);
  out.end_object();
  return ApiReply::json(200, out.take());
}

Answer<ApiReply> put_property(Session& session, const Table& table, const Uuid& id,
                              const Column& column) {
  FLIT_TRY(document, read_body(session.call, table.entity_set));
  json::Writer body;
  body.begin_object()
      .key(column.logical_name)
      .raw(document.root()["value"].exists() ? document.root()["value"].dump() : "null");
  body.end_object();
  const std::string text = body.take();
  const auto single = json::parse(text);
  RowDraft draft;
  FLIT_TRY_VOID(PayloadReader(session.org, table, Purpose::update).read(single->root(), draft));
  FLIT_TRY_VOID(update_row(*session.work, table, id, draft));
  return ApiReply::no_content();
}

Answer<ApiReply> clear_property(Session& session, const Table& table, const Uuid& id,
                                const Column& column) {
  if (holds_content(column)) {
    FLIT_TRY_VOID(clear_content(*session.work, table, id, column));
    return ApiReply::no_content();
  }
  RowDraft draft;
  if (column.role == Role::stored && column.valid_for_update) draft.set(column.index, Cell::null());
  FLIT_TRY_VOID(update_row(*session.work, table, id, draft));
  return ApiReply::no_content();
}

Answer<ApiReply> handle_property(Session& session, const Table& table, const Row& row,
                                 const Column& column) {
  const bool raw = session.segments() == 3 && session.segment(2).kind == odata::SegmentKind::value;
  if (session.segments() > (raw ? 3U : 2U))
    return refuse(errors::no_such_segment(session.segment(2).name));
  if (is_read(session) && holds_content(column))
    return download_from_column(session, row, column, raw);
  if (is_read(session)) return read_property(session, table, row, column, raw);
  if (session.work == nullptr || raw) return refuse(wrong_method(session));
  if (holds_content(column) && is_upload(session.call, session.target.options))
    return upload_to_column(session, table, row.head.id, column);
  if (session.call.method == "PUT") return put_property(session, table, row.head.id, column);
  if (session.call.method == "DELETE") return clear_property(session, table, row.head.id, column);
  return refuse(wrong_method(session));
}

/// The row that {"@odata.id": …} names, or the @id parameter of a DELETE.
Answer<Reference> referenced(Session& session) {
  FLIT_TRY(document, read_body(session.call, "$ref"));
  const auto uri = document.root()["@odata.id"].as_string();
  if (!uri) return refuse(errors::payload("$ref", "The property '@odata.id' is required."));
  return read_reference(session.org, *uri);
}

Answer<void> check_exists(const Session& session, const Reference& reference) {
  if (session.org.store->row(*reference.table, reference.id) != nullptr) return {};
  return refuse(errors::object_does_not_exist(reference.table->logical_name, reference.id));
}

Answer<void> set_lookup(Session& session, const Table& table, const Uuid& id, const Column& column,
                        const Cell& cell) {
  RowDraft draft;
  if (column.role == Role::owner)
    draft.owner = cell;
  else
    draft.set(column.index, cell);
  return update_row(*session.work, table, id, draft);
}

Answer<ApiReply> lookup_ref(Session& session, const Table& table, const Row& row,
                            const LookupNavigation& navigation) {
  const Column& column = *navigation.column;
  if (is_read(session)) {
    const Cell cell = row.cell(column.index);
    if (!cell.has_value()) return ApiReply::no_content();
    json::Writer out;
    out.begin_object().member("@odata.context", session.call.root + "$metadata#$ref");
    out.member("@odata.id", session.row_url(session.org.catalogue->table_at(cell.table), cell.id));
    out.end_object();
    return ApiReply::json(200, out.take());
  }
  if (session.call.method == "DELETE") {
    FLIT_TRY_VOID(set_lookup(session, table, row.head.id, column, Cell::null()));
    return ApiReply::no_content();
  }
  if (session.call.method != "PUT" && session.call.method != "POST")
    return refuse(wrong_method(session));
  FLIT_TRY(reference, referenced(session));
  const auto& targets = navigation.property->targets;
  if (std::find(targets.begin(), targets.end(), reference.table->logical_name) == targets.end())
    return refuse(errors::payload(table.logical_name,
                                  "The referenced row does not fit the navigation property."));
  FLIT_TRY_VOID(set_lookup(session, table, row.head.id, column,
                           Cell::lookup(reference.table->index, reference.id)));
  return ApiReply::no_content();
}

Answer<void> link(Session& session, const Uuid& id, const CollectionNavigation& navigation,
                  const Table& table, const Reference& other) {
  FLIT_TRY_VOID(check_exists(session, other));
  if (const OneToMany* one = navigation.one_to_many) {
    if (other.table->logical_name != one->child)
      return refuse(errors::invalid_argument("The row does not fit the relationship."));
    return set_lookup(session, *other.table, other.id, *other.table->column(one->child_column),
                      Cell::lookup(table.index, id));
  }
  const ManyToMany& many = *navigation.many_to_many;
  const auto& far = navigation.from_first ? many.second : many.first;
  if (far.table != other.table->logical_name)
    return refuse(errors::invalid_argument("The row does not fit the relationship."));
  const bool added = navigation.from_first ? session.work->tx.link(many.schema_name, id, other.id)
                                           : session.work->tx.link(many.schema_name, other.id, id);
  if (added) {
    session.work->rows_written += 1;
    return {};
  }
  // §3: the code for an existing association is certain, the status is inferred.
  return refuse(errors::other(412, 0x80040237, "Cannot insert duplicate key."));
}

Answer<void> unlink(Session& session, const Uuid& id, const CollectionNavigation& navigation,
                    const Uuid& other) {
  if (const OneToMany* one = navigation.one_to_many) {
    const Table& child = session.org.table(one->child);
    return set_lookup(session, child, other, *child.column(one->child_column), Cell::null());
  }
  const ManyToMany& many = *navigation.many_to_many;
  const bool removed = navigation.from_first ? session.work->tx.unlink(many.schema_name, id, other)
                                             : session.work->tx.unlink(many.schema_name, other, id);
  if (removed) return {};
  return refuse(errors::object_does_not_exist(many.intersect_table, other));
}

/// Roles are given and taken by those who may: else anybody could become an administrator. Their
/// privileges have a depth, which a plain tie cannot say: AddPrivilegesRole does.
Answer<void> check_role_tie(const Session& session, const CollectionNavigation& navigation) {
  if (navigation.many_to_many == nullptr) return {};
  const std::string& name = navigation.many_to_many->schema_name;
  if (name == role_privileges)
    return refuse(errors::message_not_supported("Associate", "roleprivileges"));
  if (name != "systemuserroles_association" && name != "teamroles_association") return {};
  return require_privilege(session.org, session.call.caller, "prvAssignRole");
}

Answer<ApiReply> collection_ref(Session& session, const Table& table, const Row& row,
                                const CollectionNavigation& navigation) {
  FLIT_TRY_VOID(check_role_tie(session, navigation));
  if (session.call.method == "POST") {
    FLIT_TRY(reference, referenced(session));
    const Row* other = session.org.store->row(*reference.table, reference.id);
    if (other != nullptr && navigation.many_to_many != nullptr)
      FLIT_TRY_VOID(require_append(session.org, session.call.caller, {table, row},
                                   {*reference.table, *other}));
    FLIT_TRY_VOID(link(session, row.head.id, navigation, table, reference));
    return ApiReply::no_content();
  }
  if (session.call.method != "DELETE") return refuse(wrong_method(session));
  const odata::Segment& segment = session.segment(1);
  if (segment.has_arguments && !segment.arguments.empty() && !segment.arguments[0].values.empty()) {
    const auto id = Uuid::parse(segment.arguments[0].values[0].text);
    if (!id) return refuse(errors::bad_uri("Bad Request - Error in query syntax."));
    FLIT_TRY_VOID(unlink(session, row.head.id, navigation, *id));
    return ApiReply::no_content();
  }
  // DELETE …/nav/$ref?$id=… (OData 4.0 §11.4.6.2), which some clients send.
  for (const auto& field : form::parse(session.call.query).value_or(form::Fields{}))
    if (field.name == "$id" || field.name == "@id" || field.name == "@odata.id") {
      FLIT_TRY(reference, read_reference(session.org, field.value));
      FLIT_TRY_VOID(unlink(session, row.head.id, navigation, reference.id));
      return ApiReply::no_content();
    }
  return refuse(errors::bad_uri("The row to remove is not named."));
}

/// POST on a collection: a new row that is bound to this one.
Answer<ApiReply> create_related(Session& session, const Table& table, const Uuid& id,
                                const CollectionNavigation& navigation) {
  if (navigation.one_to_many == nullptr) return refuse(wrong_method(session));
  const OneToMany& one = *navigation.one_to_many;
  const Table* child = session.org.catalogue->table(one.child);
  if (child == nullptr) return refuse(errors::no_such_segment(one.child));
  FLIT_TRY(document, read_body(session.call, child->entity_set));
  RowDraft draft;
  FLIT_TRY_VOID(PayloadReader(session.org, *child, Purpose::create).read(document.root(), draft));
  draft.set(child->column(one.child_column)->index, Cell::lookup(table.index, id));
  FLIT_TRY(made, create_row(*session.work, *child, draft));
  ApiReply reply = ApiReply::no_content();
  reply.add("OData-EntityId", session.row_url(*child, made));
  return reply;
}

/// PUT /emails(id)/email_activity_parties {"value":[…]}: replaces the parties (§12).
Answer<ApiReply> replace_parties(Session& session, const Table& table, const Uuid& id,
                                 const CollectionNavigation& navigation) {
  if (navigation.one_to_many == nullptr || navigation.one_to_many->child != "activityparty")
    return refuse(wrong_method(session));
  FLIT_TRY(document, read_body(session.call, table.entity_set));
  const Table& parties = session.org.table("activityparty");
  const std::uint16_t activity = parties.column("activityid")->index;
  const std::uint16_t mask = parties.column("participationtypemask")->index;
  if (const RecordTable* rows = session.org.store->find(parties))
    for (const Uuid& party : rows->referring(activity, id)) {
      const auto kind = rows->find(party)->cell(mask).number;
      if (kind != 8 && kind != 9) session.work->tx.take(parties, party);
    }
  PayloadReader reader(session.org, parties, Purpose::create);
  for (const json::Value body : document.root()["value"].elements()) {
    RowDraft draft;
    FLIT_TRY_VOID(reader.read(body, draft));
    draft.set(activity, Cell::lookup(table.index, id));
    auto made = create_row(*session.work, parties, draft);
    if (!made) return refuse(std::move(made).error());
  }
  return ApiReply::no_content();
}

Answer<ApiReply> read_related(Session& session, const Table& table, const Row& row) {
  Reading reading(session);
  const StoreTable& view = reading.views.of(table);
  const auto navigation = view.navigation(session.segment(1).name);
  if (!navigation) return refuse(errors::no_such_segment(session.segment(1).name));
  FLIT_TRY_VOID(check_readable(session,
                               static_cast<const StoreTable&>(*navigation->target).definition(),
                               session.target.options));
  const bool counts = navigation->is_collection && session.segments() == 3 &&
                      session.segment(2).kind == odata::SegmentKind::count;
  if (session.segments() > (counts ? 3U : 2U))
    return refuse(errors::no_such_segment(session.segment(2).name));
  const StoreRow start(view, row);
  const CollectionRequest request = reading.request(session.target.options);
  const auto& target = static_cast<const StoreTable&>(*navigation->target);
  if (!navigation->is_collection) {
    std::optional<Result<std::string>> body;
    start.follow(navigation->handle, [&](const odata::RowView& found) {
      body = read_row(request, static_cast<const StoreRow&>(found));
      return false;
    });
    if (!body) return ApiReply::no_content();
    if (!*body) return refuse(refusal_of(body->error()));
    return ApiReply::json(200, std::move(**body));
  }
  const odata::RowWalk walk = [&](const std::optional<Uuid>& after,
                                  const odata::RowVisitor& visit) {
    start.follow(navigation->handle, [&](const odata::RowView& found) {
      return (after && found.id() <= *after) || visit(found);
    });
  };
  if (counts) {
    const auto count = read_count(request, target, walk);
    if (!count) return refuse(refusal_of(count.error()));
    ApiReply reply{.status = 200, .body = std::to_string(*count)};
    reply.content_type = "text/plain";
    return reply;
  }
  auto body = read_collection(request, target, walk);
  if (!body) return refuse(refusal_of(body.error()));
  return ApiReply::json(200, std::move(*body));
}

}  // namespace

Answer<ApiReply> handle_below_row(Session& session, const Table& table) {
  FLIT_TRY(address, addressed_row(session, table));
  FLIT_TRY(row, existing_row(session, address));
  FLIT_TRY_VOID(require(session.org, session.call.caller, AccessRight::read, table, *row));
  const std::string& name = session.segment(1).name;
  const bool is_ref = session.segments() == 3 && session.segment(2).kind == odata::SegmentKind::ref;
  const LookupNavigation lookup = table.lookup_navigation(name);
  const CollectionNavigation* collection = table.collection(name);
  const Column* column = table.property(name);
  if (is_ref && lookup.column != nullptr) return lookup_ref(session, table, *row, lookup);
  if (is_ref && collection != nullptr) return collection_ref(session, table, *row, *collection);
  if (column != nullptr) return handle_property(session, table, *row, *column);
  if (lookup.column == nullptr && collection == nullptr)
    return refuse(errors::no_such_segment(name));
  if (is_read(session)) return read_related(session, table, *row);
  if (collection != nullptr && session.call.method == "POST")
    return create_related(session, table, row->head.id, *collection);
  if (collection != nullptr && session.call.method == "PUT")
    return replace_parties(session, table, row->head.id, *collection);
  return refuse(wrong_method(session));
}

}  // namespace flit::sim::dataverse
