export { Footfall } from "./client.js";
export { ClientError, NotSent, Refused } from "./errors.js";
export { columnsOf, rowsOf } from "./table.js";
