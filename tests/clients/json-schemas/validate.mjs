// validate.mjs SCHEMAS DOCUMENTS: every DOCUMENTS/<name>*.json against SCHEMAS/<name>.schema.json.
// Prints one line for each document that is not as promised; the exit code is how many there are.

import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';

const [schemas, documents] = process.argv.slice(2);
const ajv = new Ajv2020({allErrors: true, strictTypes: false});
let wrong = 0;
for (const file of readdirSync(documents).filter((name) => name.endsWith('.json'))) {
  const shape = file.replace(/(@.*)?\.json$/, '');
  const validate = ajv.compile(JSON.parse(readFileSync(join(schemas, `${shape}.schema.json`), 'utf8')));
  if (validate(JSON.parse(readFileSync(join(documents, file), 'utf8')))) continue;
  ++wrong;
  console.log(`${file}: ${ajv.errorsText(validate.errors)}`);
}
process.exit(wrong);
