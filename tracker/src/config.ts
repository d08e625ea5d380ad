/**
 * What the server bakes into the script of a site. The names are short because they stand in every copy of it;
 * `src/footfall/collect/script.py` holds the table from the site's options to these.
 */
export interface Config {
  site: string;
  /** URL of the intake; in the served script, relative to the script's own URL. */
  url: string | URL;
  /** Fragments name pages. */
  hash?: boolean;
  /** Do Not Track is respected. */
  dnt?: boolean;
  /** Pages on this very machine are tracked. */
  local?: boolean;
  outbound?: boolean;
  files?: boolean;
}

/** The fields every event of this page carries. */
export interface CommonFields {
  site: string;
  referrer: string;
  screen_width: number;
  timezone: string;
  visitor?: string | undefined;
}
