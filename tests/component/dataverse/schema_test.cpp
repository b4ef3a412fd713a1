// Definitions made, changed and removed with the bodies that the fact sheet prints (§5, §11).

#include "tests/component/dataverse/simulated.hpp"

namespace flit::sim::dataverse {
namespace {

std::string label(const std::string& text) {
  return R"j({"@odata.type":"Microsoft.Dynamics.CRM.Label","LocalizedLabels":[{"@odata.type":)j"
         R"j("Microsoft.Dynamics.CRM.LocalizedLabel","Label":")j" +
         text + R"j(","LanguageCode":1033}]})j";
}

const std::string required =
    R"j("RequiredLevel":{"Value":"None","CanBeChanged":true,"ManagedPropertyLogicalName":"canmodifyrequirementlevelsettings"})j";

std::string column(const std::string& type, const std::string& schema_name,
                   const std::string& rest) {
  return R"j({"@odata.type":"Microsoft.Dynamics.CRM.)j" + type +
         R"j(AttributeMetadata","SchemaName":")j" + schema_name + R"j(","DisplayName":)j" +
         label(schema_name) + "," + required + rest + "}";
}

const std::string options =
    R"j("OptionSet":{"@odata.type":"Microsoft.Dynamics.CRM.OptionSetMetadata","IsGlobal":false,"OptionSetType":"Picklist","Options":[{"Value":727000000,"Label":)j" +
    label("Bravo") + R"j(},{"Value":727000001,"Label":)j" + label("Delta") + "}]}";

/// An environment with the publisher and the solution of the sheet.
class Schema : public ::testing::Test {
 protected:
  Schema() {
    const std::string publisher = sim.create(
        "publishers",
        R"j({"uniquename":"acme","friendlyname":"Acme","customizationprefix":"acme","customizationoptionvalueprefix":72700})j");
    sim.create(
        "solutions",
        R"j({"uniquename":"acme_migration","friendlyname":"Acme migration","version":"1.0.0.0","publisherid@odata.bind":"/publishers()j" +
            publisher + R"j()"})j");
    made(post(
        "EntityDefinitions",
        R"j({"@odata.type":"Microsoft.Dynamics.CRM.EntityMetadata","SchemaName":"acme_BankAccount","DisplayName":)j" +
            label("Bank Account") + R"j(,"DisplayCollectionName":)j" + label("Bank Accounts") +
            R"j(,"Description":)j" + label("") +
            R"j(,"OwnershipType":"UserOwned","IsActivity":false,"HasNotes":true,"HasActivities":false,"Attributes":[{"@odata.type":"Microsoft.Dynamics.CRM.StringAttributeMetadata","SchemaName":"acme_Name","IsPrimaryName":true,"AttributeType":"String","AttributeTypeName":{"Value":"StringType"},"FormatName":{"Value":"Text"},"MaxLength":100,)j" +
            required + R"j(,"DisplayName":)j" + label("Name") + R"j(,"Description":)j" + label("") +
            "}]}"));
  }

  Answered post(const std::string& path, const std::string& body) {
    return sim.send("POST", path, body, {{"MSCRM.SolutionUniqueName", "acme_migration"}});
  }
  static void made(const Answered& answer) {
    EXPECT_EQ(answer.status, 204) << answer.body;
    EXPECT_FALSE(answer.headers.value_or("OData-EntityId", "").empty());
  }
  Answered read(const std::string& path) {
    return sim.send("GET", "EntityDefinitions(LogicalName=" + path);
  }

  Simulated sim;
  const std::string attributes = "EntityDefinitions(LogicalName='acme_bankaccount')/Attributes";
};

TEST_F(Schema, ATableGetsItsNamesKeyAndSystemColumns) {
  Answered table = read(
      "'acme_bankaccount')?$select=LogicalName,EntitySetName,PrimaryIdAttribute,"
      "PrimaryNameAttribute,OwnershipType");

  EXPECT_EQ(table.json()["EntitySetName"].string_or(""), "acme_bankaccounts");
  EXPECT_EQ(table.json()["PrimaryIdAttribute"].string_or(""), "acme_bankaccountid");
  EXPECT_EQ(table.json()["PrimaryNameAttribute"].string_or(""), "acme_name");
  for (const char* name :
       {"createdon", "modifiedby", "createdonbehalfby", "ownerid", "statecode", "statuscode",
        "importsequencenumber", "overriddencreatedon", "versionnumber"})
    EXPECT_EQ(sim.send("GET", attributes + "(LogicalName='" + name + "')").status, 200) << name;
  const std::string note = sim.create("acme_bankaccounts", R"j({"acme_name":"a"})j");
  EXPECT_EQ(
      sim.send("POST", "annotations",
               R"j({"subject":"s","objectid_acme_bankaccount@odata.bind":"/acme_bankaccounts()j" +
                   note + R"j()"})j")
          .status,
      204);
}

TEST_F(Schema, ColumnsOfEveryTypeTakeTheirValues) {
  made(post(attributes,
            column("String", "acme_ExtId", R"j(,"MaxLength":100,"FormatName":{"Value":"Text"})j")));
  made(post(attributes, column("Memo", "acme_Memo",
                               R"j(,"MaxLength":1048576,"Format":"TextArea","ImeMode":"Auto")j")));
  made(post(attributes,
            column("Integer", "acme_Int",
                   R"j(,"Format":"None","MinValue":-2147483648,"MaxValue":2147483647)j")));
  made(post(attributes, column("BigInt", "acme_Big", "")));
  made(post(attributes,
            column("Decimal", "acme_Dec",
                   R"j(,"MinValue":-100000000000,"MaxValue":100000000000,"Precision":10)j")));
  made(post(attributes,
            column("Double", "acme_Dbl",
                   R"j(,"MinValue":-100000000000,"MaxValue":100000000000,"Precision":5)j")));
  made(post(
      attributes,
      column(
          "Money", "acme_Amount",
          R"j(,"MinValue":-922337203685477,"MaxValue":922337203685477,"Precision":2,"PrecisionSource":2,"ImeMode":"Disabled")j")));
  made(post(
      attributes,
      column(
          "Boolean", "acme_Flag",
          R"j(,"DefaultValue":false,"OptionSet":{"@odata.type":"Microsoft.Dynamics.CRM.BooleanOptionSetMetadata","IsGlobal":false,"TrueOption":{"Value":1,"Label":)j" +
              label("Yes") + R"j(},"FalseOption":{"Value":0,"Label":)j" + label("No") + "}}")));
  made(post(attributes,
            column("DateTime", "acme_On",
                   R"j(,"Format":"DateAndTime","DateTimeBehavior":{"Value":"UserLocal"})j")));
  made(post(attributes,
            column("DateTime", "acme_Day",
                   R"j(,"Format":"DateOnly","DateTimeBehavior":{"Value":"DateOnly"})j")));
  made(post(attributes, column("Picklist", "acme_Choice", "," + options)));
  made(post(attributes, column("MultiSelectPicklist", "acme_Multi", "," + options)));
  made(post(attributes, column("File", "acme_Doc", R"j(,"MaxSizeInKB":131072)j")));
  made(post(attributes,
            column("Image", "acme_Photo",
                   R"j(,"MaxSizeInKB":10240,"CanStoreFullImage":true,"IsPrimaryImage":false)j")));

  Answered row = sim.send(
      "POST", "acme_bankaccounts",
      R"j({"acme_extid":"x","acme_memo":"m","acme_int":-5,"acme_big":9007199254740993,"acme_dec":1.0000000001,"acme_dbl":2.5,"acme_amount":12.345,"acme_flag":true,"acme_on":"2016-09-28T22:57:53Z","acme_day":"2016-09-28","acme_choice":727000001,"acme_multi":"727000001, 727000000"})j",
      {{"Prefer", "return=representation,odata.include-annotations=\"*\""}});

  ASSERT_EQ(row.status, 201) << row.body;
  EXPECT_EQ(row.json()["acme_big"].as_number(), "9007199254740993");
  EXPECT_EQ(row.json()["acme_dec"].as_number(), "1.0000000001");
  EXPECT_EQ(row.json()["acme_amount"].as_number(), "12.3500");
  EXPECT_EQ(row.json()["acme_amount_base"].as_number(), "12.3500");
  EXPECT_TRUE(row.json()["_transactioncurrencyid_value"].is_string());
  EXPECT_EQ(row.json()["acme_day"].string_or(""), "2016-09-28");
  EXPECT_EQ(row.json()["acme_multi"].string_or(""), "727000000,727000001");
  EXPECT_EQ(row.json()["acme_choice@OData.Community.Display.V1.FormattedValue"].string_or(""),
            "Delta");
  EXPECT_EQ(row.json()["acme_flag@OData.Community.Display.V1.FormattedValue"].string_or(""), "Yes");
}

TEST_F(Schema, FileAndMultiSelectColumnsReadAsVirtual) {
  made(post(attributes, column("File", "acme_Doc", "")));
  made(post(attributes, column("MultiSelectPicklist", "acme_Multi", "," + options)));
  const auto types = [&](const std::string& name) {
    Answered read = sim.send(
        "GET", attributes + "(LogicalName='" + name + "')?$select=AttributeType,AttributeTypeName");
    return std::string(read.json()["AttributeType"].string_or("")) + "/" +
           std::string(read.json().at_path("AttributeTypeName.Value").string_or(""));
  };

  EXPECT_EQ(types("acme_doc"), "Virtual/FileType");
  EXPECT_EQ(types("acme_multi"), "Virtual/MultiSelectPicklistType");
}

TEST_F(Schema, OptionsAreInsertedRenamedOrderedAndDeleted) {
  made(post(attributes, column("Picklist", "acme_Choice", "," + options)));
  const std::string where =
      R"j("EntityLogicalName":"acme_bankaccount","AttributeLogicalName":"acme_choice")j";
  const auto values = [&] {
    Answered read = sim.send("GET", attributes +
                                        "(LogicalName='acme_choice')/"
                                        "Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select="
                                        "LogicalName&$expand=OptionSet");
    std::string all;
    for (const json::Value option : read.json().at_path("OptionSet.Options").elements())
      all += std::string(option["Value"].as_number().value_or("")) + "=" +
             std::string(option.at_path("Label.UserLocalizedLabel.Label").string_or("")) + " ";
    return all;
  };

  EXPECT_EQ(
      post("InsertOptionValue", "{" + where + R"j(,"Value":727000005,"Label":)j" + label("Echo") +
                                    R"j(,"SolutionUniqueName":"acme_migration"})j")
          .json()["NewOptionValue"]
          .as_integer(),
      727000005);
  EXPECT_EQ(post("InsertOptionValue", "{" + where + R"j(,"Label":)j" + label("Free") + "}")
                .json()["NewOptionValue"]
                .as_integer(),
            727000006);
  EXPECT_EQ(post("UpdateOptionValue", "{" + where + R"j(,"Value":727000000,"Label":)j" +
                                          label("Beta") + R"j(,"MergeLabels":true})j")
                .status,
            204);
  EXPECT_EQ(post("DeleteOptionValue", "{" + where + R"j(,"Value":727000001})j").status, 204);
  EXPECT_EQ(
      post("OrderOption", "{" + where + R"j(,"Values":[727000005,727000006,727000000]})j").status,
      204);
  EXPECT_EQ(values(), "727000005=Echo 727000006=Free 727000000=Beta ");
  EXPECT_EQ(
      post(
          "InsertStatusValue",
          R"j({"EntityLogicalName":"acme_bankaccount","AttributeLogicalName":"statuscode","StateCode":0,"Label":)j" +
              label("Waiting") + "}")
          .status,
      200);
  EXPECT_EQ(
      post(
          "PublishXml",
          R"j({"ParameterXml":"<importexportxml><entities><entity>acme_bankaccount</entity></entities></importexportxml>"})j")
          .status,
      204);
  EXPECT_EQ(post("PublishAllXml", "{}").status, 204);
}

TEST_F(Schema, AGlobalChoiceIsSharedByColumns) {
  Answered choice = post(
      "GlobalOptionSetDefinitions",
      R"j({"@odata.type":"Microsoft.Dynamics.CRM.OptionSetMetadata","Name":"acme_colors","DisplayName":)j" +
          label("Colors") +
          R"j(,"OptionSetType":"Picklist","IsGlobal":true,"Options":[{"Value":727000000,"Label":)j" +
          label("Red") + "}]}");
  made(choice);
  const std::string url(choice.headers.value_or("OData-EntityId", ""));
  made(post(attributes, column("Picklist", "acme_Colors",
                               R"j(,"GlobalOptionSet@odata.bind":"/)j" +
                                   url.substr(url.find("GlobalOptionSetDefinitions")) + "\"")));

  EXPECT_EQ(
      post("InsertOptionValue",
           R"j({"OptionSetName":"acme_colors","Value":727000009,"Label":)j" + label("Blue") + "}")
          .status,
      200);
  EXPECT_EQ(sim.send("POST", "acme_bankaccounts", R"j({"acme_colors":727000009})j").status, 204);
  EXPECT_EQ(sim.send("POST", "acme_bankaccounts", R"j({"acme_colors":1})j").code(), "0x8004431a");
}

TEST_F(Schema, ALookupIsARelationshipAndItsNavigationTheSchemaName) {
  made(post(
      "RelationshipDefinitions",
      R"j({"@odata.type":"Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata","SchemaName":"acme_contact_acme_bankaccount","ReferencedEntity":"contact","ReferencedAttribute":"contactid","ReferencingEntity":"acme_bankaccount","AssociatedMenuConfiguration":{"Behavior":"UseCollectionName","Group":"Details","Label":)j" +
          label("Bank Accounts") +
          R"j(,"Order":10000},"CascadeConfiguration":{"Assign":"NoCascade","Delete":"Restrict","Merge":"NoCascade","Reparent":"NoCascade","Share":"NoCascade","Unshare":"NoCascade"},"Lookup":{"@odata.type":"Microsoft.Dynamics.CRM.LookupAttributeMetadata","SchemaName":"acme_OwnerContactId","DisplayName":)j" +
          label("Owner") + "," + required + "}}"));
  const std::string contact = sim.create("contacts", R"j({"lastname":"C"})j");
  const auto bind = [&](const std::string& name) {
    return sim.send("POST", "acme_bankaccounts",
                    R"j({")j" + name + R"j(@odata.bind":"/contacts()j" + contact + R"j()"})j");
  };

  EXPECT_EQ(bind("acme_ownercontactid").code(), "0x80048d19");
  EXPECT_EQ(bind("acme_OwnerContactId").status, 204);
  EXPECT_EQ(sim.send("DELETE", "contacts(" + contact + ")").code(), "0x80040227");
  EXPECT_EQ(
      sim.send("DELETE", "RelationshipDefinitions(SchemaName='acme_contact_acme_bankaccount')")
          .status,
      204);
  EXPECT_EQ(bind("acme_OwnerContactId").code(), "0x80048d19");
  EXPECT_EQ(sim.send("DELETE", "contacts(" + contact + ")").status, 204);
}

TEST_F(Schema, LookupsOfSeveralTargetsNameTheTargetInTheirNavigation) {
  Answered customer = post(
      "CreateCustomerRelationships",
      R"j({"Lookup":{"@odata.type":"Microsoft.Dynamics.CRM.ComplexLookupAttributeMetadata","AttributeType":"Lookup","AttributeTypeName":{"Value":"LookupType"},"SchemaName":"acme_CustomerId","DisplayName":)j" +
          label("Customer") + "," + required +
          R"j(},"OneToManyRelationships":[{"@odata.type":"Microsoft.Dynamics.CRM.ComplexOneToManyRelationshipMetadata","SchemaName":"acme_x_Customer_Account","ReferencedEntity":"account","ReferencingEntity":"acme_bankaccount"},{"@odata.type":"Microsoft.Dynamics.CRM.ComplexOneToManyRelationshipMetadata","SchemaName":"acme_x_Customer_Contact","ReferencedEntity":"contact","ReferencingEntity":"acme_bankaccount"}],"SolutionUniqueName":"acme_migration"})j");
  EXPECT_EQ(customer.json()["RelationshipIds"].size(), 2U) << customer.body;
  EXPECT_TRUE(customer.json()["AttributeId"].is_string());
  const std::string account = sim.create("accounts", R"j({"name":"A"})j");
  const std::string contact = sim.create("contacts", R"j({"lastname":"C"})j");
  const std::string row =
      sim.create("acme_bankaccounts",
                 R"j({"acme_CustomerId_account@odata.bind":"/accounts()j" + account + R"j()"})j");
  const auto target = [&] {
    Answered read = sim.send("GET", "acme_bankaccounts(" + row + ")?$select=_acme_customerid_value",
                             "", {{"Prefer", "odata.include-annotations=\"*\""}});
    return std::string(
        read.json()["_acme_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"].string_or(
            ""));
  };

  EXPECT_EQ(target(), "account");
  EXPECT_EQ(
      sim.send("PATCH", "acme_bankaccounts(" + row + ")",
               R"j({"acme_CustomerId_contact@odata.bind":"/contacts()j" + contact + R"j()"})j")
          .status,
      204);
  EXPECT_EQ(target(), "contact");
  EXPECT_EQ(sim.send("PATCH", "acme_bankaccounts(" + row + ")",
                     R"j({"acme_CustomerId_account@odata.bind":null})j")
                .status,
            204);
  EXPECT_EQ(target(), "");
}

TEST_F(Schema, ManyToManyHasTheSchemaNameOnBothSides) {
  made(post(
      "RelationshipDefinitions",
      R"j({"@odata.type":"Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata","SchemaName":"acme_accounts_campaigns","IntersectEntityName":"acme_accounts_campaigns","Entity1LogicalName":"account","Entity1AssociatedMenuConfiguration":{"Behavior":"UseLabel","Group":"Details","Label":)j" +
          label("Accounts") +
          R"j(,"Order":10000},"Entity2LogicalName":"campaign","Entity2AssociatedMenuConfiguration":{"Behavior":"UseLabel","Group":"Details","Label":)j" +
          label("Campaigns") + R"j(,"Order":10000}})j"));
  const std::string account = sim.create("accounts", R"j({"name":"A"})j");
  const std::string campaign = sim.create("campaigns", R"j({"name":"C"})j");

  EXPECT_EQ(sim.send("POST", "accounts(" + account + ")/acme_accounts_campaigns/$ref",
                     R"j({"@odata.id":"campaigns()j" + campaign + R"j()"})j")
                .status,
            204);
  EXPECT_EQ(sim.send("GET", "campaigns(" + campaign + ")/acme_accounts_campaigns?$select=name")
                .first()["name"]
                .string_or(""),
            "A");
}

TEST_F(Schema, DefinitionsAreReplacedByPutAndRemovedByDelete) {
  made(post(attributes, column("String", "acme_ExtId", R"j(,"MaxLength":100)j")));
  const std::string one = attributes + "(LogicalName='acme_extid')";

  EXPECT_EQ(sim.send("PATCH", one, R"j({"MaxLength":50})j").status, 405);
  EXPECT_EQ(
      sim.send("PUT", one,
               column("String", "acme_ExtId", R"j(,"LogicalName":"acme_extid","MaxLength":200)j"),
               {{"MSCRM.MergeLabels", "true"}})
          .status,
      204);
  Answered read =
      sim.send("GET", one + "/Microsoft.Dynamics.CRM.StringAttributeMetadata?$select=MaxLength");
  EXPECT_EQ(read.json()["MaxLength"].as_integer(), 200);
  EXPECT_EQ(sim.send("DELETE", one).status, 204);
  EXPECT_EQ(sim.send("GET", one).status, 404);
  EXPECT_EQ(sim.send("DELETE", "EntityDefinitions(LogicalName='acme_bankaccount')").status, 204);
  EXPECT_EQ(sim.send("GET", "acme_bankaccounts").status, 404);
  EXPECT_EQ(sim.send("DELETE", "EntityDefinitions(LogicalName='account')").status, 400);
}

TEST_F(Schema, NamesCarryTheSolutionsPrefixAndExistOnce) {
  made(post(attributes, column("String", "acme_ExtId", R"j(,"MaxLength":100)j")));

  EXPECT_EQ(post(attributes, column("String", "acme_ExtId", R"j(,"MaxLength":100)j")).code(),
            "0x80047013");
  EXPECT_EQ(post(attributes, column("String", "new_Other", R"j(,"MaxLength":100)j")).status, 400);
  EXPECT_EQ(post(attributes, column("String", "acme_has blank", R"j(,"MaxLength":100)j")).status,
            400);
  EXPECT_EQ(post(attributes, column("String", "acme_Long", R"j(,"MaxLength":4001)j")).status, 400);
  EXPECT_EQ(
      sim.send(
             "POST", "publishers",
             R"j({"uniquename":"p","friendlyname":"P","customizationprefix":"mscrmx","customizationoptionvalueprefix":72700})j")
          .status,
      400);
  EXPECT_EQ(
      sim.send(
             "POST", "publishers",
             R"j({"uniquename":"p","friendlyname":"P","customizationprefix":"pp","customizationoptionvalueprefix":9999})j")
          .status,
      400);
}

TEST_F(Schema, APublisherAndASolutionAreThereOnceByTheirNames) {
  Answered publisher = sim.send(
      "POST", "publishers",
      R"j({"uniquename":"acme","friendlyname":"Again","customizationprefix":"acme"})j");
  Answered solution =
      sim.send("POST", "solutions",
               R"j({"uniquename":"acme_migration","friendlyname":"Again","version":"1.0.0.0"})j");

  EXPECT_EQ(publisher.status, 412);
  EXPECT_EQ(publisher.code(), "0x80040237");
  EXPECT_EQ(solution.status, 412);
  EXPECT_EQ(solution.code(), "0x80040237");
}

TEST_F(Schema, AKeyOverDuplicatesFailsAndIsReactivated) {
  made(post(attributes, column("String", "acme_ExtId", R"j(,"MaxLength":100)j")));
  const std::string twin = sim.create("acme_bankaccounts", R"j({"acme_extid":"1"})j");
  sim.create("acme_bankaccounts", R"j({"acme_extid":"1"})j");
  made(post("EntityDefinitions(LogicalName='acme_bankaccount')/Keys",
            R"j({"SchemaName":"acme_ExtId_Key","DisplayName":)j" + label("External id") +
                R"j(,"KeyAttributes":["acme_extid"]})j"));
  const auto status = [&] {
    Answered read = sim.send("GET",
                             "EntityDefinitions(LogicalName='acme_bankaccount')/"
                             "Keys(LogicalName='acme_extid_key')?$select=EntityKeyIndexStatus,"
                             "SchemaName&$expand=AsyncJob");
    return std::string(read.json()["EntityKeyIndexStatus"].string_or(""));
  };

  EXPECT_EQ(status(), "Failed");
  EXPECT_EQ(sim.send("GET", "acme_bankaccounts(acme_extid='1')").code(), "0x80060890");
  EXPECT_EQ(sim.send("DELETE", "acme_bankaccounts(" + twin + ")").status, 204);
  EXPECT_EQ(
      post("ReactivateEntityKey",
           R"j({"EntityLogicalName":"acme_bankaccount","EntityKeyLogicalName":"acme_extid_key"})j")
          .status,
      204);
  EXPECT_EQ(status(), "Active");
  EXPECT_EQ(sim.send("GET", "acme_bankaccounts(acme_extid='1')").status, 200);
}

}  // namespace
}  // namespace flit::sim::dataverse
