// How much of what the platform's limits allow a run uses, with time passing faster on both sides.
//
//   node limits.mjs [--contacts N] [--cost 100ms] [--servers 1] [--users 1] [--scale 50]
//                  [--windows 10] [--no-hints]

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { Migration, generate, rowsWritten, simulator, writeUsers } from "./stage.mjs";

const { values } = parseArgs({
  options: {
    contacts: { type: "string", default: "88000" },
    cost: { type: "string", default: "100ms" },
    servers: { type: "string", default: "1" },
    users: { type: "string", default: "1" },
    windows: { type: "string", default: "10" },
    scale: { type: "string", default: "50" },
    "no-hints": { type: "boolean", default: false },
  },
});
const windowSeconds = 300;
const windows = Number(values.windows);
const users = Number(values.users);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "flit-limits-"));
const at = (name) => path.join(folder, name);
const say = (text) => process.stderr.write(`${text}\n`);

const contacts = Number(values.contacts);
await generate(at("data"), { contacts, companies: contacts / 10, deals: 0, activities: 0 });
writeUsers(at("data"), at("users.json"), users);
const source = await simulator("interactive", ["--data", at("data")]);
const common = ["--users", at("users.json"), "--snapshot", at("snapshot")];
if (values["no-hints"]) common.push("--dop-hint", "0");
let target = await simulator("dataverse", common);
const port = Number(new URL(target.url).port);
const further = Array.from({ length: users - 1 }, (_, i) => i + 2);
const migration = new Migration(at("project"), {
  environment: {
    FLIT_TIME_SCALE: values.scale,
    ...Object.fromEntries(further.map((i) => [`FLIT_DEST_CLIENT_ID_${i}`, `flit${i}`])),
  },
});
await migration.init(source, target.url);
migration.loadAsWell(further.map((i) => `FLIT_DEST_CLIENT_ID_${i}`));
say("preparing without limits");
await migration.prepare(source);
await source.stop();
await target.stop();

say(`run: ${values.cost} a row, ${values.servers} server(s), ${users} user(s), time ${values.scale} times faster`);
const limits = ["--limits", "real", "--time-scale", values.scale, "--servers", values.servers, "--cost-per-row", values.cost];
target = await simulator("dataverse", [...common, ...limits], port);
const first = rowsWritten(await target.stats());
const samples = [];
const watch = setInterval(async () => {
  const stats = await target.stats();
  samples.push({ at: stats.elapsed_seconds, rows: rowsWritten(stats) - first, stats });
}, (1000 * windowSeconds) / Number(values.scale) / 30);
const run = await migration.flitstack("run");
clearInterval(watch);
await target.stop();

// From the first row on: what comes before is asked of the ledger, not of the platform.
const begun = samples.find((one) => one.rows > 0);
const last = samples.filter((one) => one.at <= begun.at + windows * windowSeconds).at(-1);
const loading = samples.filter((one) => one.rows < samples.at(-1).rows).at(-1);
const end = loading.at < last.at ? loading : last;
const refusals = (stats) => Object.values(stats.throttled).reduce((sum, count) => sum + count, 0);
const afterFirst = samples.find((one) => one.at > begun.at + windowSeconds) ?? end;
const late = refusals(end.stats) - refusals(afterFirst.stats);
const sent = end.stats.requests - afterFirst.stats.requests;
const best = users * end.stats.best_rows_per_second;  // each user has limits of its own
const reached = (end.rows - begun.rows) / (end.at - begun.at);
process.stdout.write(
  [
    `${((end.at - begun.at) / windowSeconds).toFixed(1)} windows, ${end.rows} rows: ${reached.toFixed(1)} of ${best.toFixed(1)} rows/s, ${((100 * reached) / best).toFixed(1)} %`,
    `refused behind the first window: ${late} of ${sent} requests (${((100 * late) / sent).toFixed(2)} %); inside a Retry-After: ${end.stats.sent_inside_retry_after}`,
    `throttled: ${JSON.stringify(end.stats.throttled)}; run ${run.seconds.toFixed(0)} s, peak ${run.memory.toFixed(0)} MB`,
  ].join("\n") + "\n",
);
if (process.env.FLIT_BENCH_TRACE)
  for (const one of samples) say(`${one.at.toFixed(0)} ${one.rows} ${one.stats.requests} ${JSON.stringify(one.stats.throttled)}`);
fs.rmSync(folder, { recursive: true });
