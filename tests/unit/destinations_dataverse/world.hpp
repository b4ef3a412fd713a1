#pragma once
/// @file A few tables of a sales environment, as metadata would describe them, and a scripted
/// network.

#include <string>
#include <vector>

#include "destinations/dataverse/table.hpp"
#include "destinations/dataverse/web_api.hpp"
#include "tests/support/scripted_transport.hpp"

namespace flit::destinations::dataverse {

inline const std::string row_id = "11111111-1111-4111-8111-111111111111";
inline const std::string other_id = "22222222-2222-4222-8222-222222222222";

/// "(1111…)", as it stands behind a set's name.
inline std::string at(const std::string& id) {
  return "(" + id + ")";
}

inline SetNames some_sets() {
  return {{"account", {"accounts", "accountid"}},
          {"contact", {"contacts", "contactid"}},
          {"opportunity", {"opportunities", "opportunityid"}},
          {"phonecall", {"phonecalls", "activityid"}},
          {"systemuser", {"systemusers", "systemuserid"}},
          {"team", {"teams", "teamid"}},
          {"campaign", {"campaigns", "campaignid"}}};
}

inline model::Field field(std::string name, model::FieldType type, std::string native = "x") {
  model::Field made{.name = std::move(name), .type = type};
  made.native_type = std::move(native);
  return made;
}

/// A table with one column of every form.
inline Table opportunity() {
  using model::FieldType;
  model::Object object{
      .name = "opportunity", .set_name = "opportunities", .primary_id = "opportunityid"};
  object.fields = {field("name", FieldType::text),
                   field("description", FieldType::long_text),
                   field("estimatedvalue", FieldType::money),
                   field("closeprobability", FieldType::integer),
                   field("estimatedclosedate", FieldType::date),
                   field("overriddencreatedon", FieldType::instant),
                   field("statuscode", FieldType::choice),
                   field("statecode", FieldType::choice),
                   field("flit_tags", FieldType::choices),
                   field("isrevenuesystemcalculated", FieldType::boolean),
                   field("customerid", FieldType::reference),
                   field("ownerid", FieldType::reference),
                   field("photo", FieldType::file)};
  object.fields[2].scale = 2;
  object.fields[5].updatable = false;
  object.fields[7].creatable = false;
  object.fields[11].targets = {"systemuser", "team"};
  const std::vector<model::Relationship> links{
      {"opportunity_customer_accounts", "opportunity", "customerid", "account",
       "customerid_account"},
      {"opportunity_customer_contacts", "opportunity", "customerid", "contact",
       "customerid_contact"},
      {"owner_opportunities", "opportunity", "ownerid", "owner", "ownerid"}};
  return compile_table(object, links, some_sets(), {.create = true, .update = true});
}

inline Table phonecall() {
  using model::FieldType;
  model::Object object{
      .name = "phonecall", .set_name = "phonecalls", .primary_id = "activityid", .activity = true};
  object.fields = {field("subject", FieldType::text),
                   field("regardingobjectid", FieldType::reference),
                   field("phonecall_activity_parties", FieldType::unknown, "PartyList")};
  object.fields[2].targets = {"contact", "systemuser"};
  const std::vector<model::Relationship> links{{"phonecall_opportunity", "phonecall",
                                                "regardingobjectid", "opportunity",
                                                "regardingobjectid_opportunity_phonecall"}};
  return compile_table(object, links, some_sets(), {});
}

inline http::Url environment_url() {
  return http::Url::parse("https://contoso.crm4.dynamics.com").value();
}

inline http::Response answer(int status, std::string body = {}, http::Headers headers = {}) {
  http::Response response{.status = status, .headers = std::move(headers)};
  response.body = std::move(body);
  if (!response.headers.contains("Content-Type"))
    response.headers.add("Content-Type", "application/json; odata.metadata=minimal");
  return response;
}

/// The answer to a $batch: one bare part for each text (facts/dataverse.md §7).
inline http::Response batch_answer(const std::vector<std::string>& parts) {
  std::string body;
  for (const std::string& part : parts)
    body +=
        "--batchresponse_1\r\nContent-Type: application/http\r\n"
        "Content-Transfer-Encoding: binary\r\n\r\n" +
        part + "\r\n";
  return answer(200, body + "--batchresponse_1--\r\n",
                {{"Content-Type", "multipart/mixed; boundary=batchresponse_1"}});
}

inline std::string part(int status, const std::string& headers, const std::string& body) {
  return "HTTP/1.1 " + std::to_string(status) + " X\r\n" + headers + "OData-Version: 4.0\r\n\r\n" +
         body;
}

inline std::string json_part(int status, const std::string& body) {
  return part(status, "Content-Type: application/json; odata.metadata=minimal\r\n", body);
}

inline std::string refusal(const std::string& code, const std::string& message) {
  return R"({"error":{"code":")" + code + R"(","message":")" + message + R"("}})";
}

/// An environment that answers as the script says.
struct World {
  explicit World(test::ScriptedTransport::Script script) : transport(std::move(script)) {}

  test::ScriptedTransport transport;
  RealClock clock{};
  WebApi api{transport, clock, environment_url(), PlatformSettings{}};
};

}  // namespace flit::destinations::dataverse
