import type { QueryAnswer } from "./operations.js";
/** A value of a table. */
export type Cell = string | number | null;
/** Columns of the same length, by name: what Arrow, DuckDB, Observable Plot and data frames take. */
export type Table = Record<string, Cell[]>;
type Row = Record<string, unknown>;
/** The rows of a report or of a query as columns; figures before are `previous_NAME`, money is its amount. */
export declare function columnsOf(answer: {
    results: readonly Row[];
} | QueryAnswer): Table;
/** Columns as rows again. */
export declare function rowsOf(table: Table): Record<string, Cell>[];
export {};
