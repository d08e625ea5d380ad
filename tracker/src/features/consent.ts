import type { Feature } from "../core";
import { openLasting } from "../lasting";

/** A random id kept on the device from `consent(true)` to `consent(false)`; saying yes again keeps both. */
const consent: Feature = openLasting;

export default consent;
