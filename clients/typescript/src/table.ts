import type { Money, QueryAnswer } from "./operations.js";

/** A value of a table. */
export type Cell = string | number | null;

/** Columns of the same length, by name: what Arrow, DuckDB, Observable Plot and data frames take. */
export type Table = Record<string, Cell[]>;

type Row = Record<string, unknown>;

/** The rows of a report or of a query as columns; figures before are `previous_NAME`, money is its amount. */
export function columnsOf(answer: { results: readonly Row[] } | QueryAnswer): Table {
  const rows = "query" in answer ? queryRows(answer) : answer.results.map((row) => flat(row));
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return Object.fromEntries([...names].map((name) => [name, rows.map((row) => row[name] ?? null)]));
}

/** Columns as rows again. */
export function rowsOf(table: Table): Record<string, Cell>[] {
  const names = Object.keys(table);
  const count = names.length ? (table[names[0] as string]?.length ?? 0) : 0;
  return Array.from({ length: count }, (_, index) =>
    Object.fromEntries(names.map((name) => [name, table[name]?.[index] ?? null])),
  );
}

function queryRows({ results, query }: QueryAnswer): Record<string, Cell>[] {
  const names = [...query.dimensions, ...query.metrics];
  return results.map(({ dimensions, metrics }) => {
    const values = [...dimensions, ...metrics];
    return Object.fromEntries(names.map((name, index) => [name, plain(values[index])]));
  });
}

function flat(row: Row): Record<string, Cell> {
  const { previous, ...now } = row;
  const before = Object.entries((previous ?? {}) as Row).map(([name, value]) => [`previous_${name}`, plain(value)]);
  return Object.fromEntries([...Object.entries(now).map(([name, value]) => [name, plain(value)]), ...before]);
}

function plain(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  return typeof value === "object" ? (value as Money).value : (value as Cell);
}
