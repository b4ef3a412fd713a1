// An environment may answer anything: what is made of it are rows, outcomes, owners, a schema, or
// an error that can be shown. The first byte chooses what is asked, then comes one answer a line;
// a $batch is answered by the rest of them, one part a line.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "destinations/dataverse/connector.hpp"
#include "fuzz/promise.hpp"
#include "fuzz/scripted_answers.hpp"

namespace {

using namespace flit;  // NOLINT(google-build-using-namespace)
using destinations::dataverse::Connector;
using flit::fuzz::promise;

constexpr std::string_view table_list =
    R"({"value":[{"LogicalName":"account","EntitySetName":"accounts","PrimaryIdAttribute":"accountid"},)"
    R"({"LogicalName":"task","EntitySetName":"tasks","PrimaryIdAttribute":"activityid"}]})";
constexpr std::string_view account =
    R"({"LogicalName":"account","EntitySetName":"accounts","PrimaryIdAttribute":"accountid","Attributes":[)"
    R"({"LogicalName":"name","AttributeType":"String"},{"LogicalName":"revenue","AttributeType":"Money"},)"
    R"({"LogicalName":"createdon","AttributeType":"DateTime"},)"
    R"({"LogicalName":"parentaccountid","AttributeType":"Lookup"},)"
    R"({"LogicalName":"accountid","AttributeType":"Uniqueidentifier"}]})";
constexpr std::string_view children =
    R"({"value":[{"SchemaName":"Account_Tasks","ReferencingEntity":"task","ReferencingAttribute":"regardingobjectid",)"
    R"("ReferencedEntity":"account","CascadeConfiguration":{"Delete":"Cascade"}},)"
    R"({"SchemaName":"parent","ReferencingEntity":"account","ReferencingAttribute":"parentaccountid",)"
    R"("ReferencedEntity":"account","CascadeConfiguration":{"Delete":"RemoveLink"}}]})";

const std::string row_id = "11111111-1111-4111-8111-111111111111";

http::Response answer(std::string_view type, std::string_view body) {
  http::Response response{.status = 200};
  response.headers.add("Content-Type", type);
  response.body.reserve(body.size() + http::body_padding);
  response.body = body;
  return response;
}

void append_part(std::string& body, int status, std::string_view json) {
  body += "--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 " + std::to_string(status) +
          " X\r\nContent-Type: application/json\r\n\r\n";
  body.append(json).append("\r\n");
}

http::Response batch_answer(const std::string& parts) {
  return answer("multipart/mixed; boundary=b", parts + "--b--\r\n");
}

/// What metadata says of one table, so that an input can begin with its rows.
http::Response known_account() {
  std::string body;
  for (int part = 0; part < 21; ++part)
    append_part(body, 200, part == 0 ? account : part == 16 ? children : R"({"value":[]})");
  return batch_answer(body);
}

class Environment final : public http::Transport {
 public:
  Environment(std::string_view lines, bool knows_account)
      : answers_(lines), known_left_(knows_account ? 2 : 0) {}

  Result<http::Response> send(const http::Request& request, std::stop_token stop) override {
    if (known_left_ == 2) return --known_left_, answer("application/json", table_list);
    if (known_left_ == 1) return --known_left_, known_account();
    if (request.url.path().ends_with("$batch")) return batch(request, stop);
    return answers_.send(request, stop);
  }

 private:
  Result<http::Response> batch(const http::Request& request, const std::stop_token& stop) {
    std::string body;
    for (int part = 0; part < 25; ++part) {
      FLIT_TRY(one, answers_.send(request, stop));
      if (part == 0 && one.status >= 500) return one;
      append_part(body, one.status, one.body);
    }
    return batch_answer(body);
  }

  fuzz::ScriptedAnswers answers_;
  int known_left_;
};

template <typename T>
bool came(const Result<T>& answer) {
  promise(answer.has_value() || !answer.error().text().empty(), "an error can be shown");
  return answer.has_value();
}

const std::array<std::string, 5> columns{"name", "revenue", "createdon", "parentaccountid",
                                         "accountid"};

Result<void> take_row(const model::ReadRow& row) {
  promise(row.cells.size() == columns.size(), "a row has a cell for each column");
  for (const model::Value& cell : row.cells) (void)cell.display();
  return {};
}

void scan(model::Destination destination) {
  std::optional<model::Cursor> at;
  for (int pages = 0; pages < 5; ++pages) {
    auto next = destination.reader.scan({"account", columns}, at, take_row, {});
    if (!came(next) || !*next) return;
    at = std::move(*next);
  }
}

void submit(model::Destination destination, model::Verb verb, model::Road road) {
  const std::array<std::string, 1> tables{"account"};
  if (!came(destination.schema.describe(tables, {}))) return;
  model::RecordBatch batch("account", verb, {"name"});
  for (int row = 0; row < 3; ++row)
    batch.append({.operation = 7, .id = row_id})[0] = model::Value::text_view("Lund");
  const auto sent = destination.writer.submit(batch, road, {});
  if (!came(sent)) return;
  promise(sent->ticket || sent->outcomes.size() == batch.size(), "every row has an outcome");
  for (const model::RowOutcome& outcome : sent->outcomes)
    promise(outcome.kind != model::RowOutcome::Kind::failed || outcome.error.has_value(),
            "a failure has a reason");
}

void ask(model::Destination destination, std::uint8_t what) {
  const std::array<std::string, 1> ids{row_id};
  switch (what % 8) {
    case 0:
      return static_cast<void>(came(destination.schema.facts({})));
    case 1:
      return static_cast<void>(came(destination.schema.describe({}, {})));
    case 2:
      return static_cast<void>(came(destination.owners.owners({})));
    case 3:
      return scan(destination);
    case 4:
      return static_cast<void>(
          came(destination.reader.read("account", columns, ids, take_row, {})));
    case 5:
      return submit(destination, model::Verb::create, model::Road::bulk);
    case 6:
      return submit(destination, model::Verb::update, model::Road::individual);
    default:
      return static_cast<void>(came(destination.dependents.dependents(
          {.table = "account", .ids = ids}, [](const model::Dependent&) { return Result<void>(); },
          {})));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const ManualClock clock;
  const std::uint8_t what = data[0];
  Environment environment({reinterpret_cast<const char*>(data) + 1, size - 1}, what % 8 > 2);
  Connector connector(environment, clock, *http::Url::parse("https://contoso.crm4.dynamics.com"),
                      {});
  ask(connector.destination(), what);
  return 0;
}
