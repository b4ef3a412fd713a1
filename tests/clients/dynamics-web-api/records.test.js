// Drives `flitsim dataverse` with dynamics-web-api through records with rules of their own: deep
// insert, activities, notes, process flows, roles, sharing, merge, bulk delete, grouped rows.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startSimulator } from "./start.js";

let api;
let stop;

before(async () => {
  ({ api, stop } = await startSimulator());
});

after(() => stop?.());

const formatted = "OData.Community.Display.V1.FormattedValue";
const create = async (collection, data, id) =>
  (await api.create({ collection, data, returnRepresentation: true }))[id];
const refused = async (promise, code) =>
  assert.rejects(promise, (error) => {
    assert.equal(error.code, code, error.message);
    return true;
  });

test("related rows are created with their parent, all or none", async () => {
  const account = await create(
    "accounts",
    { name: "Deep", primarycontactid: { lastname: "First", Contact_Tasks: [{ subject: "t" }] } },
    "accountid",
  );
  const row = await api.retrieve({
    collection: "accounts", key: account, select: ["name"],
    expand: [{ property: "primarycontactid", select: ["lastname"], expand: [{ property: "Contact_Tasks", select: ["subject"] }] }],
  });
  assert.equal(row.primarycontactid.Contact_Tasks[0].subject, "t");
  await refused(api.create({ collection: "accounts", data: { name: "None", primarycontactid: { nosuch: 1 } } }), "0x80048d19");
  assert.equal(await api.count({ collection: "accounts", filter: "name eq 'None'" }), 0);
});

test("an activity has parties, is completed and then closed to changes", async () => {
  const contact = await create("contacts", { lastname: "Called" }, "contactid");
  const call = await create(
    "phonecalls",
    { subject: "c", phonecall_activity_parties: [{ "partyid_contact@odata.bind": `/contacts(${contact})`, participationtypemask: 2 }] },
    "activityid",
  );
  const pointer = await api.retrieve({ collection: "activitypointers", key: call, select: ["activitytypecode"] });
  assert.equal(pointer.activitytypecode, "phonecall");
  await api.update({ collection: "phonecalls", key: call, data: { statecode: 1, statuscode: 2 } });
  await refused(api.update({ collection: "phonecalls", key: call, data: { subject: "x" } }), "0x80040230");
});

test("a note brings its document back", async () => {
  const account = await create("accounts", { name: "Noted" }, "accountid");
  const note = await create(
    "annotations",
    { subject: "s", filename: "a.txt", isdocument: true, documentbody: "aGVsbG8=", "objectid_account@odata.bind": `/accounts(${account})` },
    "annotationid",
  );
  const row = await api.retrieve({ collection: "annotations", key: note, select: ["documentbody", "filesize"] });
  assert.equal(row.documentbody, "aGVsbG8=");
  assert.equal(row.filesize, 5);
});

test("a process flow moves stage by stage", async () => {
  const opportunity = await create("opportunities", { name: "o" }, "opportunityid");
  const [instance] = (
    await api.retrieveMultiple({ collection: "opportunitysalesprocesses", select: ["traversedpath"], filter: `_opportunityid_value eq ${opportunity}` })
  ).value;
  const stages = (
    await api.retrieveMultiple({ collection: "processstages", select: ["stagename"], filter: "processid/uniquename eq 'opportunitysalesprocess'", orderBy: ["stagecategory"] })
  ).value;
  const move = (stage) =>
    api.update({
      collection: "opportunitysalesprocesses", key: instance.businessprocessflowinstanceid,
      data: { "activestageid@odata.bind": `/processstages(${stages[stage].processstageid})` },
    });
  await move(1);
  await refused(move(3), "0x80060452");
});

test("a role gets privileges and tells them", async () => {
  const me = await api.callFunction({ name: "WhoAmI" });
  const role = await create("roles", { name: "Made", "businessunitid@odata.bind": `/businessunits(${me.BusinessUnitId})` }, "roleid");
  const [privilege] = (await api.retrieveMultiple({ collection: "privileges", select: ["name"], filter: "name eq 'prvReadAccount'" })).value;
  await api.callAction({
    collection: "roles", key: role, actionName: "Microsoft.Dynamics.CRM.AddPrivilegesRole",
    action: { Privileges: [{ BusinessUnitId: me.BusinessUnitId, Depth: "Global", PrivilegeId: privilege.privilegeid }] },
  });
  const row = await api.retrieve({ collection: "roles", key: role, select: ["name"], expand: [{ property: "roleprivileges_association", select: ["name"] }] });
  assert.deepEqual(row.roleprivileges_association.map((one) => one.name), ["prvReadAccount"]);
});

test("a row is shared, assigned and merged", async () => {
  const [user] = (await api.retrieveMultiple({ collection: "systemusers", select: ["fullname"], filter: "fullname eq 'Ada Berg'" })).value;
  const target = { "@odata.type": "Microsoft.Dynamics.CRM.account", accountid: await create("accounts", { name: "Kept" }, "accountid") };
  const gone = await create("accounts", { name: "Gone", telephone1: "1" }, "accountid");
  const principal = { "@odata.type": "Microsoft.Dynamics.CRM.systemuser", systemuserid: user.systemuserid };
  await api.callAction({ actionName: "GrantAccess", action: { Target: target, PrincipalAccess: { Principal: principal, AccessMask: "ReadAccess" } } });
  await api.update({ collection: "accounts", key: target.accountid, data: { "ownerid@odata.bind": `/systemusers(${user.systemuserid})` } });
  await api.callAction({
    actionName: "Merge",
    action: {
      Target: target, Subordinate: { "@odata.type": "Microsoft.Dynamics.CRM.account", accountid: gone },
      UpdateContent: { "@odata.type": "Microsoft.Dynamics.CRM.account", telephone1: "1" }, PerformParentingChecks: false,
    },
  });
  const kept = await api.retrieve({ collection: "accounts", key: target.accountid, select: ["telephone1", "_ownerid_value"] });
  assert.equal(kept.telephone1, "1");
  assert.equal(kept._ownerid_value, user.systemuserid);
  assert.equal((await api.retrieve({ collection: "accounts", key: gone, select: ["statecode"] })).statecode, 1);
});

test("grouped rows are shown as their columns are", async () => {
  const answer = await api.retrieveMultiple({
    collection: "accounts", apply: "groupby((statecode),aggregate($count as n))", includeAnnotations: "*",
  });
  const active = answer.value.find((row) => row.statecode === 0);
  assert.equal(active[`statecode@${formatted}`], "Active");
  assert.equal(active[`n@${formatted}`], String(active.n));
});

test("a bulk delete is a job that counts", async () => {
  await api.create({ collection: "accounts", data: { name: "Run 17", importsequencenumber: 17 } });
  const condition = { AttributeName: "importsequencenumber", Operator: "Equal", Values: [{ Value: "17", Type: "System.Int32" }] };
  const { JobId } = await api.callAction({
    actionName: "BulkDelete",
    action: {
      JobName: "j", SendEmailNotification: false, ToRecipients: [], CCRecipients: [], RecurrencePattern: "", StartDateTime: "2025-01-01T00:00:00Z",
      QuerySet: [{ EntityName: "account", Criteria: { FilterOperator: "And", Conditions: [condition] } }],
    },
  });
  const [operation] = (await api.retrieveMultiple({ collection: "bulkdeleteoperations", select: ["successcount"], filter: `_asyncoperationid_value eq ${JobId}` })).value;
  assert.equal(operation.successcount, 1);
});

test("a batch that goes on answers every part", async () => {
  api.startBatch();
  api.create({ collection: "accounts", data: { name: "B1" }, inChangeSet: false });
  api.retrieve({ collection: "accounts", key: "00000000-0000-0000-0000-000000000001", select: ["name"] });
  api.create({ collection: "accounts", data: { name: "B2" }, inChangeSet: false });
  const answers = await api.executeBatch({ continueOnError: true });
  assert.deepEqual(answers.map((answer) => answer instanceof Error), [false, true, false]);
  assert.equal(await api.count({ collection: "accounts", filter: "startswith(name,'B')" }), 2);
});
