// A bare CreateMultiple loop of dynamics-web-api: no map, no ledger, no way back. It gets the rows
// ready made, and only its own work is timed.

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import readline from "node:readline";
import { root } from "./stage.mjs";

const clients = path.join(root, "tests/clients/dynamics-web-api");
const require = createRequire(path.join(clients, "package.json"));

/** Rows that are held in memory at a time. */
const rowsOfAPortion = 50_000;

/** Loads the rows of `file` in batches of `rows`, `lanes` at a time: rows and seconds. */
export async function load(destination, file, { rows, lanes }) {
  const { DynamicsWebApi } = require("dynamics-web-api");
  const api = new DynamicsWebApi({
    serverUrl: destination.url,
    dataApi: { version: "9.2" },
    onTokenRefresh: async () => destination.access_token,
  });
  let sent = 0;
  let seconds = 0;
  const timed = async (batches, lanes) => {
    const begun = performance.now();
    let next = 0;
    const lane = async () => {
      while (next < batches.length) {
        const { set, targets } = batches[next++];
        await api.callAction({
          collection: set,
          actionName: "Microsoft.Dynamics.CRM.CreateMultiple",
          action: { Targets: targets },
        });
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    seconds += (performance.now() - begun) / 1000;
  };
  // Companies have parents among each other: they go one batch after the other, and before people.
  const flush = async (batches) => {
    await timed(batches.filter((one) => one.set === "accounts"), 1);
    await timed(batches.filter((one) => one.set !== "accounts"), lanes);
  };
  let batches = [];
  let waiting = 0;
  let open = null;
  const close = () => {
    if (open) batches.push(open);
    open = null;
  };
  for await (const line of readline.createInterface({ input: fs.createReadStream(file) })) {
    const { set, body } = JSON.parse(line);
    for (const target of body.Targets) {
      if (open && (open.set !== set || open.targets.length >= rows)) close();
      open ??= { set, targets: [] };
      open.targets.push(target);
      ++sent;
      ++waiting;
    }
    if (waiting >= rowsOfAPortion) {
      close();
      await flush(batches);
      batches = [];
      waiting = 0;
    }
  }
  close();
  await flush(batches);
  return { rows: sent, seconds };
}
