// Queries over the record store: pages, annotations, expanded rows, counts, next links.
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "base/encoding.hpp"
#include "base/json_reader.hpp"
#include "sim/dataverse/facts/table_reader.hpp"
#include "sim/dataverse/query/change_reader.hpp"
#include "sim/dataverse/query/collection_reader.hpp"

namespace flit::sim::dataverse {
namespace {

Uuid numbered(int number) {
  Uuid::Bytes bytes{};
  for (int i = 0; i < 4; ++i)
    bytes[15 - static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(number >> (8 * i));
  return Uuid(bytes);
}

/// The standard tables with accounts 1…count, contacts 100001… of account 1, one user.
class CollectionTest : public testing::Test {
 protected:
  CollectionTest() { facts::add_standard_tables(catalogue_); }

  void put(std::string_view table, int number, const std::map<std::string, Cell>& cells) {
    const Table& definition = *catalogue_.table(table);
    auto row = std::make_unique<Row>();
    row->head.id = numbered(number);
    row->head.version = store_.next_version();
    row->head.created_version = row->head.version;
    row->head.created_on = 1'475'103'473;  // 2016-09-28T22:57:53Z
    row->head.state = 0;
    row->head.status = 1;
    row->head.owner = owner_;
    std::map<std::uint16_t, Cell> ordered;
    for (const auto& [name, cell] : cells) {
      const Column* column = definition.column(name);
      ASSERT_NE(column, nullptr) << name;
      ordered[column->index] = cell;
    }
    const std::vector<ColumnCell> packed(ordered.begin(), ordered.end());
    row->pack(packed);
    store_.open(definition).put(std::move(row));
  }

  Cell lookup(std::string_view table, int number) {
    return Cell::lookup(catalogue_.table(table)->index, numbered(number));
  }

  void fill(int accounts, int contacts) {
    put("systemuser", 900'000,
        {{"firstname", Cell::of_text("Ada")}, {"lastname", Cell::of_text("Berg")}});
    owner_ = store_.ref_of(numbered(900'000), false);
    for (int i = 1; i <= accounts; ++i)
      put("account", i,
          {{"name", Cell::of_text(i == 1   ? "Contoso"
                                  : i == 2 ? "Müller"
                                           : "Firm")},
           {"revenue", Cell::decimal("1234567.5")},
           {"industrycode", Cell::integer(1)},
           {"creditonhold", Cell::boolean(false)},
           {"primarycontactid", i == 1 ? lookup("contact", 100'001) : Cell::null()},
           {"parentaccountid", i > 1 ? lookup("account", 1) : Cell::null()}});
    for (int i = 1; i <= contacts; ++i)
      put("contact", 100'000 + i,
          {{"firstname", Cell::of_text("Jo")},
           {"lastname", Cell::of_text("No" + std::to_string(i))},
           {"birthdate", Cell::date(10'000)},
           {"parentcustomerid", lookup("account", 1)}});
  }

  Result<std::string> read(const std::string& query, const std::string& prefer = "",
                           std::string_view table = "account") {
    FLIT_TRY(options, odata::parse_query(query));
    const auto preferences = odata::parse_preferences(prefer);
    const odata::QueryContext context{.now = 1'475'103'500, .user = numbered(900'000)};
    StoreViews views({catalogue_, store_, numbered(800'000)});
    const StoreTable& view = views.of(*catalogue_.table(table));
    return read_collection({.root = "https://org/api/data/v9.2/",
                            .path = view.definition().entity_set,
                            .query = query,
                            .options = options,
                            .preferences = preferences,
                            .context = context},
                           view);
  }

  /// A read with change tracking; the text of the answer, or the refusal's.
  std::string changes(const std::string& query, const std::vector<DeletedRow>& deletions = {},
                      std::int64_t now = 1'503'389'444) {
    const auto options = odata::parse_query(query);
    const auto preferences = odata::parse_preferences("odata.track-changes,odata.maxpagesize=2");
    const odata::QueryContext context{.now = now};
    StoreViews views({catalogue_, store_, numbered(800'000)});
    const CollectionRequest request{.root = "https://org/api/data/v9.2/",
                                    .path = "accounts",
                                    .query = query,
                                    .options = *options,
                                    .preferences = preferences,
                                    .context = context};
    const auto answer = read_changes(request, views.of(*catalogue_.table("account")),
                                     {.deletions = deletions, .version = store_.version()});
    return answer ? *answer : answer.error().code + " " + answer.error().message;
  }

  json::Value get(const std::string& query, const std::string& prefer = "",
                  std::string_view table = "account") {
    auto text = read(query, prefer, table);
    EXPECT_TRUE(text) << text.error().text();
    text_ = text ? *text : "{}";
    document_ = std::move(*json::parse(text_));
    return document_.root();
  }

  Catalogue catalogue_;
  RecordStore store_{catalogue_};
  PrincipalRef owner_ = 0;
  std::string text_;
  json::Document document_;
};

TEST_F(CollectionTest, RowsHaveThePlatformsForm) {
  fill(1, 1);

  get("$select=name,revenue,industrycode,creditonhold,createdon,_ownerid_value,_primarycontactid_"
      "value",
      "odata.include-annotations=\"*\"");

  EXPECT_EQ(
      text_,
      R"x({"@odata.context":"https://org/api/data/v9.2/$metadata#accounts(name,revenue,industrycode,creditonhold,createdon,_ownerid_value,_primarycontactid_value,_transactioncurrencyid_value,accountid)","@Microsoft.Dynamics.CRM.totalrecordcount":-1,"@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded":false,"value":[{"@odata.etag":"W/\"1000002\"","name":"Contoso","revenue@OData.Community.Display.V1.FormattedValue":"1,234,567.50","revenue":1234567.5000,"industrycode@OData.Community.Display.V1.FormattedValue":"Accounting","industrycode":1,"creditonhold@OData.Community.Display.V1.FormattedValue":"No","creditonhold":false,"createdon@OData.Community.Display.V1.FormattedValue":"9/28/2016 10:57 PM","createdon":"2016-09-28T22:57:53Z","_ownerid_value@OData.Community.Display.V1.FormattedValue":"Ada Berg","_ownerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty":"ownerid","_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"systemuser","_ownerid_value":"00000000-0000-0000-0000-0000000dbba0","_primarycontactid_value@OData.Community.Display.V1.FormattedValue":"Jo No1","_primarycontactid_value@Microsoft.Dynamics.CRM.associatednavigationproperty":"primarycontactid","_primarycontactid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"contact","_primarycontactid_value":"00000000-0000-0000-0000-0000000186a1","_transactioncurrencyid_value":null,"accountid":"00000000-0000-0000-0000-000000000001"}]})x");
}

TEST_F(CollectionTest, TwelveThousandRowsComeInThreePages) {
  fill(12'000, 0);
  std::string query = "$select=accountid";
  std::set<std::string> ids;
  int pages = 0;

  for (;;) {
    const json::Value page = get(query);
    ++pages;
    for (const json::Value row : page["value"].elements())
      ids.insert(std::string(row["accountid"].string_or("")));
    const std::string next(page["@odata.nextLink"].string_or(""));
    if (next.empty()) break;
    ASSERT_EQ(next.substr(0, 35), "https://org/api/data/v9.2/accounts?");
    query = next.substr(35);
  }

  EXPECT_EQ(pages, 3);
  EXPECT_EQ(ids.size(), 12'000U);
}

TEST_F(CollectionTest, FiltersReachLookupsAndRelatedRows) {
  fill(5, 3);
  const auto count = [&](const std::string& filter, std::string_view table = "account") {
    return get("$select=createdon&$filter=" + filter, "", table)["value"].size();
  };

  EXPECT_EQ(count("name eq 'm%C3%BCLLER'"), 1U);
  EXPECT_EQ(count("_parentaccountid_value eq " + numbered(1).text()), 4U);
  EXPECT_EQ(count("parentaccountid/accountid eq " + numbered(1).text()), 4U);
  EXPECT_EQ(count("primarycontactid/lastname eq 'No1'"), 1U);
  EXPECT_EQ(count("contact_customer_accounts/any(c:c/lastname eq 'No2')"), 1U);
  EXPECT_EQ(count("_parentcustomerid_value eq " + numbered(1).text(), "contact"), 3U);
  EXPECT_EQ(count("parentcustomerid_account/name eq 'Contoso'", "contact"), 3U);
  EXPECT_EQ(count("startswith(fullname,'jo no')", "contact"), 3U);
  EXPECT_EQ(count("birthdate eq 1997-05-19", "contact"), 3U);
  EXPECT_EQ(
      count("Microsoft.Dynamics.CRM.In(PropertyName='industrycode',PropertyValues=['1','2'])"), 5U);
  EXPECT_EQ(count("Microsoft.Dynamics.CRM.Under(PropertyName='accountid',PropertyValue='" +
                  numbered(1).text() + "')"),
            4U);
  EXPECT_EQ(count("ownerid/fullname eq 'Ada Berg'") + count("owninguser/fullname eq 'Ada Berg'"),
            10U);
}

TEST_F(CollectionTest, IdsAndLookupsAreFoundByIndexAndStillJudged) {
  fill(20, 0);
  const auto found = [&](const std::string& filter) {
    std::string ids;
    for (const json::Value row :
         get("$select=name&$filter=" + filter, "odata.maxpagesize=3")["value"].elements())
      ids += std::string(row["accountid"].string_or("")).substr(34) + " ";
    return ids;
  };
  const auto is = [](int number) { return "accountid eq " + numbered(number).text(); };

  EXPECT_EQ(found(is(3) + " or " + is(2) + " or " + is(2) + " or " + is(99)), "02 03 ");
  EXPECT_EQ(found(is(3) + " or " + is(2) + " or " + is(4) + " or " + is(5)), "02 03 04 ");
  EXPECT_EQ(found("(" + is(1) + " or " + is(3) + ") and name eq 'Firm'"), "03 ");
  EXPECT_EQ(found(is(3) + " or name eq 'Contoso'"), "01 03 ");
  EXPECT_EQ(found("_parentaccountid_value eq " + numbered(1).text() + " and name ne 'Firm'"),
            "02 ");
  EXPECT_EQ(found("not (" + is(1) + ") and name ne 'Firm'"), "02 ");
}

TEST_F(CollectionTest, ExpandBringsRowsAndTheirPages) {
  fill(1, 5);

  const json::Value row = *get("$select=name&$expand=primarycontactid($select=fullname),"
                               "contact_customer_accounts($select=lastname;$orderby=lastname "
                               "desc;$filter=lastname ne 'No1'),"
                               "parentaccountid,Account_Tasks/$ref",
                               "odata.maxpagesize=3")["value"]
                               .elements()
                               .begin();

  EXPECT_EQ(row.at_path("primarycontactid.fullname").string_or(""), "Jo No1");
  ASSERT_EQ(row["contact_customer_accounts"].size(), 3U);
  EXPECT_EQ((*row["contact_customer_accounts"].elements().begin())["lastname"].string_or(""),
            "No5");
  EXPECT_TRUE(row["contact_customer_accounts@odata.nextLink"].is_string());
  EXPECT_TRUE(row["parentaccountid"].is_null());
  EXPECT_EQ(row["Account_Tasks"].size(), 0U);
}

TEST_F(CollectionTest, CountsAreCapped) {
  fill(5'001, 0);

  const json::Value all = get("$select=name&$count=true&$top=1", "odata.include-annotations=*");

  EXPECT_EQ(all["@odata.count"].as_integer(), 5000);
  EXPECT_EQ(all["@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"].as_boolean(), true);
  EXPECT_EQ(get("$filter=name eq 'Contoso'&$count=true&$select=name")["@odata.count"].as_integer(),
            1);
}

std::string encoded(const std::string& xml) {
  return "fetchXml=" + percent::encode(xml);
}

TEST_F(CollectionTest, FetchXmlJoinsAndNamesColumns) {
  fill(2, 2);

  get(encoded("<fetch count='1'><entity name='contact'><attribute name='fullname'/>"
              "<attribute name='ownerid'/><attribute name='lastname' alias='surname'/>"
              "<attribute name='description'/>"
              "<link-entity name='account' from='accountid' to='parentcustomerid' alias='a'>"
              "<attribute name='name'/><attribute name='ownerid'/></link-entity></entity></fetch>"),
      "odata.include-annotations=\"Microsoft.Dynamics.CRM.fetchxmlpagingcookie,"
      "Microsoft.Dynamics.CRM.morerecords\"",
      "contact");

  EXPECT_EQ(
      text_,
      R"x({"@odata.context":"https://org/api/data/v9.2/$metadata#contacts","@Microsoft.Dynamics.CRM.fetchxmlpagingcookie":"<cookie pagenumber=\"2\" pagingcookie=\"%253ccookie%2520page%253d%25221%2522%253e%253ccontactid%2520last%253d%2522%257b00000000-0000-0000-0000-0000000186a1%257d%2522%2520first%253d%2522%257b00000000-0000-0000-0000-0000000186a1%257d%2522%2520%252f%253e%253c%252fcookie%253e\" istracking=\"False\" />","@Microsoft.Dynamics.CRM.morerecords":true,"value":[{"@odata.etag":"W/\"1000004\"","contactid":"00000000-0000-0000-0000-0000000186a1","fullname":"Jo No1","_ownerid_value":"00000000-0000-0000-0000-0000000dbba0","surname":"No1","a.name":"Contoso","a.ownerid":"00000000-0000-0000-0000-0000000dbba0"}]})x");
}

TEST_F(CollectionTest, FetchXmlAndApplyAggregate) {
  fill(3, 0);

  get(encoded(
      "<fetch aggregate='true'><entity name='account'><attribute name='revenue' alias='total' "
      "aggregate='sum'/><attribute name='industrycode' alias='branch' groupby='true'/>"
      "</entity></fetch>"));
  EXPECT_EQ(
      text_,
      R"x({"@odata.context":"https://org/api/data/v9.2/$metadata#accounts","value":[{"total":3703702.5,"branch":1}]})x");
  get("$apply=groupby((industrycode),aggregate(revenue with sum as total,$count as n))");
  EXPECT_EQ(
      text_,
      R"x({"@odata.context":"https://org/api/data/v9.2/$metadata#accounts","value":[{"industrycode":1,"total":3703702.5,"n":3}]})x");
  EXPECT_EQ(read(encoded("<fetch><entity name='contact'/></fetch>")).error().code, "0x80041128");
}

std::string query_behind(const std::string& answer, std::string_view link) {
  const auto document = json::parse(answer);
  const std::string url(document ? document->root()[link].string_or("") : "");
  return url.empty() ? "" : url.substr(url.find('?') + 1);
}

TEST_F(CollectionTest, ChangesAreReadSinceTheLastTime) {
  fill(3, 0);
  catalogue_.table("account")->change_tracking = true;

  const std::string first = changes("$select=name");
  put("account", 1, {{"name", Cell::of_text("Changed while reading")}});
  const std::string second = changes(query_behind(first, "@odata.nextLink"));
  put("account", 2, {{"name", Cell::of_text("Changed later")}});
  const std::string delta =
      changes(query_behind(second, "@odata.deltaLink"), {{numbered(77), store_.next_version()}});

  EXPECT_EQ(query_behind(first, "@odata.deltaLink"), "");
  EXPECT_EQ(query_behind(second, "@odata.deltaLink"),
            "$select=name&$deltatoken=1000004%2108%2F22%2F2017%2008%3A10%3A44");
  EXPECT_EQ(
      delta.substr(delta.find("\"value\"")),
      R"x("value":[{"@odata.etag":"W/\"1000005\"","name":"Changed while reading","accountid":"00000000-0000-0000-0000-000000000001"},{"@odata.etag":"W/\"1000006\"","name":"Changed later","accountid":"00000000-0000-0000-0000-000000000002"},{"@odata.context":"https://org/api/data/v9.2/$metadata#accounts/$deletedEntity","id":"00000000-0000-0000-0000-00000000004d","reason":"deleted"}]})x");
}

TEST_F(CollectionTest, ChangeTrackingRefusesWhatThePlatformRefuses) {
  fill(1, 0);
  const std::string off = changes("$select=name");
  catalogue_.table("account")->change_tracking = true;

  EXPECT_EQ(off.substr(0, 10), "0x80072491");
  EXPECT_EQ(changes("$filter=name eq 'x'"),
            "0x80060888 The \"$filter\" query parameter isn't supported when Change Tracking is "
            "enabled.");
  EXPECT_EQ(changes("$deltatoken=5%2108%2F10%2F2017%2008%3A10%3A44"),
            "0x80044352 Version stamp associated with the client has expired. Please perform a "
            "full sync.");
  EXPECT_EQ(changes("$deltatoken=nonsense").substr(0, 10), "0x80040203");
}

TEST_F(CollectionTest, UnknownNamesAreRefused) {
  fill(1, 0);

  EXPECT_EQ(read("$select=nosuch").error().message,
            "Could not find a property named 'nosuch' on type 'Microsoft.Dynamics.CRM.account'.");
  EXPECT_EQ(read("$select=owneridname").error().code, "0x80060888");
  EXPECT_EQ(read("$expand=PrimaryContactId").error().code, "0x80060888");
  EXPECT_EQ(read("$orderby=nosuch").error().code, "0x80060888");
  EXPECT_EQ(read("$filter=ownerid eq null").error().code, "0x80060888");
}

}  // namespace
}  // namespace flit::sim::dataverse
