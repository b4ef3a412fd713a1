// How cost grows with the number of records: whole.mjs at each size, as a table and a chart in
// Markdown, which docs/benchmarks.md shows.
//
//   node growth.mjs [--sizes 10000,100000,1000000] [--from FOLDER]
//
// --from: FOLDER holds growth_N.json of runs that were made before (whole.mjs --json).

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { root } from "./stage.mjs";

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "10000,100000,1000000" },
    from: { type: "string", default: "" },
  },
});
const sizes = values.sizes.split(",").map(Number);
const folder = values.from || fs.mkdtempSync(path.join(os.tmpdir(), "flit-growth-"));
const figuresOf = (contacts) => {
  const file = path.join(folder, `growth_${contacts}.json`);
  if (!fs.existsSync(file)) {
    const whole = path.join(root, "bench/migration/whole.mjs");
    const words = [whole, "--contacts", contacts, "--rounds", "1", "--no-peer", "--json", file];
    const ended = spawnSync("node", words.map(String), { stdio: ["ignore", "ignore", "inherit"] });
    if (ended.status !== 0) throw new Error(`${words.join(" ")} ended with ${ended.status}`);
  }
  return JSON.parse(fs.readFileSync(file, "utf8"));
};

/** What a stage took for each record, in µs. */
const stages = {
  inventory: (one) => one.inventory,
  run: (one) => one.ours[0].run,
  reconcile: (one) => one.ours[0].reconcile,
  rollback: (one) => one.ours[0].rollback,
};
const measured = sizes.map((contacts) => ({ records: contacts * 1.1, figures: figuresOf(contacts) }));
const perRecord = (one, stage) => (1e6 * stages[stage](one.figures).seconds) / one.records;
const named = (records) => records.toLocaleString("en");

const lines = [
  `| records | ${Object.keys(stages).map((one) => `${one}, µs a record`).join(" | ")} | peak memory of the run | ledger, bytes a record |`,
  `|---:|${"---:|".repeat(Object.keys(stages).length + 2)}`,
];
for (const one of measured) {
  const { run } = one.figures.ours[0];
  const costs = Object.keys(stages).map((stage) => perRecord(one, stage).toFixed(0));
  lines.push(
    `| ${named(one.records)} | ${costs.join(" | ")} | ${run.memory.toFixed(0)} MB | ${(one.figures.ours[0].ledger / one.records).toFixed(0)} |`,
  );
}
lines.push("", "```mermaid", "xychart-beta", '  title "Time for each record, by how many there are"');
lines.push(`  x-axis [${measured.map((one) => `"${named(one.records)}"`).join(", ")}]`);
lines.push('  y-axis "µs a record" 0 --> 150');
for (const stage of Object.keys(stages))
  lines.push(`  line "${stage}" [${measured.map((one) => perRecord(one, stage).toFixed(0)).join(", ")}]`);
lines.push("```");
process.stdout.write(`${lines.join("\n")}\n`);
