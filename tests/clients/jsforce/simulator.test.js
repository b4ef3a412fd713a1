// Drives `flitsim salesforce` with jsforce: describes, records, collections, external ids, queries page
// by page, files, identity, password login with refresh, errors.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import jsforce from "jsforce";
import { startSimulator } from "./simulator.js";

let sim;
let conn;

before(async () => {
  sim = await startSimulator("--schema", "test.schema.json");
  conn = sim.connection;
});
after(() => sim?.stop());

const refused = (promise, code) =>
  assert.rejects(promise, (error) => {
    assert.equal(error.errorCode ?? error.name, code, error.message);
    return true;
  });

test("the identity is found by way of the resources", async () => {
  const identity = await conn.identity();
  assert.equal(identity.username, "flit@example.com");
  assert.match(identity.organization_id, /^00D\w{15}$/);
});

test("a password logs in, and an ended session is refreshed on the way", async () => {
  const other = new jsforce.Connection({
    oauth2: { loginUrl: sim.start.url, clientId: "flit", clientSecret: "flit" },
    version: "60.0",
  });
  await other.login("flit@example.com", "flitTOKEN");
  other.accessToken = "00D000000000001!ended";
  const limits = await other.request("/limits");
  assert.ok(limits.DailyApiRequests.Max > 0);
});

test("objects are described, one and all", async () => {
  const global = await conn.describeGlobal();
  assert.ok(global.sobjects.some((object) => object.name === "Project__c" && object.custom));
  const account = await conn.sobject("Account").describe();
  const key = account.fields.find((field) => field.name === "Ext__c");
  assert.ok(key.externalId && key.unique && key.length === 64);
  assert.ok(account.childRelationships.some((link) => link.relationshipName === "Projects__r"));
});

test("a record lives and dies", async () => {
  const accounts = conn.sobject("Account");
  const made = await accounts.create({ Name: "Acme", NumberOfEmployees: 7 });
  assert.ok(made.success);
  await accounts.update({ Id: made.id, Phone: "+47 1" });
  const read = await accounts.retrieve(made.id);
  assert.equal(read.Phone, "+47 1");
  assert.equal(read.NumberOfEmployees, 7);
  await accounts.destroy(made.id);
  await refused(accounts.retrieve(made.id), "ENTITY_IS_DELETED");
});

test("external ids create, then change", async () => {
  const accounts = conn.sobject("Account");
  const first = await accounts.upsert({ Name: "One", Ext__c: "E-1" }, "Ext__c");
  const again = await accounts.upsert({ Name: "Uno", Ext__c: "E-1" }, "Ext__c");
  assert.equal(first.created, true);
  assert.equal(again.created, false);
  const many = await accounts.upsert(
    [{ Name: "Two", Ext__c: "E-2" }, { Phone: "2", Ext__c: "E-1" }], "Ext__c");
  assert.deepEqual(many.map((each) => each.created), [true, false]);
  const child = await conn.sobject("Project__c").create({ Account__r: { Ext__c: "E-2" } });
  const project = await conn.sobject("Project__c").retrieve(child.id);
  assert.equal(project.Account__c, many[0].id);
  assert.match(project.Name, /^P-\d{4}$/);
});

test("more than two hundred records go in several calls and come back in pages", async () => {
  const records = Array.from({ length: 2500 }, (_, i) => ({ LastName: `Doe ${i}`, Email: `d${i}@example.com` }));
  const made = await conn.sobject("Contact").create(records, { allowRecursive: true });
  assert.equal(made.filter((each) => each.success).length, 2500);
  const first = await conn.query("SELECT Id FROM Contact");
  assert.equal(first.records.length, 2000);
  assert.equal(first.done, false);
  const rest = await conn.queryMore(first.nextRecordsUrl);
  assert.equal(first.records.length + rest.records.length, 2500);
  const all = await conn.query("SELECT Id, LastName FROM Contact ORDER BY LastName").execute({ autoFetch: true, maxFetch: 5000 });
  assert.equal(all.records?.length ?? all.length, 2500);
  const some = await conn.sobject("Contact").retrieve(made.slice(0, 3).map((each) => each.id));
  assert.equal(some.length, 3);
  const gone = await conn.sobject("Contact").destroy(made.slice(0, 200).map((each) => each.id));
  assert.ok(gone.every((each) => each.success));
});

test("relations are followed up and down", async () => {
  const account = await conn.sobject("Account").create({ Name: "Parent" });
  await conn.sobject("Contact").create([
    { LastName: "A", AccountId: account.id }, { LastName: "B", AccountId: account.id }]);
  const down = await conn.query(
    `SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName DESC) FROM Account WHERE Id = '${account.id}'`);
  assert.deepEqual(down.records[0].Contacts.records.map((each) => each.LastName), ["B", "A"]);
  const up = await conn.sobject("Contact").find({ "Account.Name": "Parent" }, "Id, Account.Name, Owner.Username");
  assert.equal(up[0].Owner.Username, "flit@example.com");
  const count = await conn.query("SELECT AccountId, COUNT(Id) n FROM Contact WHERE AccountId != null GROUP BY AccountId");
  assert.equal(count.records.find((each) => each.AccountId === account.id).n, 2);
});

test("files go in as base64 and come out as bytes", async () => {
  const file = await conn.sobject("ContentVersion").create({
    PathOnClient: "a.txt", VersionData: Buffer.from("bytes").toString("base64") });
  const stream = conn.sobject("ContentVersion").record(file.id).blob("VersionData");
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  assert.equal(Buffer.concat(chunks).toString(), "bytes");
});

test("what changed and what was deleted can be asked for", async () => {
  const start = new Date(Date.now() - 3600 * 1000);
  const end = new Date(Date.now() + 3600 * 1000);
  const updated = await conn.sobject("Account").updated(start, end);
  assert.ok(updated.ids.length > 0);
  const deleted = await conn.sobject("Contact").deleted(start, end);
  assert.equal(deleted.deletedRecords.length, 200);
});

test("refusals carry the platform's codes", async () => {
  await refused(conn.sobject("Account").create({}), "REQUIRED_FIELD_MISSING");
  await refused(conn.query("SELECT Foo FROM Account"), "INVALID_FIELD");
  await refused(conn.query("SELECT Id FROM Foo"), "INVALID_TYPE");
  await refused(conn.query("SELEC"), "MALFORMED_QUERY");
  await refused(conn.sobject("Foo").describe(), "NOT_FOUND");
});
