// Queries, views, changes and definitions of `flitsim dataverse`, asked by dynamics-web-api.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { label, startSimulator } from "./start.js";

let api;
let stop;
let start;
let contoso;

before(async () => {
  ({ api, start, stop } = await startSimulator());
  contoso = await api.create({ collection: "accounts", data: { name: "Contoso", revenue: 500 } });
  for (const [name, revenue] of [["Fabrikam", 100], ["Adventure", 300]])
    await api.create({ collection: "accounts", data: { name, revenue } });
  for (const lastname of ["Berg", "Dahl", "Falk"])
    await api.create({
      collection: "contacts",
      data: { lastname, "parentcustomerid_account@odata.bind": `/accounts(${contoso})` },
    });
});

after(() => stop?.());

/** GET on a link that an answer gave; the client has no call for it. */
const follow = async (link) =>
  (await fetch(link, { headers: { Authorization: `Bearer ${start.access_token}`, Accept: "application/json" } })).json();

const names = (answer, column = "name") => answer.value.map((row) => row[column]);

test("rows are filtered, ordered, counted and cut", async () => {
  const answer = await api.retrieveMultiple({
    collection: "accounts", select: ["name"], filter: "revenue gt 100", orderBy: ["revenue desc"], top: 5, count: true,
  });
  assert.deepEqual(names(answer), ["Contoso", "Adventure"]);
  assert.equal(answer.oDataCount, 2);
});

test("related rows are expanded with options", async () => {
  const answer = await api.retrieve({
    collection: "accounts", key: contoso, select: ["name"],
    expand: [{ property: "contact_customer_accounts", select: ["lastname"], filter: "lastname ne 'Dahl'", orderBy: ["lastname desc"],
      expand: [{ property: "createdby", select: ["fullname"] }] }],
  });
  assert.deepEqual(answer.contact_customer_accounts.map((row) => row.lastname), ["Falk", "Berg"]);
  assert.equal(answer.contact_customer_accounts[0].createdby.fullname, "Flit Loader");
});

test("lambdas look into collections", async () => {
  const any = await api.retrieveMultiple({
    collection: "accounts", select: ["name"], filter: "contact_customer_accounts/any(c:c/lastname eq 'Falk')",
  });
  const all = await api.retrieveMultiple({
    collection: "accounts", select: ["name"], filter: "contact_customer_accounts/all(c:c/lastname eq 'Falk')", orderBy: ["name"],
  });
  assert.deepEqual(names(any), ["Contoso"]);
  assert.deepEqual(names(all), ["Adventure", "Fabrikam"]);
});

test("groups and totals come by $apply", async () => {
  const answer = await api.retrieveMultiple({
    collection: "contacts", apply: "groupby((parentcustomerid_account/name),aggregate($count as n,lastname with countdistinct as d))",
  });
  assert.equal(answer.value[0].n, 3);
  assert.equal(answer.value[0].d, 3);
});

test("everything is counted and followed to the end", async () => {
  assert.equal(await api.count({ collection: "accounts", filter: "revenue ge 300" }), 2);
  assert.equal(await api.countAll({ collection: "accounts" }), 3);
  const all = await api.retrieveAll({ collection: "contacts", select: ["lastname"], maxPageSize: 2, orderBy: ["lastname"] });
  assert.deepEqual(names(all, "lastname"), ["Berg", "Dahl", "Falk"]);
});

test("FetchXML answers page by page", async () => {
  const fetchXml = `<fetch count="2" returntotalrecordcount="true"><entity name="contact"><attribute name="lastname"/>
    <order attribute="lastname"/><link-entity name="account" from="accountid" to="parentcustomerid" alias="a">
    <attribute name="name"/></link-entity></entity></fetch>`;
  const first = await api.fetch({ collection: "contacts", fetchXml, includeAnnotations: "*" });
  assert.deepEqual(names(first, "lastname"), ["Berg", "Dahl"]);
  assert.equal(first.value[0]["a.name"], "Contoso");
  const second = await api.fetch({
    collection: "contacts", fetchXml, includeAnnotations: "*", pageNumber: first.PagingInfo.nextPage, pagingCookie: first.PagingInfo.cookie,
  });
  assert.deepEqual(names(second, "lastname"), ["Falk"]);
  const all = await api.fetchAll({ collection: "contacts", fetchXml, includeAnnotations: "*" });
  assert.equal(all.value.length, 3);
});

test("views answer by their ids", async () => {
  const views = await api.retrieveMultiple({ collection: "savedqueries", select: ["name"], filter: "name eq 'Active Accounts'" });
  const rows = await api.retrieveMultiple({ collection: "accounts", savedQuery: views.value[0].savedqueryid });
  assert.deepEqual(names(rows), ["Adventure", "Contoso", "Fabrikam"]);
  const own = await api.create({
    collection: "userqueries",
    data: { name: "Rich", querytype: 0, returnedtypecode: "account",
      fetchxml: "<fetch><entity name='account'><attribute name='name'/><filter><condition attribute='revenue' operator='ge' value='500'/></filter></entity></fetch>" },
  });
  assert.deepEqual(names(await api.retrieveMultiple({ collection: "accounts", userQuery: own })), ["Contoso"]);
});

test("changes are followed by the delta link", async () => {
  const table = await api.retrieveEntity({ key: "LogicalName='account'" });
  table.ChangeTrackingEnabled = true;
  await api.updateEntity({ data: table, mergeLabels: true });
  const first = await api.retrieveMultiple({ collection: "accounts", select: ["name"], trackChanges: true });
  assert.equal(first.value.length, 3);
  const link = first.oDataDeltaLink ?? first["@odata.deltaLink"];
  const made = await api.create({ collection: "accounts", data: { name: "New" } });
  const gone = await api.create({ collection: "accounts", data: { name: "Gone" } });
  await api.deleteRecord({ collection: "accounts", key: gone });
  const delta = await follow(link);
  assert.equal(delta.value[0].accountid, made);
  assert.equal(delta.value[1].reason, "deleted");
  assert.equal(delta.value[1].id, gone);
});

test("tables, columns and relationships are defined, read and dropped", async () => {
  const table = await api.createEntity({
    data: { "@odata.type": "Microsoft.Dynamics.CRM.EntityMetadata", SchemaName: "new_Loan", DisplayName: label("Loan"), DisplayCollectionName: label("Loans"),
      OwnershipType: "UserOwned", HasNotes: false, HasActivities: false, IsActivity: false,
      Attributes: [{ "@odata.type": "Microsoft.Dynamics.CRM.StringAttributeMetadata", SchemaName: "new_Name", IsPrimaryName: true, MaxLength: 100, DisplayName: label("Name"), RequiredLevel: { Value: "None" }, FormatName: { Value: "Text" } }] },
  });
  const column = await api.createAttribute({
    entityKey: table,
    data: { "@odata.type": "Microsoft.Dynamics.CRM.PicklistAttributeMetadata", SchemaName: "new_Kind", DisplayName: label("Kind"), RequiredLevel: { Value: "None" },
      OptionSet: { "@odata.type": "Microsoft.Dynamics.CRM.OptionSetMetadata", IsGlobal: false, OptionSetType: "Picklist", Options: [{ Value: 1, Label: label("A") }, { Value: 2, Label: label("B") }] } },
  });
  const picklists = await api.retrieveAttributes({
    entityKey: "LogicalName='new_loan'", castType: "Microsoft.Dynamics.CRM.PicklistAttributeMetadata", select: ["LogicalName"],
    expand: [{ property: "OptionSet" }, { property: "GlobalOptionSet" }],
  });
  const kind = picklists.value.find((attribute) => attribute.LogicalName === "new_kind");
  assert.deepEqual(kind.OptionSet.Options.map((option) => option.Value), [1, 2]);
  assert.equal(kind.GlobalOptionSet, null);
  const whole = await api.retrieveAttribute({ entityKey: table, attributeKey: column, castType: "Microsoft.Dynamics.CRM.PicklistAttributeMetadata" });
  whole.DisplayName = label("Sort");
  await api.updateAttribute({ entityKey: table, data: whole, castType: "Microsoft.Dynamics.CRM.PicklistAttributeMetadata", mergeLabels: true });
  const relationship = await api.createRelationship({
    data: { "@odata.type": "Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata", SchemaName: "new_account_loan", ReferencedEntity: "account", ReferencedAttribute: "accountid", ReferencingEntity: "new_loan",
      CascadeConfiguration: { Assign: "NoCascade", Delete: "Restrict", Merge: "NoCascade", Reparent: "NoCascade", Share: "NoCascade", Unshare: "NoCascade" },
      Lookup: { "@odata.type": "Microsoft.Dynamics.CRM.LookupAttributeMetadata", SchemaName: "new_AccountId", DisplayName: label("Account"), RequiredLevel: { Value: "None" } } },
  });
  const read = await api.retrieveRelationship({ key: relationship, castType: "Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata" });
  assert.equal(read.CascadeConfiguration.Delete, "Restrict");
  const pair = await api.createRelationship({
    data: { "@odata.type": "Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata", SchemaName: "new_loan_contact", IntersectEntityName: "new_loan_contact", Entity1LogicalName: "new_loan", Entity2LogicalName: "contact" },
  });
  const loan = await api.retrieveEntity({
    key: "LogicalName='new_loan'", select: ["EntitySetName"],
    expand: [{ property: "ManyToOneRelationships", select: ["SchemaName", "ReferencingEntityNavigationPropertyName"], filter: "SchemaName eq 'new_account_loan'" }, { property: "ManyToManyRelationships", select: ["SchemaName"] }],
  });
  assert.equal(loan.ManyToOneRelationships[0].ReferencingEntityNavigationPropertyName, "new_AccountId");
  assert.equal(loan.ManyToManyRelationships[0].SchemaName, "new_loan_contact");
  for (const key of [relationship, pair]) await api.deleteRelationship({ key });
  const tables = await api.retrieveEntities({ select: ["LogicalName"], filter: "IsCustomEntity eq true" });
  assert.deepEqual(tables.value.map((entity) => entity.LogicalName), ["new_loan"]);
});

test("global choices are defined, changed and dropped", async () => {
  const key = await api.createGlobalOptionSet({
    data: { "@odata.type": "Microsoft.Dynamics.CRM.OptionSetMetadata", Name: "new_colours", DisplayName: label("Colours"), OptionSetType: "Picklist", IsGlobal: true, Options: [{ Value: 1, Label: label("Red") }] },
  });
  await api.callAction({ actionName: "InsertOptionValue", action: { OptionSetName: "new_colours", Value: 2, Label: label("Blue") } });
  const read = await api.retrieveGlobalOptionSet({ key: "Name='new_colours'", castType: "Microsoft.Dynamics.CRM.OptionSetMetadata" });
  assert.deepEqual(read.Options.map((option) => option.Label.UserLocalizedLabel.Label), ["Red", "Blue"]);
  read.DisplayName = label("Paints");
  await api.updateGlobalOptionSet({ data: read, castType: "Microsoft.Dynamics.CRM.OptionSetMetadata", mergeLabels: true });
  assert.equal((await api.retrieveGlobalOptionSet({ key })).DisplayName.UserLocalizedLabel.Label, "Paints");
  await api.deleteGlobalOptionSet({ key });
  const left = await api.retrieveGlobalOptionSets();
  assert.equal(left.value.some((choice) => choice.Name === "new_colours"), false);
});

test("an opportunity gets an instance of the default process flow", async () => {
  const deal = await api.create({ collection: "opportunities", data: { name: "Deal" } });
  const instances = await api.retrieveMultiple({
    collection: "opportunitysalesprocesses", filter: `_opportunityid_value eq ${deal}`, expand: [{ property: "activestageid", select: ["stagename"] }],
  });
  assert.equal(instances.value[0].activestageid.stagename, "Qualify");
});
