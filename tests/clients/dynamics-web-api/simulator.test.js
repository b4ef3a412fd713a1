// Drives `flitsim dataverse` with dynamics-web-api: create, upsert, alternate keys, links, batches and
// change sets, CreateMultiple, paging, metadata, concurrency, errors. FLITSIM names the binary.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { label, startSimulator } from "./start.js";

let api;
let start;
let stop;

before(async () => {
  ({ api, start, stop } = await startSimulator());
});

after(() => stop?.());

const refused = async (promise, code) =>
  assert.rejects(promise, (error) => {
    assert.equal(error.code, code, error.message);
    return true;
  });

test("WhoAmI is called as a function", async () => {
  const me = await api.callFunction("WhoAmI");
  assert.match(me.UserId, /^[0-9a-f-]{36}$/);
});

test("a row is created, read, updated and deleted", async () => {
  const created = await api.create({
    collection: "accounts", data: { name: "Contoso", numberofemployees: 5 }, returnRepresentation: true,
  });
  assert.equal(created.name, "Contoso");
  await api.update({ collection: "accounts", key: created.accountid, data: { name: "Contoso Ltd" } });
  const read = await api.retrieve({ collection: "accounts", key: created.accountid, select: ["name", "statecode"], includeAnnotations: "*" });
  assert.equal(read.name, "Contoso Ltd");
  assert.equal(read["statecode@OData.Community.Display.V1.FormattedValue"], "Active");
  await api.updateSingleProperty({ collection: "accounts", key: created.accountid, fieldValuePair: { telephone1: "123" } });
  await api.deleteRecord({ collection: "accounts", key: created.accountid });
  await refused(api.retrieve({ collection: "accounts", key: created.accountid, select: ["name"] }), "0x80040217");
});

test("optimistic concurrency follows the ETag", async () => {
  const row = await api.create({ collection: "accounts", data: { name: "E" }, returnRepresentation: true });
  await api.update({ collection: "accounts", key: row.accountid, data: { name: "F" }, ifmatch: row["@odata.etag"] });
  // The client resolves to false on 412 of a conditional update.
  assert.equal(await api.update({ collection: "accounts", key: row.accountid, data: { name: "G" }, ifmatch: row["@odata.etag"] }), false);
});

test("definitions are created and rows upserted by an alternate key", async () => {
  await api.createAttribute({
    entityKey: "LogicalName='account'",
    data: { "@odata.type": "Microsoft.Dynamics.CRM.StringAttributeMetadata", SchemaName: "new_ExtId", MaxLength: 50, DisplayName: label("External id") },
  });
  // The client has no call for keys (and lowers the case of collections): plain HTTP.
  const key = await fetch(`${start.url}/api/data/v9.2/EntityDefinitions(LogicalName='account')/Keys`, {
    method: "POST", headers: { Authorization: `Bearer ${start.access_token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ SchemaName: "new_ExtId_Key", KeyAttributes: ["new_extid"] }),
  });
  assert.equal(key.status, 204);
  await api.upsert({ collection: "accounts", key: "new_extid='A-1'", data: { name: "By key" } });
  await api.upsert({ collection: "accounts", key: "new_extid='A-1'", data: { name: "By key again" } });
  const found = await api.retrieveMultiple({ collection: "accounts", select: ["name"], filter: "new_extid eq 'A-1'" });
  assert.deepEqual(found.value.map((row) => row.name), ["By key again"]);
  await refused(api.create({ collection: "accounts", data: { name: "x", new_extid: "a-1" } }), "0x80060892");
  const entity = await api.retrieveEntity({ key: "LogicalName='account'", select: ["LogicalName", "EntitySetName"] });
  assert.equal(entity.EntitySetName, "accounts");
  const attributes = await api.retrieveAttributes({ entityKey: "LogicalName='account'", castType: "Microsoft.Dynamics.CRM.PicklistAttributeMetadata", select: ["LogicalName"], expand: [{ property: "OptionSet" }] });
  assert.ok(attributes.value.find((one) => one.LogicalName === "accountcategorycode").OptionSet.Options.length === 2);
});

test("rows are linked and unlinked", async () => {
  const account = (await api.create({ collection: "accounts", data: { name: "L" }, returnRepresentation: true })).accountid;
  const lead = (await api.create({ collection: "leads", data: { subject: "s", lastname: "n" }, returnRepresentation: true })).leadid;
  const contact = (await api.create({ collection: "contacts", data: { lastname: "C", "parentcustomerid_account@odata.bind": `accounts(${account})` }, returnRepresentation: true })).contactid;
  const link = { collection: "accounts", primaryKey: account, relationshipName: "accountleads_association", relatedCollection: "leads", relatedKey: lead };
  await api.associate(link);
  await refused(api.associate(link), "0x80040237");
  const linked = await api.retrieve({ collection: "accounts", key: account, select: ["name"], expand: [{ property: "accountleads_association", select: ["subject"] }] });
  assert.equal(linked.accountleads_association.length, 1);
  await api.disassociate(link);
  await api.associateSingleValued({ collection: "accounts", primaryKey: account, navigationProperty: "primarycontactid", relatedCollection: "contacts", relatedKey: contact });
  await api.disassociateSingleValued({ collection: "accounts", primaryKey: account, navigationProperty: "primarycontactid" });
});

test("a change set refers to its own rows and fails as a whole", async () => {
  api.startBatch();
  api.create({ collection: "accounts", data: { name: "In a batch" }, contentId: "1" });
  api.create({ collection: "tasks", data: { subject: "t", "regardingobjectid_account_task@odata.bind": "$1" } });
  const answers = await api.executeBatch();
  assert.equal(answers.length, 2);
  api.startBatch();
  api.create({ collection: "accounts", data: { name: "Never there" } });
  api.create({ collection: "accounts", data: { nope: 1 } });
  await assert.rejects(api.executeBatch());
  const found = await api.count({ collection: "accounts", filter: "name eq 'Never there'" });
  assert.equal(found, 0);
});

test("CreateMultiple is a bound action", async () => {
  const target = (name) => ({ "@odata.type": "Microsoft.Dynamics.CRM.account", name });
  const made = await api.callAction({ collection: "accounts", actionName: "Microsoft.Dynamics.CRM.CreateMultiple", action: { Targets: ["p1", "p2", "p3", "p4", "p5"].map(target) } });
  assert.equal(made.Ids.length, 5);
  await refused(api.callAction({ collection: "tasks", actionName: "Microsoft.Dynamics.CRM.CreateMultiple", action: { Targets: [] } }), "0x80040800");
});

test("pages are followed to the end", async () => {
  const all = await api.retrieveAll({ collection: "accounts", select: ["name"], filter: "startswith(name,'p')", orderBy: ["name"], maxPageSize: 2 });
  assert.deepEqual(all.value.map((row) => row.name), ["p1", "p2", "p3", "p4", "p5"]);
  const fetched = await api.fetch({ collection: "accounts", fetchXml: '<fetch top="2"><entity name="account"><attribute name="name"/><filter><condition attribute="name" operator="like" value="p%"/></filter></entity></fetch>' });
  assert.equal(fetched.value.length, 2);
});

test("unknown names and values are refused with the platform's codes", async () => {
  await refused(api.create({ collection: "accounts", data: { nope: 1 } }), "0x80048d19");
  await refused(api.create({ collection: "accounts", data: { accountcategorycode: 77 } }), "0x8004431a");
  await refused(api.retrieveMultiple({ collection: "accounts", select: ["nope"] }), "0x80060888");
});

test("files are uploaded in chunks and come back whole", async () => {
  await api.createAttribute({
    entityKey: "LogicalName='account'",
    data: { "@odata.type": "Microsoft.Dynamics.CRM.FileAttributeMetadata", SchemaName: "new_Doc", MaxSizeInKB: 10240, DisplayName: label("Document") },
  });
  const account = (await api.create({ collection: "accounts", data: { name: "F" }, returnRepresentation: true })).accountid;
  const file = { collection: "accounts", key: account, property: "new_doc" };
  const bytes = Buffer.alloc(5 * 1024 * 1024, "0123456789");
  await api.uploadFile({ ...file, fileName: "numbers.txt", data: bytes });
  const found = await api.downloadFile(file);
  assert.equal(found.fileName, "numbers.txt");
  assert.equal(found.fileSize, bytes.length);
  assert.ok(Buffer.compare(Buffer.from(found.data), bytes) === 0);
  await api.deleteRecord(file);
  const row = await api.retrieve({ collection: "accounts", key: account, select: ["new_doc_name"] });
  assert.equal(row.new_doc_name, null);
});

test("functions and actions are called bound and unbound", async () => {
  const counts = await api.callFunction({ name: "RetrieveTotalRecordCount", parameters: { EntityNames: ["account"] } });
  assert.deepEqual(counts.EntityRecordCountCollection.Keys, ["account"]);
  const lead = (await api.create({ collection: "leads", data: { subject: "s", lastname: "n", companyname: "c" }, returnRepresentation: true })).leadid;
  const made = await api.callAction({ collection: "leads", key: lead, actionName: "Microsoft.Dynamics.CRM.QualifyLead", action: { CreateAccount: true, CreateContact: true, CreateOpportunity: true, Status: 3 } });
  assert.equal(made.value.length, 3);
  const opportunity = (await api.create({ collection: "opportunities", data: { name: "o" }, returnRepresentation: true })).opportunityid;
  await api.callAction({ actionName: "WinOpportunity", action: { Status: 3, OpportunityClose: { subject: "Won", "opportunityid@odata.bind": `/opportunities(${opportunity})` } } });
  const closed = await api.retrieve({ collection: "opportunities", key: opportunity, select: ["statecode"] });
  assert.equal(closed.statecode, 1);
  await refused(api.callAction({ actionName: "NoSuchAction", action: {} }), "0x80060888");
});

test("tables, relationships and choices are made and read", async () => {
  const name = { "@odata.type": "Microsoft.Dynamics.CRM.StringAttributeMetadata", SchemaName: "new_Name", IsPrimaryName: true, MaxLength: 100, DisplayName: label("Name") };
  await api.createEntity({ data: { "@odata.type": "Microsoft.Dynamics.CRM.EntityMetadata", SchemaName: "new_BankAccount", DisplayName: label("Bank account"), DisplayCollectionName: label("Bank accounts"), OwnershipType: "UserOwned", Attributes: [name] } });
  await api.createRelationship({
    data: {
      "@odata.type": "Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata", SchemaName: "new_contact_bankaccount", ReferencedEntity: "contact", ReferencingEntity: "new_bankaccount",
      Lookup: { "@odata.type": "Microsoft.Dynamics.CRM.LookupAttributeMetadata", SchemaName: "new_OwnerContactId", DisplayName: label("Owner") },
    },
  });
  const relationship = await api.retrieveRelationship({ key: "SchemaName='new_contact_bankaccount'", castType: "Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata" });
  assert.equal(relationship.ReferencingEntityNavigationPropertyName, "new_OwnerContactId");
  const contact = (await api.create({ collection: "contacts", data: { lastname: "Holder" }, returnRepresentation: true })).contactid;
  const entity = await api.retrieveEntity({ key: "LogicalName='new_bankaccount'", select: ["EntitySetName", "PrimaryIdAttribute"] });
  const row = await api.create({ collection: entity.EntitySetName, data: { new_name: "b", "new_OwnerContactId@odata.bind": `/contacts(${contact})` }, returnRepresentation: true });
  assert.equal(row._new_ownercontactid_value, contact);
  await api.createGlobalOptionSet({ data: { "@odata.type": "Microsoft.Dynamics.CRM.OptionSetMetadata", Name: "new_colors", IsGlobal: true, OptionSetType: "Picklist", DisplayName: label("Colours"), Options: [{ Value: 100000000, Label: label("Red") }] } });
  const choice = await api.retrieveGlobalOptionSet({ key: "Name='new_colors'", castType: "Microsoft.Dynamics.CRM.OptionSetMetadata" });
  assert.equal(choice.Options[0].Value, 100000000);
});

test("a conditional read answers from the client's copy", async () => {
  const row = await api.create({ collection: "accounts", data: { name: "Cached" }, returnRepresentation: true });
  const same = await api.retrieve({ collection: "accounts", key: row.accountid, select: ["name"], ifnonematch: row["@odata.etag"] });
  assert.ok(!same);
  assert.equal(await api.upsert({ collection: "accounts", key: row.accountid, data: { name: "x" }, ifnonematch: "*" }), null);
  assert.equal(await api.deleteRecord({ collection: "accounts", key: row.accountid, ifmatch: "W/\"1\"" }), false);
});

test("another user may be impersonated", async () => {
  const users = await api.retrieveMultiple({ collection: "systemusers", select: ["fullname"], filter: "domainname eq 'ada.berg@simulated.example'" });
  const ada = users.value[0].systemuserid;
  const row = await api.create({ collection: "accounts", data: { name: "Hers" }, returnRepresentation: true, impersonate: ada });
  assert.equal(row._createdby_value, ada);
});
