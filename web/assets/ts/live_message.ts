// What the server pushes of a site while somebody watches.
export interface Ranked {
  name: string;
  visitors: number;
}

export interface FeedLine {
  at_ms: number;
  name: string;
  page: string;
  visitor: string;
  source: string;
  country: string;
  city: string;
  device: string;
  browser: string;
}

export interface LiveMessage {
  now: {
    active_now: number;
    current_visitors: number;
    minutes: number[];
    pages: Ranked[];
    sources: Ranked[];
    countries: Ranked[];
  };
  events?: FeedLine[];
  is_whole?: boolean;
}
