export { Footfall, type Options, type SendOptions } from "./client.js";
export { ClientError, NotSent, Refused } from "./errors.js";
export type * from "./operations.js";
export { type Cell, columnsOf, rowsOf, type Table } from "./table.js";
