// Reads the sample data that nobody here wrote (data/samples of the shared folder).

import { existsSync, readFileSync } from "node:fs";

export const samples = new URL("../../../../shared/data/samples/", import.meta.url).pathname;
export const missing = existsSync(samples) ? false : "the sample data is not here";

/// A CSV file as objects, quoted cells and doubled quotes included.
export function readCsv(path) {
  const text = readFileSync(samples + path, "utf8");
  const rows = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; ++i) {
    const c = text[i];
    const row = rows[rows.length - 1];
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') row[row.length - 1] += text[++i];
      else if (c === '"') quoted = false;
      else row[row.length - 1] += c;
    } else if (c === '"') quoted = true;
    else if (c === ",") row.push("");
    else if (c === "\n") rows.push([""]);
    else if (c !== "\r") row[row.length - 1] += c;
  }
  const [names, ...lines] = rows.filter((row) => row.length > 1 || row[0] !== "");
  return lines.map((line) => Object.fromEntries(names.map((name, i) => [name, line[i] ?? ""])));
}

export const readJson = (path) => JSON.parse(readFileSync(samples + path, "utf8"));

/// Tables of the project's own map: object, fields (object's name → column), lookups.
export function readMapping(path) {
  const tables = {};
  let table, part, lookup;
  for (const line of readFileSync(samples + path, "utf8").split("\n")) {
    const text = line.trim();
    const [key, value] = text.split(/:\s*/);
    if (/^\S.*:$/.test(line)) {
      table = tables[key] = { fields: {}, lookups: {} };
      part = undefined;
    }
    else if (key === "sf_object") table.object = value;
    else if (text === "fields:" || text === "lookups:") part = key;
    else if (part === "fields" && value) table.fields[key] = value;
    else if (key === "table" && part === "lookups") table.lookups[lookup] = value;
    else if (part === "lookups" && text) lookup = key;
  }
  return tables;
}
