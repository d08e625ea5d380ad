// The types and the table of operations of the TypeScript client, from the OpenAPI description: node
// scripts/typescript-client.mjs openapi.json clients/typescript/src/operations.ts
import { readFileSync, writeFileSync } from "node:fs";

const [, , from, to] = process.argv;
const document = JSON.parse(readFileSync(from, "utf8"));
const JSON_TYPE = "application/json";
const FILE_TYPE = "application/octet-stream";

const NAMED_TYPES = { integer: "number", number: "number", string: "string", boolean: "boolean", null: "null" };

/** A schema as a type. */
function typeOf(schema) {
  if (schema === false) return "never";
  if (schema.$ref) return schema.$ref.split("/").at(-1);
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  if ("const" in schema) return JSON.stringify(schema.const);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return union(choices.map(typeOf));
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => typeOf({ ...schema, type })));
  if (schema.type === "array") return arrayType(schema);
  if (schema.type === "object") return objectType(schema);
  return NAMED_TYPES[schema.type] ?? "unknown";
}

const union = (types) => [...new Set(types)].join(" | ") || "never";

function arrayType({ prefixItems, minItems = 0, items }) {
  if (!prefixItems) return `Array<${typeOf(items ?? {})}>`;
  return `[${prefixItems.map((item, index) => typeOf(item) + (index < minItems ? "" : "?")).join(", ")}]`.replaceAll(
    / \| ([^,\]]+)\?/g,
    " | $1?",
  );
}

function objectType({ properties, required = [], additionalProperties }) {
  if (!properties) {
    return `Record<string, ${additionalProperties ? typeOf(additionalProperties) : "unknown"}>`;
  }
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${JSON.stringify(name)}${required.includes(name) ? "" : "?"}: ${typeOf(schema)};`,
  );
  return `{ ${fields.join(" ")} }`;
}

const commentOf = (text) => (text ? `/** ${text.replaceAll("*/", "*\\/").replaceAll(/\s+/g, " ")} */\n` : "");

function operations() {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
  );
  return all.filter((operation) => JSON_TYPE in answerOf(operation));
}

const answerOf = ({ responses }) => Object.entries(responses).find(([status]) => status < 300)[1].content;

function parametersType(parameters) {
  const fields = parameters.map(
    ({ name, required, schema, description }) =>
      `${commentOf(description)}${JSON.stringify(name)}${required ? "" : "?"}: ${typeOf(schema)};`,
  );
  return fields.length ? `{ ${fields.join("\n")} }` : "Record<never, never>";
}

const bodyType = (content) => (FILE_TYPE in content ? "Blob" : typeOf(content[JSON_TYPE].schema));

function operationType(operation) {
  const body = operation.requestBody ? bodyType(operation.requestBody.content) : "undefined";
  const answer = typeOf(answerOf(operation)[JSON_TYPE].schema);
  return `${commentOf(operation.summary)}${operation.operationId}: {
  parameters: ${parametersType(operation.parameters)};
  body: ${body};
  answer: ${answer};
};`;
}

function operationRow({ operationId, method, path, parameters }) {
  const query = parameters.filter((parameter) => parameter.in === "query").map((parameter) => parameter.name);
  return `${operationId}: ${JSON.stringify({ method, path, query })},`;
}

const schemas = Object.entries(document.components.schemas)
  .map(([name, schema]) => `${commentOf(schema.description)}export type ${name} = ${typeOf(schema)};`)
  .join("\n\n");

writeFileSync(
  to,
  `// Made by \`make clients\` from Footfall's OpenAPI description; changes here are overwritten.

${schemas}

/** What each operation takes and answers. */
export interface Operations {
${operations().map(operationType).join("\n")}
}

export type OperationName = keyof Operations;

/** Where each operation is. */
export const OPERATIONS: Record<OperationName, { method: string; path: string; query: readonly string[] }> = {
${operations().map(operationRow).join("\n")}
};
`,
);
