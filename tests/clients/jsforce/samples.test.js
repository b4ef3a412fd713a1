// Sample data that nobody here wrote is loaded with jsforce and comes back equal.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startSimulator } from "./simulator.js";
import { missing, readCsv, readJson, readMapping } from "./samples.js";

let sim;
let conn;

before(async () => {
  sim = await startSimulator("--schema", "samples.schema.json");
  conn = sim.connection;
});
after(() => sim?.stop());

async function create(object, records) {
  const results = await conn.sobject(object).create(records, { allowRecursive: true });
  const failed = results.find((each) => !each.success);
  assert.equal(failed, undefined, `${object}: ${JSON.stringify(failed?.errors)}`);
  return results.map((each) => each.id);
}

/// A cell as the platform takes it: booleans and numbers of the schema, nothing for nothing.
function value(text, type) {
  if (text === "") return null;
  if (type === "boolean") return text.toLowerCase() === "true";
  if (["double", "currency", "int", "percent"].includes(type)) return Number(text);
  return text;
}

/// Records by id, the fields that were sent.
async function readBack(object, ids, fields) {
  const read = [];
  for (let at = 0; at < ids.length; at += 2000)
    read.push(...(await conn.request({
      method: "POST", url: `/composite/sobjects/${object}`,
      body: JSON.stringify({ ids: ids.slice(at, at + 2000), fields }),
      headers: { "content-type": "application/json" } })));
  return read;
}

/// A new primary contact role unsets the one before; the sample has several for some opportunities.
function afterRules(object, records) {
  if (object !== "OpportunityContactRole") return records;
  return records.map((record, i) => ({
    ...record,
    IsPrimary: record.IsPrimary && !records.slice(i + 1).some(
      (later) => later.IsPrimary && later.OpportunityId === record.OpportunityId),
  }));
}

async function loadAndCompare(object, sent) {
  const ids = await create(object, sent);
  const records = afterRules(object, sent);
  const fields = [...new Set(records.flatMap(Object.keys))];
  const read = await readBack(object, ids, fields);
  records.forEach((record, i) => {
    for (const field of fields)
      assert.deepEqual(read[i][field] ?? null, record[field] ?? null, `${object} ${i} ${field}`);
  });
  return ids;
}

test("npsp-dev-org: 13 related tables", { skip: missing }, async () => {
  const tables = readMapping("npsp-dev-org/mapping.yml");
  const types = Object.fromEntries(
    readCsv("npsp-dev-org/Account_rt_mapping.csv").map((row) => [row.record_type_id, row.developer_name]));
  const described = await conn.sobject("Account").describe();
  const recordType = (id) =>
    described.recordTypeInfos.find((each) => each.developerName === types[id])?.recordTypeId ?? null;
  const idOf = {};
  const loaded = {};
  for (const [name, table] of Object.entries(tables)) {
    const { fields } = await conn.sobject(table.object).describe();
    const typeOf = Object.fromEntries(fields.map((field) => [field.name, field.type]));
    const rows = readCsv(`npsp-dev-org/${name}.csv`);
    const key = "id" in rows[0] ? "id" : "sf_id";
    const records = rows.map((row) => {
      const record = {};
      for (const [field, column] of Object.entries(table.fields))
        record[field] = field === "RecordTypeId" ? recordType(row[column]) : value(row[column].trim(), typeOf[field]);
      for (const [field, target] of Object.entries(table.lookups)) {
        const column = field in rows[0] ? field : field.replace(/__c$/, "");
        if (row[column]) record[field] = idOf[target]?.[row[column]];
      }
      return Object.fromEntries(Object.entries(record).filter(([, each]) => each !== null));
    });
    const ids = await loadAndCompare(table.object, records);
    idOf[name] = Object.fromEntries(rows.map((row, i) => [row[key], ids[i]]));
    loaded[table.object] = ids.length;
  }
  for (const [object, count] of Object.entries(loaded))
    assert.equal((await conn.query(`SELECT COUNT() FROM ${object}`)).totalSize, count, object);
});

for (const tree of ["ebikes", "dreamhouse"])
  test(`${tree}: sObject trees in the order of their plan`, { skip: missing }, async () => {
    const folder = `salesforce-tree-${tree}/`;
    const ids = {};
    for (const step of readJson(folder + "sample-data-plan.json"))
      for (const file of step.files) {
        const records = readJson(folder + file).records.map((record) => Object.fromEntries(
          Object.entries(record).map(([name, each]) =>
            [name, typeof each === "string" && each.startsWith("@") ? ids[each.slice(1)] : each])));
        const answer = await conn.request({
          method: "POST", url: `/composite/tree/${step.sobject}`, body: JSON.stringify({ records }),
          headers: { "content-type": "application/json" } });
        assert.equal(answer.hasErrors, false);
        for (const { referenceId, id } of answer.results) ids[referenceId] = id;
        const fields = [...new Set(records.flatMap(Object.keys))].filter((name) => name !== "attributes");
        const read = await readBack(step.sobject, records.map((each) => ids[each.attributes.referenceId]), fields);
        records.forEach((record, i) => {
          for (const field of fields)
            assert.deepEqual(read[i][field], record[field] ?? read[i][field] ?? null, `${step.sobject} ${field}`);
        });
      }
  });
