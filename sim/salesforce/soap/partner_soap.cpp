#include "sim/salesforce/soap/partner_soap.hpp"

#include <functional>
#include <mutex>

#include <fmt/format.h>

#include "sim/salesforce/identity/oauth.hpp"
#include "sim/salesforce/schema/cell_text.hpp"
#include "sim/salesforce/service/versions.hpp"

namespace flit::sim::salesforce {
namespace {

constexpr int last_login_version = 64;  // §0.6
constexpr std::size_t most_ids = 200;

Response envelope(int status, std::string_view inside) {
  Response response{.status = status};
  response.headers.set("Content-Type", "text/xml;charset=UTF-8");
  response.body = fmt::format(
      R"(<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" )"
      R"(xmlns:sf="urn:fault.partner.soap.sforce.com" xmlns="urn:partner.soap.sforce.com" )"
      R"(xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>{}</soapenv:Body></soapenv:Envelope>)",
      inside);
  response.endpoint = "/services/Soap/u";
  return response;
}

/// One <result> of a call that takes many ids.
void append_result(std::string& out, const std::string& id, const Answer<void>& done) {
  out += "<result>";
  if (!done) {
    out += "<errors><message>";
    xml::append_escaped(out, done.error().message);
    out += fmt::format("</message><statusCode>{}</statusCode></errors>", done.error().code);
  }
  xml::Writer element(xml::Writer::Fragment{});
  out += element.element("id", id).take();
  out += fmt::format("<success>{}</success></result>", done.has_value());
}

}  // namespace

Response PartnerSoap::fault(std::string_view code, std::string_view message) {
  std::string text;
  xml::append_escaped(text, message);
  return envelope(
      500, fmt::format(
               "<soapenv:Fault><faultcode>sf:{0}</faultcode><faultstring>{0}: {1}</faultstring>"
               "<detail><sf:fault><sf:exceptionCode>{0}</sf:exceptionCode>"
               "<sf:exceptionMessage>{1}</sf:exceptionMessage></sf:fault></detail></soapenv:Fault>",
               code, text));
}

Response PartnerSoap::handle(const Request& request, const std::string& root) {
  const auto read = xml::read(request.body);
  const xml::Node* body = read ? read->child("Body") : nullptr;
  if (body == nullptr || body->children.empty())
    return fault("INVALID_SOAP", "no operation in the envelope");
  const xml::Node& call = body->children.front();
  const std::string version = served_version("v" + std::string(request.target.segment(3)));
  if (version.empty())
    return fault("UNSUPPORTED_API_VERSION", "Invalid Api version specified on URL");
  if (call.name == "login") return login(call, version, root);

  const xml::Node* header = read->child("Header");
  const xml::Node* session = header == nullptr ? nullptr : header->child("SessionHeader");
  const std::string token(session == nullptr ? "" : session->value("sessionId"));
  const auto user = sessions_.user_of(token, org_.now_ms());
  if (!user) return fault("INVALID_SESSION_ID", "Invalid Session ID found in SessionHeader");
  if (call.name == "logout") {
    sessions_.revoke(token);
    return envelope(200, "<logoutResponse/>");
  }
  if (call.name == "getServerTimestamp") {
    std::string now;
    append_datetime(now, org_.now_ms(), "Z");
    return envelope(
        200, fmt::format("<getServerTimestampResponse><result><timestamp>{}</timestamp></result>"
                         "</getServerTimestampResponse>",
                         now));
  }
  if (call.name == "undelete" || call.name == "emptyRecycleBin") return many(call, *user);
  if (call.name == "convertLead") return convert(call, *user);
  if (call.name == "merge") return merge(call, *user);
  return fault("INVALID_OPERATION", "No operation available for request " + call.name);
}

Response PartnerSoap::login(const xml::Node& call, const std::string& version,
                            const std::string& root) {
  if (std::atoi(version.c_str()) > last_login_version)
    return fault("INVALID_OPERATION", "SOAP API login() is not available in this version");
  const std::shared_lock lock(org_.mutex);
  const auto user = active_user(org_, call.value("username"));
  if (!user || !call.value("password").starts_with(org_.settings.password))
    return fault("INVALID_LOGIN",
                 "Invalid username, password, security token; or user locked out.");
  const std::string organization = org_.known.organization.text();
  return envelope(200, fmt::format("<loginResponse><result><metadataServerUrl>{0}/services/Soap/m/"
                                   "{1}/{2}</metadataServerUrl>"
                                   "<passwordExpired>false</passwordExpired><sandbox>{3}</sandbox>"
                                   "<serverUrl>{0}/services/Soap/u/{1}/{2}</"
                                   "serverUrl><sessionId>{4}</sessionId><userId>{5}</userId>"
                                   "<userInfo><organizationId>{2}</organizationId><userId>{5}</"
                                   "userId></userInfo></result></loginResponse>",
                                   root, version, organization, org_.settings.features.sandbox,
                                   sessions_.open(*user, org_.now_ms()), user->text()));
}

/// undelete and emptyRecycleBin: each id for itself.
Response PartnerSoap::many(const xml::Node& call, RecordId user) {
  const auto ids = call.all("ids");
  if (ids.size() > most_ids) return fault("EXCEEDED_ID_LIMIT", "no more than 200 ids in this call");
  const std::unique_lock lock(org_.mutex);
  Transaction transaction(*org_.store);
  Work work{org_, transaction, {.user = user}};
  const auto act = call.name == "undelete" ? undelete_record : empty_from_bin;
  std::string results;
  for (const xml::Node* node : ids) {
    const auto id = RecordId::parse(node->text);
    append_result(
        results, node->text,
        id ? act(work, *id) : Answer<void>(refuse("MALFORMED_ID", "malformed id " + node->text)));
  }
  transaction.commit();
  return envelope(200, fmt::format("<{0}Response>{1}</{0}Response>", call.name, results));
}

Response PartnerSoap::merge(const xml::Node& call, RecordId user) {
  const std::unique_lock lock(org_.mutex);
  Transaction transaction(*org_.store);
  Work work{org_, transaction, {.user = user}};
  std::string results;
  for (const char* name : {"request", "mergeRequests"})  // jsforce calls it the latter
    for (const xml::Node* request : call.all(name)) results += merge_result(work, *request);
  transaction.commit();
  return envelope(200, "<mergeResponse>" + results + "</mergeResponse>");
}

Response PartnerSoap::convert(const xml::Node& call, RecordId user) {
  const std::unique_lock lock(org_.mutex);
  Transaction transaction(*org_.store);
  Work work{org_, transaction, {.user = user}};
  std::string results;
  for (const xml::Node* node : call.all("leadConverts")) {
    const auto id = [&](std::string_view name) {
      return RecordId::parse(node->value(name)).value_or(RecordId());
    };
    LeadConversion conversion{.lead = id("leadId"),
                              .account = id("accountId"),
                              .contact = id("contactId"),
                              .status = std::string(node->value("convertedStatus")),
                              .opportunity_name = std::string(node->value("opportunityName")),
                              .with_opportunity = !node->is_true("doNotCreateOpportunity")};
    const std::size_t mark = transaction.mark();
    const Answer<void> done = convert_lead(work, conversion);
    if (!done) transaction.roll_back_to(mark);
    results += "<result>";
    if (done) {
      results += fmt::format("<accountId>{}</accountId><contactId>{}</contactId>",
                             conversion.account.text(), conversion.contact.text());
    } else {
      results += "<errors><message>";
      xml::append_escaped(results, done.error().message);
      results += fmt::format("</message><statusCode>{}</statusCode></errors>", done.error().code);
    }
    results += fmt::format("<leadId>{}</leadId>", conversion.lead.text());
    if (done && conversion.opportunity)
      results += fmt::format("<opportunityId>{}</opportunityId>", conversion.opportunity.text());
    results += fmt::format("<success>{}</success></result>", done.has_value());
  }
  transaction.commit();
  return envelope(200, "<convertLeadResponse>" + results + "</convertLeadResponse>");
}

}  // namespace flit::sim::salesforce
