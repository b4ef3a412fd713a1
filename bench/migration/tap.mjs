// Stands between the product and the destination and writes down every CreateMultiple, so that a
// peer can be given the same rows.

import fs from "node:fs";
import http from "node:http";

/** Listens on `port`. `file`: one line for each request, {"set": "contacts", "targets": […]}. */
export async function tap(target, file, port) {
  const out = fs.createWriteStream(file);
  const url = new URL(target);
  const agent = new http.Agent({ keepAlive: true });
  const server = http.createServer((request, response) => {
    const body = [];
    request.on("data", (data) => body.push(data));
    request.on("end", () => {
      const bytes = Buffer.concat(body);
      const set = request.url.match(/\/(\w+)\/Microsoft\.Dynamics\.CRM\.CreateMultiple$/);
      if (set) out.write(`{"set":"${set[1]}","body":${bytes.toString("utf8")}}\n`);
      const passed = http.request(
        { agent, host: url.hostname, port: url.port, method: request.method, path: request.url,
          headers: request.headers },  // with our host: pages link to where they were asked for
        (answer) => {
          response.writeHead(answer.statusCode, answer.rawHeaders);
          answer.pipe(response);
        },
      );
      passed.end(bytes);
    });
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    stop: async () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await new Promise((resolve) => out.end(resolve));
    },
  };
}
