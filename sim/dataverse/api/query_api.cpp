// Reads of sets of rows: collections, counts, FetchXML, $apply, changes (fact sheet §13).

#include "sim/dataverse/api/reading.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/errors/from_error.hpp"
#include "sim/dataverse/odata/fetch_xml.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"
#include "sim/dataverse/query/bin_view.hpp"
#include "sim/dataverse/query/change_reader.hpp"
#include "sim/dataverse/query/set_readers.hpp"

namespace flit::sim::dataverse {
namespace {

/// The deletions of this table that the organization still keeps.
class Changes {
 public:
  Changes(const Organization& org, const Table& table) {
    for (const Deletion& deletion : org.changes.deletions())
      if (deletion.table == table.index) deletions_.push_back({deletion.id, deletion.version});
    window_ = {
        .deletions = deletions_,
        .version = org.store->version(),
        .days = org.number_of("organization", org.known.organization, "expirechangetrackingindays")
                    .value_or(7)};
  }
  const ChangeWindow& window() const { return window_; }

 private:
  std::vector<DeletedRow> deletions_;
  ChangeWindow window_;
};

/// The FetchXML of a view, which must be one of the URL's table (§13).
Result<std::string> saved_fetch(const Organization& org, std::string_view kind,
                                const std::string& text, const Table& table) {
  const Table& views = org.table(kind);
  const auto id = Uuid::parse(text);
  const Row* row = id ? org.store->row(views, *id) : nullptr;
  if (row == nullptr)
    return odata::platform_fault(
        "0x80040217", "Entity '" + std::string(kind) + "' With Id = " + text + " Does Not Exist");
  if (row->cell(views.column("returnedtypecode")->index).text != table.logical_name)
    return odata::platform_fault("0x80041128",
                                 "The entity name specified in fetchxml does not match the entity "
                                 "name specified in the Entity or Query Expression.");
  return std::string(row->cell(views.column("fetchxml")->index).text);
}

/// datasource="bin" reads what was deleted (§14).
Result<std::string> read_fetch_xml(Reading& reading, const Table& table,
                                   const CollectionRequest& request, const StoreTable& view,
                                   const std::string& xml) {
  const auto query = odata::parse_fetch_xml(xml);
  if (!query || !query->from_bin) return read_fetch(request, view, xml);
  const BinView bin(reading.views, table, reading.session.org.bin);
  return read_fetch(request, bin, xml);
}

Result<std::string> read_set(Reading& reading, const Table& table, const CollectionRequest& request,
                             const StoreTable& view) {
  const Session& session = reading.session;
  const odata::QueryOptions& options = session.target.options;
  if (const std::string* xml = options.other("fetchXml"))
    return read_fetch_xml(reading, table, request, view, *xml);
  for (const auto& [option, set] :
       {std::pair{"savedQuery", "savedquery"}, {"userQuery", "userquery"}})
    if (const std::string* id = options.other(option)) {
      FLIT_TRY(xml, saved_fetch(session.org, set, *id, table));
      return read_fetch(request, view, xml);
    }
  if (const std::string* sql = options.other("sql")) return read_sql(request, view, *sql);
  if (tracks_changes(request))
    return read_changes(request, view, Changes(session.org, table).window());
  if (options.apply)
    return read_apply(request, view,
                      [&view](const std::optional<Uuid>& after, const odata::RowVisitor& visit) {
                        view.scan(after, visit);
                      });
  return read_collection(request, view);
}

Answer<ApiReply> read_number(const Session& session, const Table& table,
                             const CollectionRequest& request, const StoreTable& view) {
  const auto count = tracks_changes(request)
                         ? count_changes(request, view, Changes(session.org, table).window())
                         : read_count(request, view);
  if (!count) return refuse(refusal_of(count.error()));
  ApiReply reply{.status = 200, .body = std::to_string(*count)};
  reply.content_type = "text/plain";
  return reply;
}

}  // namespace

Answer<ApiReply> handle_query(Session& session, const Table& table) {
  if (session.call.method != "GET" && session.call.method != "HEAD")
    return refuse(wrong_method(session));
  FLIT_TRY_VOID(check_readable(session, table, session.target.options));
  Reading reading(session);
  const StoreTable& view = reading.views.of(table);
  const CollectionRequest request = reading.request(session.target.options);
  if (session.segments() == 2) return read_number(session, table, request, view);
  auto body = read_set(reading, table, request, view);
  if (!body) return refuse(refusal_of(body.error()));
  ApiReply reply = ApiReply::json(200, std::move(*body));
  const std::string applied = odata::preference_applied(session.call.preferences);
  if (!applied.empty()) reply.add("Preference-Applied", applied);
  return reply;
}

}  // namespace flit::sim::dataverse
