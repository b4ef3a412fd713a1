// Runs simulators and commands of the product as a person would, and says what each took.

import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");
const binaries = process.env.FLIT_BENCH_BINARIES ?? path.join(root, "build/bench/bin");
const token = "int_pat_0123456789abcdefghijklmnopqrstuv";

/** CPU seconds that a process has used, of /proc/PID/stat; clock ticks are hundredths. */
export function cpuSeconds(pid) {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** The most memory that a process ever had, in MB. */
export function peakMemory(pid) {
  const line = fs.readFileSync(`/proc/${pid}/status`, "utf8").match(/VmHWM:\s+(\d+)/);
  return line ? Number(line[1]) / 1024 : 0;
}

/** A simulator that is ready; stop() ends it and waits until its snapshot is written. */
export async function simulator(kind, options, port = 0) {
  const child = spawn(path.join(binaries, "flitsim"), [kind, "--port", String(port), ...options], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const line = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`flitsim ${kind} ended with ${code}`)));
    let text = "";
    child.stdout.on("data", (data) => {
      text += data;
      if (text.includes("\n")) resolve(text);
    });
  });
  const start = JSON.parse(line);
  return {
    ...start,
    cpu: () => cpuSeconds(child.pid),
    stats: async () => (await fetch(`${start.url}/__sim/stats`)).json(),
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Seconds from the first to the last request that a simulator was sent while `work` went on; to 20 ms. */
export async function secondsAsked(simulator, work) {
  let requests = (await simulator.stats()).requests;
  let first = 0;
  let last = 0;
  const watch = setInterval(async () => {
    const now = performance.now();
    const count = (await simulator.stats()).requests;
    if (count === requests) return;
    requests = count;
    first ||= now;
    last = now;
  }, 20);
  const done = await work();
  clearInterval(watch);
  return { seconds: (last - first) / 1000, done };
}

/** Writes the records of a simulated source to a folder. */
export async function generate(folder, counts, seed = 1) {
  const told = Object.entries(counts).map(([name, count]) => `${name}=${count}`).join(",");
  await command("flitsim", [
    "interactive", "--generate", told, "--seed", String(seed), "--write", folder,
  ]);
}

/** The people of the destination: the source's active owners, and who takes the rest. */
export function writeUsers(data, file, applications = 1) {
  const users = [];
  for (let i = 0; i < applications; ++i)
    users.push({ name: `Loader ${i}`, email: `flit${i || ""}@simulated.example`, application: true });
  users.push({ name: "Sales Operations", email: "sales.operations@simulated.example" });
  const seen = new Set();
  for (const owner of JSON.parse(fs.readFileSync(path.join(data, "owners.json"), "utf8")).results) {
    const email = owner.email ?? "";
    if (!email || email.endsWith("@elsewhere.example") || !owner.active) continue;
    if (seen.has(email.toLowerCase())) continue;
    seen.add(email.toLowerCase());
    users.push({ name: `${owner.first_name} ${owner.last_name}`, email });
  }
  fs.writeFileSync(file, JSON.stringify(users));
}

/** Runs a binary to its end: seconds, CPU seconds, peak memory in MB, exit code, what it said. */
export async function command(name, args, environment = {}) {
  const begun = performance.now();
  const child = spawn(path.join(binaries, name), args, {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (data) => (said += data));
  child.stderr.on("data", (data) => (said += data));
  let memory = 0;
  let cpu = 0;
  const look = () => {
    try {
      memory = Math.max(memory, peakMemory(child.pid));
      cpu = Math.max(cpu, cpuSeconds(child.pid));
    } catch {
      // it has ended meanwhile
    }
  };
  const watch = setInterval(look, 20);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearInterval(watch);
  return { seconds: (performance.now() - begun) / 1000, cpu, memory, code, said };
}

/** One migration: a project folder and both ends. */
export class Migration {
  constructor(folder, { environment = {}, config = "" } = {}) {
    this.folder = folder;
    this.config = config;
    this.environment = {
      FLIT_SOURCE_TOKEN: token,
      FLIT_DEST_CLIENT_ID: "flit",
      FLIT_DEST_CLIENT_SECRET: "flit",
      ...environment,
    };
  }

  async flitstack(...args) {
    const ended = await command("flitstack", ["--project", this.folder, ...args], this.environment);
    if (ended.code !== 0) throw new Error(`flitstack ${args.join(" ")}: ${ended.code}\n${ended.said}`);
    return ended;
  }

  /** The source has no limits here, and is told so as an operator would. */
  async init(source, destinationUrl) {
    await command("flitstack", [
      "init", "interactive-to-dynamics365", this.folder, "--source-url", `${source.url}/api/v1`,
      "--destination-url", destinationUrl, "--authority", destinationUrl, "--tenant", "simulated",
    ]);
    const file = path.join(this.folder, "flitstack.yaml");
    const text = fs.readFileSync(file, "utf8");
    fs.writeFileSync(
      file,
      text.replace(/^ {2}auth: .*$/m, "$&\n  limits: {per_second: 0, concurrent: 8}") + this.config,
    );
  }

  /** Rows are loaded as these application users besides, whose ids the environment names. */
  loadAsWell(ids) {
    if (ids.length === 0) return;
    const file = path.join(this.folder, "flitstack.yaml");
    const users = ids.map((id) => `    - {client_id: {env: ${id}}, client_secret: {env: FLIT_DEST_CLIENT_SECRET}}\n`);
    const text = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, text.replace(/^ {2}client_secret: .*\n/m, (line) => `${line}  further_users:\n${users.join("")}`));
  }

  /** Everything that comes before a run; what the inventory took, and how long of it the source was read. */
  async prepare(source) {
    const { seconds, done: inventory } = await secondsAsked(source, () => this.flitstack("inventory"));
    inventory.extraction = seconds;
    await this.flitstack("map", "propose");
    await this.flitstack("map", "confirm", "--as", "Bench");
    await this.flitstack("plan");
    await this.flitstack("approve", "plan", "--as", "Bench");
    await this.flitstack("plan", "apply", "--yes");
    await this.flitstack("owners", "--fallback", "sales.operations@simulated.example");
    await this.flitstack("approve", "owners", "--as", "Bench");
    await this.flitstack("preflight");
    await this.flitstack("sample");
    await this.flitstack("diff");
    await this.flitstack("approve", "sample", "--as", "Bench");
    return inventory;
  }

  ledgerBytes() {
    return ["", "-wal"].reduce((sum, end) => {
      const file = path.join(this.folder, `flitstack.db${end}`);
      return sum + (fs.existsSync(file) ? fs.statSync(file).size : 0);
    }, 0);
  }
}

/** Rows that lie in the tables of people and companies and their links, by the simulator's word. */
export function rowsWritten(stats) {
  return Object.values(stats.rows_written).reduce((sum, rows) => sum + rows, 0);
}
