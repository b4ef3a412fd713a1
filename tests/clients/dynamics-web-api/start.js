// A simulated Dataverse and the client that speaks to it, for one test file.

import { spawn } from "node:child_process";
import { DynamicsWebApi } from "dynamics-web-api";

/** Starts the binary that FLITSIM names; stop() ends it. */
export async function startSimulator() {
  const binary = process.env.FLITSIM ?? "../../../bin/flitsim";
  const child = spawn(binary, ["dataverse", "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
  const line = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.stdout.once("data", (data) => resolve(data.toString()));
  });
  const start = JSON.parse(line);
  const api = new DynamicsWebApi({
    serverUrl: start.url,
    dataApi: { version: "9.2" },
    onTokenRefresh: async () => start.access_token,
  });
  return { api, start, stop: () => child.kill("SIGTERM") };
}

export const label = (text) => ({ LocalizedLabels: [{ Label: text, LanguageCode: 1033 }] });
