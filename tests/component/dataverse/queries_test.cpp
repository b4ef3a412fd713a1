// Queries as clients send them (fact sheet §13): SQL, parameter aliases, quoted ids.

#include "base/encoding.hpp"
#include "tests/component/dataverse/simulated.hpp"

namespace flit::sim::dataverse {
namespace {

std::string account(Simulated& sim, const std::string& name, const std::string& revenue) {
  return sim.create("accounts", R"j({"name":")j" + name + R"j(","revenue":)j" + revenue + "}");
}

/// PY data/_odata.py: the statement quoted with %20, on the set of its first table.
Answered sql(Simulated& sim, const std::string& set, const std::string& statement,
             Headers headers = {}) {
  return sim.send("GET", set + "?sql=" + percent::encode(statement), "", std::move(headers));
}

/// The rows' values of one property, joined with blanks.
std::string values(json::Value rows, std::string_view name) {
  std::string out;
  for (const json::Value row : rows.elements()) {
    if (!out.empty()) out += ' ';
    out += row[name].is_string() ? std::string(row[name].string_or("")) : row[name].dump();
  }
  return out;
}

TEST(Queries, SqlJoinsFiltersAndNamesItsColumns) {
  Simulated sim;
  const std::string contoso = account(sim, "Contoso", "50000");
  account(sim, "Fabrikam", "7");
  sim.create("contacts",
             R"j({"lastname":"Berg","parentcustomerid_account@odata.bind":"/accounts()j" + contoso +
                 R"j()"})j");

  Answered plain = sql(sim, "accounts", "SELECT name, revenue FROM account WHERE revenue > 10");
  Answered joined =
      sql(sim, "contacts",
          "SELECT TOP 5 c.fullname, a.name AS company FROM contact c JOIN account a ON "
          "c.parentcustomerid = a.accountid");

  EXPECT_EQ(plain.status, 200) << plain.body;
  EXPECT_EQ(values(plain.json()["value"], "name"), "Contoso");
  EXPECT_EQ(values(plain.json()["value"], "accountid"), contoso);
  EXPECT_EQ(values(joined.json()["value"], "fullname"), "Berg");
  EXPECT_EQ(values(joined.json()["value"], "company"), "Contoso");
}

TEST(Queries, SqlPagesAreLinkedAndTheCookieAdvances) {
  Simulated sim;
  for (const char* name : {"a", "b", "c"}) account(sim, name, "1");

  Answered first = sql(sim, "accounts", "SELECT name FROM account ORDER BY name",
                       {{"Prefer", "odata.maxpagesize=2"}});
  const std::string link(first.json()["@odata.nextLink"].string_or(""));
  const std::size_t path = link.find("accounts?");
  ASSERT_NE(path, std::string::npos) << first.body;
  Answered second = sim.send("GET", link.substr(path), "", {{"Prefer", "odata.maxpagesize=2"}});

  EXPECT_EQ(values(first.json()["value"], "name"), "a b");
  EXPECT_EQ(values(second.json()["value"], "name"), "c");
  EXPECT_FALSE(second.json()["@odata.nextLink"].exists());
}

TEST(Queries, SqlRefusesWhatThePlatformRefuses) {
  Simulated sim;

  EXPECT_EQ(sql(sim, "accounts", "DELETE FROM account").code(), "0x80040203");
  EXPECT_EQ(sql(sim, "accounts", "SELECT nosuch FROM account").code(), "0x80041103");
  EXPECT_EQ(sql(sim, "contacts", "SELECT name FROM account").code(), "0x80040203");
}

/// PS JS QueryDataSample: aliases stand for columns as well as for values.
TEST(Queries, ParameterAliasesStandForColumns) {
  Simulated sim;
  account(sim, "Contoso (sample)", "2");
  account(sim, "Fabrikam (sample)", "1");
  account(sim, "Other", "9");

  Answered found =
      sim.send("GET",
               "accounts?$select=name&$filter=contains(@p1,%27(sample)%27)%20and%20"
               "@p2%20lt%20@p3&$orderby=@p4%20asc&@p1=name&@p2=revenue&@p3=5&@p4=revenue");

  EXPECT_EQ(found.status, 200) << found.body;
  EXPECT_EQ(values(found.json()["value"], "name"), "Fabrikam (sample) Contoso (sample)");
}

/// §13 and PS QueryData: a system view and one's own, by id.
TEST(Queries, ViewsAnswerWithTheirOwnQuery) {
  Simulated sim;
  account(sim, "Contoso", "2");
  Answered views =
      sim.send("GET", "savedqueries?$select=name&$filter=name%20eq%20'Active%20Accounts'");
  const std::string view(item(views.json()["value"], 0)["savedqueryid"].string_or(""));
  const std::string own = sim.create(
      "userqueries",
      R"j({"name":"Mine","querytype":0,"returnedtypecode":"account","fetchxml":"<fetch><entity name='account'><attribute name='name'/><filter><condition attribute='revenue' operator='gt' value='5'/></filter></entity></fetch>"})j");

  Answered system = sim.send("GET", "accounts?savedQuery=" + view);
  Answered mine = sim.send("GET", "accounts?userQuery=" + own);

  EXPECT_EQ(values(system.json()["value"], "name"), "Contoso");
  EXPECT_EQ(mine.json()["value"].size(), 0U) << mine.body;
  EXPECT_EQ(sim.send("GET", "contacts?savedQuery=" + view).code(), "0x80041128");
  EXPECT_EQ(sim.send("GET", "accounts?savedQuery=" + own).code(), "0x80040217");
}

/// PY examples/advanced/dataframe_operations.py: accountid eq '<id>'.
TEST(Queries, IdsMayBeQuotedInFilters) {
  Simulated sim;
  const std::string id = account(sim, "Contoso", "2");

  Answered quoted = sim.send("GET", "accounts?$select=name&$filter=accountid%20eq%20'" + id + "'");
  Answered nonsense = sim.send("GET", "accounts?$filter=accountid%20eq%20'x'");

  EXPECT_EQ(values(quoted.json()["value"], "name"), "Contoso");
  EXPECT_EQ(nonsense.code(), "0x80060888");
}

TEST(Queries, UnknownOptionsAreRefused) {
  Simulated sim;

  EXPECT_EQ(sim.send("GET", "accounts?foo=bar").code(), "0x80060888");
  EXPECT_EQ(sim.send("GET", "accounts?$skip=1").code(), "0x80060888");
  EXPECT_EQ(sim.send("GET", "accounts?tag=load").status, 200);
  EXPECT_EQ(sim.send("GET", "EntityDefinitions?$top=1").code(), "0x80060888");
}

TEST(Queries, GroupsAreOrderedAndCut) {
  Simulated sim;
  for (const char* name : {"a", "a", "b"}) account(sim, name, "1");
  const std::string apply = "accounts?$apply=groupby((name),aggregate($count%20as%20n))";

  Answered ordered = sim.send("GET", apply + "&$orderby=name%20desc&$top=1");

  EXPECT_EQ(ordered.json()["value"].size(), 1U) << ordered.body;
  EXPECT_EQ(values(ordered.json()["value"], "name"), "b");
  EXPECT_EQ(sim.send("GET", apply + "&$orderby=revenue").code(), "0x80060888");
  EXPECT_EQ(sim.send("GET", apply + "&$orderby=n").code(), "0x80060888");
  EXPECT_EQ(sim.send("GET", "accounts?$apply=groupby((createdon))").code(), "0x80060888");
}

/// The examples of PD webapi/query/aggregate-data and fetchxml/aggregate-data, by their shape.
TEST(Queries, GroupedRowsAreShownAsTheirColumnsAre) {
  Simulated sim;
  const std::string jim = sim.create("contacts", R"j({"firstname":"Jim","lastname":"Glynn"})j");
  for (const char* revenue : {"10000", "420000.5"})
    sim.create("accounts", R"j({"name":"A","revenue":)j" + std::string(revenue) +
                               R"j(,"primarycontactid@odata.bind":"/contacts()j" + jim +
                               R"j()"})j");
  const Headers annotated{{"Prefer", "odata.include-annotations=\"*\""}};
  const std::string shown = "@OData.Community.Display.V1.FormattedValue";

  Answered status = sim.send(
      "GET", "accounts?$apply=groupby((statuscode),aggregate($count%20as%20count))", "", annotated);
  Answered contact = sim.send("GET",
                              "accounts?$apply=groupby((primarycontactid/fullname,accountcategory"
                              "code),aggregate(revenue%20with%20sum%20as%20total))",
                              "", annotated);
  Answered fetched = sim.send(
      "GET",
      "accounts?fetchXml=<fetch%20aggregate='true'><entity%20name='account'><attribute%20name='"
      "primarycontactid'%20alias='who'%20groupby='true'/><attribute%20name='createdon'%20alias='y'"
      "%20groupby='true'%20dategrouping='year'/><attribute%20name='createdon'%20alias='f'%20"
      "groupby='true'%20dategrouping='fiscal-period'/"
      "><attribute%20name='revenue'%20alias='average'%20"
      "aggregate='avg'/></entity></fetch>",
      "", annotated);

  EXPECT_EQ(status.first()["statuscode" + shown].string_or(""), "Active") << status.body;
  EXPECT_EQ(status.first()["count" + shown].string_or(""), "2") << status.body;
  EXPECT_EQ(contact.first()["contact_fullname"].string_or(""), "Jim Glynn") << contact.body;
  EXPECT_EQ(contact.first()["total" + shown].string_or(""), "€430,000.50") << contact.body;
  EXPECT_FALSE(contact.first()["accountcategorycode"].exists()) << contact.body;
  EXPECT_EQ(fetched.first()["who" + shown].string_or(""), "Jim Glynn") << fetched.body;
  EXPECT_EQ(fetched.first()["who@Microsoft.Dynamics.CRM.lookuplogicalname"].string_or(""),
            "contact");
  EXPECT_EQ(fetched.first()["y" + shown].string_or(""), "2,026");
  EXPECT_EQ(fetched.first()["f" + shown].string_or(""), "Quarter 4 FY2026");
  EXPECT_EQ(fetched.first()["average" + shown].string_or(""), "€215,000.25");
}

/// §12, issue 7: document locations are rows like others; files lie in SharePoint.
TEST(Queries, DocumentLocationsHangBelowTheirRow) {
  Simulated sim;
  const std::string id = account(sim, "Contoso", "1");
  sim.create(
      "sharepointdocumentlocations",
      R"j({"name":"Documents on Default Site","relativeurl":"contoso_1","regardingobjectid_account@odata.bind":"/accounts()j" +
          id + R"j()"})j");

  Answered found = sim.send(
      "GET", "accounts(" + id + ")/Account_SharepointDocumentLocation?$select=relativeurl");

  EXPECT_EQ(values(found.json()["value"], "relativeurl"), "contoso_1") << found.body;
}

}  // namespace
}  // namespace flit::sim::dataverse
