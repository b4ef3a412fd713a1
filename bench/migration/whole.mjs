// Every stage of a migration of N contacts and N/10 companies against simulators without limits,
// and the same rows through a bare CreateMultiple loop of dynamics-web-api.
//
//   node whole.mjs [--contacts N] [--rounds N] [--rows N] [--lanes N] [--keep FOLDER]

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import * as peer from "./peer.mjs";
import { Migration, generate, rowsWritten, simulator, writeUsers } from "./stage.mjs";
import { tap } from "./tap.mjs";

const { values } = parseArgs({
  options: {
    contacts: { type: "string", default: "100000" },
    rounds: { type: "string", default: "3" },
    rows: { type: "string", default: "1000" },
    lanes: { type: "string", default: "8" },
    "no-peer": { type: "boolean", default: false },
    json: { type: "string", default: "" },
  },
});
const contacts = Number(values.contacts);
const rows = Number(values.rows);
const lanes = Number(values.lanes);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "flit-bench-"));
const at = (name) => path.join(folder, name);
const say = (text) => process.stderr.write(`${text}\n`);
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
/** The destination as it was before the run, from its snapshot. */
async function destination(state, port = 0) {
  fs.copyFileSync(at("ready.snapshot"), at(`${state}.snapshot`));
  return simulator("dataverse", ["--users", at("users.json"), "--snapshot", at(`${state}.snapshot`)], port);
}

async function prepared() {
  say(`generating ${contacts} contacts and ${contacts / 10} companies`);
  await generate(at("data"), { contacts, companies: contacts / 10, deals: 0, activities: 0 });
  writeUsers(at("data"), at("users.json"));
  const source = await simulator("interactive", ["--data", at("data")]);
  const target = await simulator("dataverse", ["--users", at("users.json"), "--snapshot", at("ready.snapshot")]);
  const migration = new Migration(at("project"), { config: `\nload: {lanes: ${lanes}}\n` });
  await migration.init(source, target.url);
  say("reading the source, mapping, setting up, moving the sample");
  const inventory = await migration.prepare(source);
  const cpu = { product: inventory.cpu, simulator: source.cpu() };
  await source.stop();
  await target.stop();
  fs.cpSync(at("project"), at("ready"), { recursive: true });
  return { migration, inventory, cpu, port: Number(new URL(target.url).port) };
}

function restore() {
  fs.rmSync(at("project"), { recursive: true });
  fs.cpSync(at("ready"), at("project"), { recursive: true });
}

/** One whole run behind the sample, and what comes after it. */
async function round({ migration, port }, last) {
  restore();
  const target = await destination("now", port);
  const before = rowsWritten(await target.stats());
  const cpuBefore = target.cpu();
  const run = await migration.flitstack("run");
  const stats = await target.stats();
  const result = {
    run, rows: rowsWritten(stats) - before, requests: stats.requests, simulator: target.cpu() - cpuBefore,
    ledger: migration.ledgerBytes(),
  };
  result.again = await migration.flitstack("run");
  if (last) {
    result.reconcile = await migration.flitstack("reconcile");
    result.rollback = await migration.flitstack("rollback", "--yes");
  }
  await target.stop();
  return result;
}

/** The rows that a run sends, written down by a proxy. */
async function record({ migration, port }) {
  restore();
  const target = await destination("tapped");
  const proxy = await tap(target.url, at("rows.jsonl"), port);
  await migration.flitstack("run");
  await proxy.stop();
  await target.stop();
}

async function bare(lanes) {
  const target = await destination("peer");
  const begun = target.cpu();
  const loaded = await peer.load(target, at("rows.jsonl"), { rows, lanes });
  const simulated = target.cpu() - begun;
  await target.stop();
  return { ...loaded, simulator: simulated };
}

const ready = await prepared();
if (!values["no-peer"]) {
  say("writing down the rows for the peer");
  await record(ready);
}
const ours = [];
const theirs = [];  // as many requests at a time as the product
const loops = [];  // one after the other, as a bare loop does
for (let i = 0; i < Number(values.rounds); ++i) {
  say(`round ${i + 1}`);
  ours.push(await round(ready, i + 1 === Number(values.rounds)));
  if (values["no-peer"]) continue;
  loops.push(await bare(1));
  theirs.push(await bare(lanes));
}

const last = ours.at(-1);
const records = contacts * 1.1;
const figures = [];
const figure = (what, unit, list) => figures.push({ what, unit, list });
const per = (list, part) => list.map((one) => (1e6 * part(one)) / one.rows);
const scale = `${contacts} contacts`;
figure(`${scale}: run`, "rows/s", ours.map((one) => one.rows / one.run.seconds));
if (theirs.length > 0) {
  for (const [how, peers] of [["a bare loop", loops], [`${lanes} at a time`, theirs]]) {
    figure(`${scale}: dynamics-web-api, ${how}`, "rows/s", peers.map((one) => one.rows / one.seconds));
    figure(`${scale}: run ÷ dynamics-web-api, ${how}`, "×",
      ours.map((one, i) => one.rows / one.run.seconds / (peers[i].rows / peers[i].seconds)));
  }
  figure(`${scale}: simulator's CPU under dynamics-web-api`, "µs/row", per(theirs, (one) => one.simulator));
}
figure(`${scale}: simulator's CPU under the run`, "µs/row", per(ours, (one) => one.simulator));
figure(`${scale}: CPU of the run`, "µs/row", per(ours, (one) => one.run.cpu));
figure(`${scale}: peak memory of the run`, "MB", ours.map((one) => one.run.memory));
figure(`${scale}: run ÷ a run with nothing to do`, "×", ours.map((one) => one.run.seconds / one.again.seconds));
figure(`${scale}: the same, CPU`, "×", ours.map((one) => one.run.cpu / Math.max(0.01, one.again.cpu)));
figure(`${scale}: run`, "records/s", [records / last.run.seconds]);
figure(`${scale}: reading the source`, "records/s", [records / ready.inventory.extraction]);
figure(`${scale}: inventory, reading and profile`, "records/s", [records / ready.inventory.seconds]);
figure(`${scale}: reconcile`, "rows/s", [last.rows / last.reconcile.seconds]);
figure(`${scale}: rollback`, "rows/s", [last.rows / last.rollback.seconds]);
figure(`${scale}: peak memory of the reconciliation`, "MB", [last.reconcile.memory]);
figure(`${scale}: peak memory of the rollback`, "MB", [last.rollback.memory]);
figure(`${scale}: ledger`, "bytes/record", [last.ledger / records]);
// The hook of script/bench: what, unit, least, middle, greatest.
for (const { what, unit, list } of figures)
  process.stdout.write(`${[what, unit, Math.min(...list), median(list), Math.max(...list)].join("\t")}\n`);
if (values.json)
  fs.writeFileSync(values.json, JSON.stringify({ contacts, ours, loops, theirs, inventory: ready.inventory }, (key, value) => (key === "said" ? undefined : value), 1));
fs.rmSync(folder, { recursive: true });
