// Starts `flitsim salesforce` on a free port; FLITSIM names the binary.

import { spawn } from "node:child_process";
import jsforce from "jsforce";

const binary = process.env.FLITSIM ?? "../../../bin/flitsim";

export async function startSimulator(...options) {
  const child = spawn(binary, ["salesforce", "--port", "0", ...options], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const line = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.stdout.once("data", (data) => resolve(data.toString()));
  });
  const start = JSON.parse(line);
  const connection = new jsforce.Connection({
    instanceUrl: start.url,
    accessToken: start.access_token,
    version: "66.0",
  });
  connection.bulk2.pollInterval = 20;
  connection.bulk2.pollTimeout = 30000;
  return { child, start, connection, stop: () => child.kill("SIGTERM") };
}
