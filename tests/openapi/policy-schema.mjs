// Makes the JSON schema of policy files out of the OpenAPI document: policy-schema.mjs OPENAPI SCHEMA
// The document speaks OpenAPI 3.0, whose schemas are JSON schemas but for discriminators and formats of numbers.
import { readFileSync, writeFileSync } from "node:fs";

const [openApi, file] = process.argv.slice(2);
const schemas = JSON.parse(readFileSync(openApi, "utf8")).components.schemas;
const taken = new Map();

const convert = (node) => {
  if (Array.isArray(node)) return node.map(convert);
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(Object.entries(node).flatMap(([key, value]) => {
    if (key === "discriminator" || (key === "format" && value === "int64")) return [];
    if (key !== "$ref") return [[key, convert(value)]];
    const name = value.split("/").at(-1);
    take(name);
    return [[key, `#/$defs/${name}`]];
  }));
};

function take(name) {
  if (taken.has(name)) return;
  taken.set(name, null);
  taken.set(name, convert(schemas[name]));
}

take("Policy");
const { description, ...policy } = taken.get("Policy");
taken.delete("Policy");
const schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "CostShare policy",
  description,
  ...policy,
  $defs: Object.fromEntries([...taken].sort(([a], [b]) => (a < b ? -1 : 1))),
};
writeFileSync(file, JSON.stringify(schema, null, 2) + "\n");
