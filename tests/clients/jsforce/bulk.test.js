// Bulk 2.0, Bulk 1.0, metadata, Tooling and streaming queries, as jsforce sends them (§9.1).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startSimulator } from "./simulator.js";

let sim;
let conn;

before(async () => {
  sim = await startSimulator();
  conn = sim.connection;
  conn.bulk.pollInterval = conn.bulk2.pollInterval = 50;
});
after(() => sim?.stop());

const accounts = (prefix, count) =>
  Array.from({ length: count }, (_, i) => ({
    Name: `${prefix} ${i}, "quoted"`,
    NumberOfEmployees: i,
    Industry: i % 2 ? "Energy" : null,
  }));

test("bulk2 loads, tells failures apart and reads back", async () => {
  const input = [...accounts("Two", 500), { Name: "", NumberOfEmployees: 1, Industry: null }];
  const results = await conn.bulk2.loadAndWaitForResults({
    object: "Account",
    operation: "insert",
    input,
  });
  assert.equal(results.successfulResults.length, 500);
  assert.equal(results.failedResults.length, 1);
  assert.match(results.failedResults[0].sf__Error, /^REQUIRED_FIELD_MISSING:/);
  assert.equal(results.unprocessedRecords.length, 0);
  const echoed = results.successfulResults.find((row) => row.NumberOfEmployees === "7");
  assert.equal(echoed.Name, 'Two 7, "quoted"');
  assert.match(echoed.sf__Id, /^001\w{15}$/);

  const stream = await conn.bulk2.query(
    "SELECT Id, Name, Industry FROM Account WHERE Name LIKE 'Two%'",
  );
  const rows = await stream.toArray();
  assert.equal(rows.length, 500);
  assert.equal(rows.filter((row) => row.Industry === "Energy").length, 250);
});

test("bulk 1.0 loads in input order and queries", async () => {
  const input = accounts("One", 20);
  const results = await conn.bulk.load("Account", "insert", input);
  assert.equal(results.length, 20);
  assert.ok(results.every((row) => row.success && row.id));
  const rows = await (await conn.bulk.query("SELECT Name FROM Account WHERE Name LIKE 'One%'")).toArray();
  assert.equal(rows.length, 20);
});

test("a streaming query reads page after page", async () => {
  await conn.bulk2.loadAndWaitForResults({
    object: "Account",
    operation: "insert",
    input: accounts("Many", 4500),
  });
  const names = new Set();
  await new Promise((resolve, reject) => {
    conn
      .query("SELECT Name FROM Account WHERE Name LIKE 'Many%'")
      .on("record", (record) => names.add(record.Name))
      .on("end", resolve)
      .on("error", reject)
      .run({ autoFetch: true, maxFetch: 10000 });
  });
  assert.equal(names.size, 4500);
});

test("metadata and Tooling make fields; a permission set shows them", async () => {
  const made = await conn.metadata.create("CustomField", {
    fullName: "Account.Legacy_Id__c",
    label: "Legacy Id",
    type: "Text",
    length: 64,
    externalId: true,
    unique: true,
  });
  assert.ok(made.success, JSON.stringify(made));
  const tooled = await conn.tooling.sobject("CustomField").create({
    FullName: "Account.Score__c",
    Metadata: { label: "Score", type: "Number", precision: 18, scale: 0 },
  });
  assert.ok(tooled.success);
  const names = async () => (await conn.sobject("Account").describe()).fields.map((f) => f.name);
  assert.ok(!(await names()).includes("Legacy_Id__c"));

  const upserted = await conn.metadata.upsert("PermissionSet", {
    fullName: "Migration",
    label: "Migration",
    fieldPermissions: [
      { field: "Account.Legacy_Id__c", editable: true, readable: true },
      { field: "Account.Score__c", editable: true, readable: true },
    ],
  });
  assert.ok(upserted.success, JSON.stringify(upserted));
  const set = await conn.query("SELECT Id FROM PermissionSet WHERE Name = 'Migration'");
  const { user_id: AssigneeId } = await conn.request("/services/oauth2/userinfo");
  await conn
    .sobject("PermissionSetAssignment")
    .create({ AssigneeId, PermissionSetId: set.records[0].Id });
  assert.ok((await names()).includes("Legacy_Id__c"));

  const loaded = await conn.bulk2.loadAndWaitForResults({
    object: "Account",
    operation: "upsert",
    externalIdFieldName: "Legacy_Id__c",
    input: [{ Legacy_Id__c: "L-1", Name: "Keyed", Score__c: 3 }],
  });
  assert.equal(loaded.successfulResults[0].sf__Created, "true");
});

test("metadata is described, listed, read, retrieved, and deployed to another org", async () => {
  const { metadataObjects } = await conn.metadata.describe("66.0");
  assert.ok(metadataObjects.some((type) => type.xmlName === "CustomObject"));
  const listed = await conn.metadata.list([{ type: "CustomField" }], "66.0");
  assert.ok(listed.some((each) => each.fullName === "Account.Score__c"));
  const field = await conn.metadata.read("CustomField", "Account.Legacy_Id__c");
  assert.equal(field.length, 64);
  assert.equal(String(field.externalId), "true");

  conn.metadata.pollInterval = 20;
  const retrieved = await conn.metadata
    .retrieve({
      apiVersion: "66.0",
      singlePackage: true,
      unpackaged: {
        types: [
          { name: "CustomField", members: ["Account.Legacy_Id__c", "Account.Score__c"] },
          { name: "PermissionSet", members: ["Migration"] },
        ],
        version: "66.0",
      },
    })
    .complete();
  assert.equal(retrieved.status, "Succeeded");

  const other = await startSimulator();
  try {
    other.connection.metadata.pollInterval = 20;
    const deployed = await other.connection.metadata
      .deploy(Buffer.from(retrieved.zipFile, "base64"), { singlePackage: true, rollbackOnError: true })
      .complete(true);
    assert.equal(deployed.status, "Succeeded", JSON.stringify(deployed.details));
    assert.equal(Number(deployed.numberComponentsDeployed), 3);
    const fields = await other.connection.metadata.list([{ type: "CustomField" }], "66.0");
    assert.equal(fields.length, 2);
  } finally {
    other.stop();
  }
});

test("records merge, and a conversion makes three of a lead", async () => {
  const [kept, gone] = await conn
    .sobject("Account")
    .create([{ Name: "Kept" }, { Name: "Gone", Phone: "1" }]);
  await conn.sobject("Contact").create({ LastName: "Moves", AccountId: gone.id });
  const merged = await conn.soap.merge([
    { masterRecord: { type: "Account", Id: kept.id }, recordToMergeIds: [gone.id] },
  ]);
  assert.ok([].concat(merged)[0].success, JSON.stringify(merged));
  const contacts = await conn.query("SELECT AccountId FROM Contact WHERE LastName = 'Moves'");
  assert.equal(contacts.records[0].AccountId, kept.id);

  const lead = await conn.sobject("Lead").create({ LastName: "Berg", Company: "Acme" });
  const converted = await conn.soap.convertLead([
    { leadId: lead.id, convertedStatus: "Closed - Converted" },
  ]);
  assert.match([].concat(converted)[0].accountId, /^001/);
});

test("errors of a query carry the platform’s code", async () => {
  await assert.rejects(conn.bulk2.query("SELECT Nope FROM Account"), { name: "INVALID_FIELD" });
  await assert.rejects(conn.query("SELECT Nope FROM Account"), { name: "INVALID_FIELD" });
});
