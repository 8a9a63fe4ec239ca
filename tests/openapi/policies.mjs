// Validates every shipped policy against the JSON schema, and the schema against broken ones: it must refuse those.
import { readdirSync, readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const ajv = new Ajv({ allErrors: true, strict: true });
addFormats(ajv);
const validate = ajv.compile(read("../../docs/policy.schema.json"));

let failures = 0;
const files = readdirSync(new URL("../../policies/", import.meta.url)).filter((name) => name.endsWith(".json"));
for (const name of files) {
  if (validate(read(`../../policies/${name}`))) continue;
  failures++;
  console.error(`${name} breaks the schema: ${ajv.errorsText(validate.errors)}`);
}

const breaks = {
  "a kind that is not known": (policy) => { policy.kind = "tax"; },
  "a member that is not known": (policy) => { policy.versions[0].colour = "red"; },
  "no source": (policy) => { delete policy.versions[0].references; },
  "a grade that is not known": (policy) => { policy.versions[0].certainty = "sure"; },
  "a day that is none": (policy) => { policy.versions[0].from = "2020-02-30"; },
  "half a fen": (policy) => { policy.versions[0].parts[0].capFen = 0.5; },
  "more than the whole": (policy) => { policy.versions[0].parts[0].amount.percent = 101; },
  "a sentence without English": (policy) => { delete policy.name.en; },
};
for (const [what, spoil] of Object.entries(breaks)) {
  const policy = read("../../policies/shanghai-lift.json");
  spoil(policy);
  if (!validate(policy)) continue;
  failures++;
  console.error(`The schema accepts ${what}.`);
}

// The table of the README names every policy, in its first column, and no other.
const table = readFileSync(new URL("../../policies/README.md", import.meta.url), "utf8");
const listed = [...table.matchAll(/^\| `([a-z0-9-]+)` \| [^|]+ \| [^|]+ \| [0-9-]+ \|/gm)].map((row) => `${row[1]}.json`);
for (const name of new Set([...files, ...listed])) {
  if (files.includes(name) && listed.includes(name)) continue;
  failures++;
  console.error(`${name} stands in policies/ or in the table of its README, but not in both.`);
}

console.log(`${files.length} policies, ${failures} failures`);
process.exit(failures === 0 && files.length > 0 ? 0 : 1);
