/** A note on days. */
export type Annotation = {
    id: number;
    text: string;
    type: string;
    from: string;
    to: string;
};
/** What to change of a note; what is left out stays. */
export type AnnotationChanges = {
    text?: string;
    from?: string;
    to?: string;
};
/** The notes a caller sees. */
export type Annotations = {
    annotations: Array<Annotation>;
};
/** The question with its defaults filled in; it can be asked again. */
export type AskedQuery = {
    site_id: string;
    metrics: Array<string>;
    date_range: Array<string>;
    filters: Array<unknown>;
    dimensions: Array<string>;
    order_by: Array<unknown>;
    include: Record<string, unknown>;
    pagination: Record<string, number>;
};
/** Who did what. */
export type AuditEntries = {
    results: Array<Entry>;
    meta: AuditMeta;
};
/** Which page of the audit log this is, and how many entries there are. */
export type AuditMeta = {
    page: number;
    limit: number;
    total_rows: number;
};
/** How often a page was viewed. */
export type Badge = {
    views: number;
    text: string;
};
/** Up to 1,000 events of a site, which is named by domain or public id. */
export type Batch = {
    site: string;
    events: Array<Event>;
};
/** The row of the other range that belongs to a row, and the change since in percent, of rates in points. */
export type ComparedRow = {
    dimensions: Array<string>;
    metrics: Array<number | Money | null>;
    change: Array<number | null>;
};
/** That a visitor agreed, or does not any more. */
export type Consent = {
    site: string;
    visitor: string;
    given: boolean;
    text?: string;
};
/** A goal that was reached. */
export type Conversion = {
    at_ms: number;
    goal: string;
};
/** How many visits saw a page, with commas. */
export type Counter = {
    count: string;
    count_unique: string;
};
/** What one machine read. */
export type Crawler = {
    name: string;
    vendor: string;
    kind: string;
    views: number;
    pages: number;
    last_seen_at: string;
};
/** The machines that read a site between two moments. */
export type Crawlers = {
    first_at: string;
    end_at: string;
    crawlers: Array<Crawler>;
};
/** It is there. */
export type Created = {
    created: boolean;
};
/** An address and its password, and a code where one is needed; the code alone where it was asked for. */
export type Credentials = {
    email?: string;
    password?: string;
    code?: string;
};
/** It is gone; ``deleted`` is the text `true`. */
export type Deleted = {
    deleted: string;
};
/** An event that was refused: its place among those sent, and the reason. */
export type Drop = {
    index: number;
    reason: string;
};
/** The token of the session's forms. */
export type EndedSession = {
    form_token?: string;
};
/** One entry; the fields are the columns of an export. */
export type Entry = {
    id: number;
    at: string;
    action: string;
    subject_id: number | null;
    detail: Record<string, unknown>;
    actor: string;
    via: string;
    network: string;
    subject?: string;
    site?: string;
    team?: string;
};
/** How many events are gone, and folders with copies that an earlier restore moved aside. */
export type Erased = {
    erased_events: number;
    copies_left: Array<string>;
};
/** An error of Footfall's own routes. */
export type Error = {
    error: ErrorBody;
};
/** What is wrong and what to do, and the field that is to blame where there is one. */
export type ErrorBody = {
    code: string;
    message: string;
    field?: string;
};
/** One event; all but `name` and `url` may be left out. */
export type Event = {
    name: string | number;
    url: string;
    id?: string | null;
    site?: string | null;
    referrer?: string | null;
    timestamp?: string | number | null;
    visitor?: string | null;
    ip?: string | null;
    user_agent?: string | null;
    props?: Record<string, unknown> | null;
    interactive?: boolean;
    revenue?: WireRevenue | null;
    engagement_time_ms?: number | null;
    scroll_depth?: number | null;
    screen_width?: number | null;
    language?: string | null;
    timezone?: string | null;
    country?: string | null;
    region?: string | null;
    city?: string | null;
    browser?: string | null;
    browser_version?: string | null;
    os?: string | null;
    os_version?: string | null;
    device?: string | null;
    source?: string | null;
    channel?: string | null;
    utm_source?: string | null;
    utm_medium?: string | null;
    utm_campaign?: string | null;
    utm_content?: string | null;
    utm_term?: string | null;
};
/** What an event of this name means. */
export type EventDescription = {
    name: string;
    description?: string;
};
/** An event; ``at_ms`` is UTC milliseconds since 1970, ``source`` where the visit came from. */
export type FeedLine = {
    at_ms: number;
    name: string;
    page: string;
    visitor: string;
    source: string;
    country: string;
    city: string;
    device: string;
    browser: string;
    os: string;
};
/** A goal: an event, a page, or how far down a page; ``domain`` is told of one just added. */
export type Goal = {
    id: string;
    goal_type: string;
    display_name: string;
    event_name: string | null;
    page_path: string | null;
    custom_props: Record<string, string>;
    scroll_threshold?: number;
    domain?: string;
};
/** A page of goals. */
export type Goals = {
    goals: Array<Goal>;
    meta: Neighbours;
};
/** Who sees a site, or is invited to; the link stands there only where no mail could take it. */
export type Guest = {
    email: string;
    role: string;
    status: string;
    accepted: boolean;
    invitation_url?: string;
};
/** A page of guests. */
export type Guests = {
    guests: Array<Guest>;
    meta: Neighbours;
};
/** The process lives. */
export type Health = {
    status: string;
};
/** Who a visitor is, as the site says. */
export type Identity = {
    site: string;
    user: string;
    traits?: Record<string, unknown>;
};
/** One import, with its first and its last day. */
export type Import = {
    id: number;
    origin: string;
    from: string;
    to: string;
    rows: number;
    imported_at: string;
};
/** The imports of a site. */
export type Imports = {
    imports: Array<Import>;
};
/** How many were kept; 0 where the header `X-Footfall-Dropped` tells why. */
export type Kept = {
    accepted: number;
};
/** A site in a list. */
export type ListedSite = {
    domain: string;
    timezone: string;
    public_id: string;
};
/** People who share sites; every team may use the API. */
export type ListedTeam = {
    id: string;
    name: string;
    api_available: boolean;
};
/** What happens right now; `events` and `is_whole` are told to members of the site only. */
export type Live = {
    now: Snapshot;
    conversions: Array<Conversion>;
    events?: Array<FeedLine>;
    is_whole?: boolean;
};
/** Why a metric could not be told. */
export type MetricWarning = {
    code: string;
    warning: string;
};
/** An amount: as a number, and written for a narrow place and to the cent. */
export type Money = {
    value: number;
    currency: string;
    short: string;
    long: string;
};
/** A month as 2026-11, and how many views it had. */
export type MonthOfViews = {
    month: string;
    views: number;
};
/** A link as Plausible's clients read it. */
export type NamedLink = {
    name: string;
    url: string;
};
/** Where the pages next to this one begin; None where there is none. */
export type Neighbours = {
    after: string | null;
    before: string | null;
    limit: number;
};
/** A note on days: its text, the first and the last day, and who sees it: `personal` or `site`. */
export type NewAnnotation = {
    text: string;
    from: string;
    to?: string | null;
    type?: string;
};
/** A goal to find or make: `event` with its name, `page` or `scroll` with a path. */
export type NewGoal = {
    site_id: string;
    goal_type: string;
    event_name?: string;
    page_path?: string;
    display_name?: string;
    scroll_threshold?: number;
    custom_props?: Record<string, string>;
};
/** A link to make. */
export type NewLink = {
    name: string;
    password?: string | null;
    segment_id?: number | null;
    embedded_by?: Array<string>;
    expires_at?: string | null;
};
/** Filters, the name they get, and who sees them: `personal` or `site`. */
export type NewSegment = {
    name: string;
    filters: Array<unknown>;
    type?: string;
};
/** What to keep out: `address`, `country`, `page` or `hostname`. */
export type NewShield = {
    kind: string;
    value: string;
    label?: string;
};
/** A site to make. */
export type NewSite = {
    domain: string;
    timezone?: string;
    team_id?: string;
    tracker_script_configuration?: TrackerOptions;
};
/** A property to name. */
export type NewSiteProperty = {
    site_id: string;
    property: string;
};
/** What an owner should know. */
export type OwnerWarning = {
    code: string;
    warning: string;
};
/** What to change of a property. */
export type PropertyChanges = {
    key: string;
    display_name?: string;
    allowed?: boolean | null;
    hidden?: boolean | null;
};
export type Query = {
    site_id: string;
    metrics: Array<"visitors" | "visits" | "pageviews" | "events" | "views_per_visit" | "bounce_rate" | "visit_duration" | "time_on_page" | "scroll_depth" | "exit_rate" | "percentage" | "conversion_rate" | "group_conversion_rate" | "total_revenue" | "average_revenue">;
    date_range: "all" | "day" | "yesterday" | "month" | "year" | "24h" | "realtime" | string | Query_ends;
    dimensions?: Array<"event:name" | "event:page" | "event:hostname" | "event:goal" | "event:currency" | "visit:entry_page" | "visit:exit_page" | "visit:entry_page_hostname" | "visit:exit_page_hostname" | "visit:source" | "visit:channel" | "visit:referrer" | "visit:utm_source" | "visit:utm_medium" | "visit:utm_campaign" | "visit:utm_content" | "visit:utm_term" | "visit:click_id_kind" | "visit:device" | "visit:screen" | "visit:screen_size" | "visit:browser" | "visit:browser_version" | "visit:os" | "visit:os_version" | "visit:language" | "visit:country" | "visit:region" | "visit:city" | "visit:country_name" | "visit:region_name" | "visit:city_name" | "time" | "time:minute" | "time:hour" | "time:day" | "time:week" | "time:month" | string>;
    filters?: Array<Query_filter_1>;
    order_by?: Array<[string, "asc" | "desc"]>;
    include?: {
        imports?: boolean;
        time_labels?: boolean;
        total_rows?: boolean;
        trim_relative_date_range?: boolean;
        comparisons?: {
            mode: "previous_period" | "year_over_year";
            match_day_of_week?: boolean;
        } | {
            mode: "custom";
            date_range: Query_ends;
            match_day_of_week?: boolean;
        };
    };
    pagination?: {
        limit?: number;
        offset?: number;
    };
};
/** The answer to a question of the query language. */
export type QueryAnswer = {
    results: Array<QueryRow>;
    meta: QueryMeta;
    query: AskedQuery;
};
/** What was asked for beside the rows. */
export type QueryMeta = {
    imports_included?: boolean;
    imports_skip_reason?: string;
    imports_warning?: string;
    time_labels?: Array<string>;
    total_rows?: number;
    comparison_date_range?: Array<string>;
    comparison_time_labels?: Array<string>;
    metric_warnings?: Record<string, MetricWarning>;
};
/** One row: values in the order they were asked. */
export type QueryRow = {
    metrics: Array<number | Money | null>;
    dimensions: Array<string>;
    comparison?: ComparedRow | null;
};
export type Query_comparison = [
    "is" | "is_not",
    ("event:name" | "event:page" | "event:hostname" | "event:currency" | "visit:entry_page" | "visit:exit_page" | "visit:entry_page_hostname" | "visit:exit_page_hostname" | "visit:source" | "visit:channel" | "visit:referrer" | "visit:utm_source" | "visit:utm_medium" | "visit:utm_campaign" | "visit:utm_content" | "visit:utm_term" | "visit:click_id_kind" | "visit:device" | "visit:screen" | "visit:screen_size" | "visit:browser" | "visit:browser_version" | "visit:os" | "visit:os_version" | "visit:language" | "visit:country" | "visit:region" | "visit:city" | "visit:country_name" | "visit:region_name" | "visit:city_name" | string),
    Array<string | number>,
    {
        case_sensitive: boolean;
    }?
] | [
    "contains" | "contains_not",
    ("event:name" | "event:page" | "event:hostname" | "event:currency" | "visit:entry_page" | "visit:exit_page" | "visit:entry_page_hostname" | "visit:exit_page_hostname" | "visit:source" | "visit:channel" | "visit:referrer" | "visit:utm_source" | "visit:utm_medium" | "visit:utm_campaign" | "visit:utm_content" | "visit:utm_term" | "visit:click_id_kind" | "visit:device" | "visit:screen" | "visit:screen_size" | "visit:browser" | "visit:browser_version" | "visit:os" | "visit:os_version" | "visit:language" | "visit:country" | "visit:region" | "visit:city" | "visit:country_name" | "visit:region_name" | "visit:city_name" | string),
    Array<string | number>,
    {
        case_sensitive: boolean;
    }?
] | [
    "matches" | "matches_not",
    ("event:name" | "event:page" | "event:hostname" | "event:currency" | "visit:entry_page" | "visit:exit_page" | "visit:entry_page_hostname" | "visit:exit_page_hostname" | "visit:source" | "visit:channel" | "visit:referrer" | "visit:utm_source" | "visit:utm_medium" | "visit:utm_campaign" | "visit:utm_content" | "visit:utm_term" | "visit:click_id_kind" | "visit:device" | "visit:screen" | "visit:screen_size" | "visit:browser" | "visit:browser_version" | "visit:os" | "visit:os_version" | "visit:language" | "visit:country" | "visit:region" | "visit:city" | "visit:country_name" | "visit:region_name" | "visit:city_name" | string),
    Array<string | number>,
    {
        case_sensitive: boolean;
    }?
] | ["is", "event:goal", Array<string | number>, {
    case_sensitive: boolean;
}?] | ["contains", "event:goal", Array<string | number>, {
    case_sensitive: boolean;
}?];
/** First and last day, or moment with its offset. */
export type Query_ends = [string, string];
export type Query_filter_1 = Query_comparison | ["is", "segment", Array<number>] | ["and" | "or", Array<Query_filter_2>] | ["not" | "has_done" | "has_not_done", Query_filter_2];
export type Query_filter_2 = Query_comparison | ["is", "segment", Array<number>] | ["and" | "or", Array<Query_filter_3>] | ["not" | "has_done" | "has_not_done", Query_filter_3];
export type Query_filter_3 = Query_comparison | ["is", "segment", Array<number>] | ["and" | "or", Array<Query_filter_4>] | ["not" | "has_done" | "has_not_done", Query_filter_4];
export type Query_filter_4 = Query_comparison | ["is", "segment", Array<number>] | ["and" | "or", Array<Query_filter_5>] | ["not" | "has_done" | "has_not_done", Query_filter_5];
export type Query_filter_5 = Query_comparison | ["is", "segment", Array<number>] | ["and" | "or", Array<Query_filter_6>] | ["not" | "has_done" | "has_not_done", Query_filter_6];
export type Query_filter_6 = Query_comparison | ["is", "segment", Array<number>] | ["and" | "or", Array<Query_filter_7>] | ["not" | "has_done" | "has_not_done", Query_filter_7];
export type Query_filter_7 = Query_comparison | ["and" | "or", Array<Query_filter_8>] | ["not" | "has_done" | "has_not_done", Query_filter_8];
export type Query_filter_8 = Query_comparison;
/** One row of a short list. */
export type Ranked = {
    name: string;
    visitors: number;
};
/** Events are taken; how many groups wait, and whether the store and the spool are well. */
export type Readiness = {
    status: string;
    waiting: number;
    store: string;
    spool: string;
};
/** How far stored data follow the time zone of the site and the rules of channels. */
export type Rebuild = {
    is_done: boolean;
    channels: RebuiltChannels;
    rollups: RebuiltRollups;
};
/** Months whose channels were told again by other rules, of so many. */
export type RebuiltChannels = {
    months_done: number;
    months: number;
};
/** Closed days that are rolled up, of so many. */
export type RebuiltRollups = {
    days_done: number;
    days: number;
};
/** What became of events: how many are kept, and the places of those that are not. */
export type Receipt = {
    accepted: number;
    duplicates: Array<number>;
    dropped: Array<Drop>;
    errors: Array<Wrong>;
};
/** A name with its figures. */
export type RegisteredEvent = {
    name: string;
    description?: string;
    first_seen_at: string;
    last_seen_at: string | null;
    count: number;
    properties: Array<TypedKey>;
};
/** A property, and how it is shown. */
export type RegisteredProperty = {
    key: string;
    display_name: string;
    allowed: boolean;
    hidden: boolean;
};
/** The registry of a site. */
export type Registry = {
    events: Array<RegisteredEvent>;
    properties: Array<RegisteredProperty>;
    warnings: Array<OwnerWarning>;
};
/** Filters under a name: ``type`` is `personal`, or `site` for all its members. */
export type Segment = {
    id: number;
    name: string;
    type: string;
    filters: Array<unknown>;
};
/** The segments a caller sees. */
export type Segments = {
    segments: Array<Segment>;
};
/** A link with what it shows, to whom and until when. */
export type SharedLink = {
    name: string;
    url: string;
    id: number;
    has_password: boolean;
    segment: string | null;
    embedded_by: Array<string>;
    expires_at: string | null;
};
/** The links of a site. */
export type SharedLinks = {
    shared_links: Array<SharedLink>;
};
/** What a site keeps out. */
export type Shield = {
    id: string;
    kind: string;
    value: string;
    label: string;
};
/** All that a site keeps out. */
export type Shields = {
    shields: Array<Shield>;
};
/** How far a sign-in has come: `signed_in`, `code_needed`, `link_sent` or `signed_out`. `form_token` is what logging out sends back, in a field or as the header `X-Form-Token`. */
export type SignInState = {
    state: string;
    user: SignedInUser | null;
    form_token: string | null;
};
/** Who is signed in. */
export type SignedInUser = {
    email: string;
    owns_install: boolean;
    has_second_factor: boolean;
    teams: Array<TeamOfMine>;
};
/** One tracked website. */
export type Site = {
    domain: string;
    timezone: string;
    public_id: string;
    currency: string;
    identity_mode: string;
    retention_days: number;
    properties_per_event: number;
    monthly_events: number;
    public_counter: boolean;
    allowed_hostnames: Array<string>;
    query_parameters: Array<string>;
    custom_domain: string;
    script_path: string;
    intake_path: string;
    custom_properties: Array<string>;
    tracker_script_configuration: TrackerScript;
};
/** What to change of a site; what is left out stays. */
export type SiteChanges = {
    domain?: string;
    timezone?: string;
    currency?: string;
    identity_mode?: string;
    retention_days?: number;
    properties_per_event?: number;
    monthly_events?: number;
    public_counter?: boolean;
    allowed_hostnames?: Array<string>;
    query_parameters?: Array<string>;
    custom_domain?: string;
    script_path?: string;
    intake_path?: string;
    tracker_script_configuration?: TrackerOptions;
};
/** All properties the owner has named. */
export type SiteProperties = {
    custom_properties: Array<SiteProperty>;
};
/** A property the owner has named. */
export type SiteProperty = {
    property: string;
};
/** A page of sites. */
export type Sites = {
    sites: Array<ListedSite>;
    meta: Neighbours;
};
/** What is known of a moment; ``minutes`` are visitors by minute, oldest first, the last one still filling. */
export type Snapshot = {
    active_now: number;
    current_visitors: number;
    minutes: Array<number>;
    pages: Array<Ranked>;
    sources: Array<Ranked>;
    countries?: Array<Ranked>;
};
/** A team somebody is in, and as what. */
export type TeamOfMine = {
    public_id: string;
    name: string;
    role: string;
    requires_second_factor: boolean;
};
/** What a team uses of its plan; months are those of UTC, the newest first. */
export type TeamUsage = {
    plan: string;
    month: string;
    views: Used;
    sites: Used;
    people: Used;
    api: boolean;
    custom_domain: boolean;
    months: Array<MonthOfViews>;
};
/** A page of teams. */
export type Teams = {
    teams: Array<ListedTeam>;
    meta: Neighbours;
};
/** An error as Plausible's clients read it. */
export type TextError = {
    error: string;
};
/** What the script of a site is to record. */
export type TrackerOptions = {
    outbound_links?: boolean;
    file_downloads?: boolean;
    form_submissions?: boolean;
    track_404_pages?: boolean;
    hash_based_routing?: boolean;
};
/** What the script of a site records; ``id`` is its public id. */
export type TrackerScript = {
    id: string;
    installation_type: string;
    revenue_tracking: boolean;
    tagged_events: boolean;
    pageview_props: boolean;
    outbound_links: boolean;
    file_downloads: boolean;
    form_submissions: boolean;
    track_404_pages: boolean;
    hash_based_routing: boolean;
};
/** A property of an event, and what its values look like. */
export type TypedKey = {
    key: string;
    type: string;
};
/** The first and the last moment. */
export type UmamiDates = {
    startDate: string;
    endDate: string;
};
/** It is done. */
export type UmamiDone = {
    ok: boolean;
};
/** An error as Umami's clients read it. */
export type UmamiError = {
    error: UmamiErrorBody;
};
/** What is wrong. */
export type UmamiErrorBody = {
    message: string;
    code: string;
    status: number;
};
/** The figures of one value of a column. */
export type UmamiExpanded = {
    pageviews: number;
    visitors: number;
    visits: number;
    bounces: number;
    totaltime: number;
    name: string;
};
/** An e-mail address and its password. */
export type UmamiLogin = {
    username: string;
    password: string;
};
/** Who calls, and with what. */
export type UmamiMe = {
    user: UmamiUser;
    authType: string;
};
/** A page of a list. */
export type UmamiPage = {
    data: Array<Record<string, unknown>>;
    count: number;
    page: number;
    pageSize: number;
    orderBy?: string;
    search?: string;
};
/** The same, and that of the span it is compared with. */
export type UmamiPageviews = {
    pageviews: Array<UmamiPoint>;
    sessions: Array<UmamiPoint>;
    startDate?: string;
    endDate?: string;
    compare?: Record<string, Array<UmamiPoint> | string>;
};
/** A value and its figure; places say which country they lie in. */
export type UmamiPoint = {
    x: string;
    y: number;
    country?: string;
    t?: string;
};
/** The last 30 minutes. */
export type UmamiRealtime = {
    countries: Record<string, number>;
    urls: Record<string, number>;
    referrers: Record<string, number>;
    events: Array<Record<string, unknown>>;
    series: Record<string, Array<UmamiPoint>>;
    totals: Record<string, number>;
    timestamp: number;
};
/** The token of a session, and whose it is. */
export type UmamiSession = {
    token: string;
    user: UmamiUser;
};
/** The figures of a span, and of the one before. */
export type UmamiStats = {
    pageviews: number;
    visitors: number;
    visits: number;
    bounces: number;
    totaltime: number;
    comparison: UmamiTotals;
};
/** What was said of one visitor under one key: as a text, and as a number where it is one. */
export type UmamiTold = {
    websiteId: string;
    sessionId: string;
    dataKey: string;
    dataType: number;
    stringValue: string;
    numberValue: number | null;
    dateValue: null;
    createdAt: string;
};
/** A key, and of how many visitors it was said. */
export type UmamiToldKey = {
    propertyName: string;
    total: number;
};
/** A text, and of how many visitors it was said last. */
export type UmamiToldValue = {
    value: string;
    total: number;
};
/** Umami's five figures. */
export type UmamiTotals = {
    pageviews: number;
    visitors: number;
    visits: number;
    bounces: number;
    totaltime: number;
};
/** A person, or a key. */
export type UmamiUser = {
    id: string;
    username: string;
    role: string;
    createdAt: string | null;
    isAdmin: boolean;
    teams: Array<unknown>;
};
/** How many visitors. */
export type UmamiVisitors = {
    visitors: number;
};
/** A site as Umami's website. */
export type UmamiWebsite = {
    id: string;
    name: string;
    domain: string;
    createdAt: string;
    updatedAt: string;
    recorderEnabled: boolean;
};
/** How much is used of how much; null is no limit. */
export type Used = {
    used: number;
    limit: number | null;
};
/** Figures by metric. */
export type V1Aggregate = {
    results: Record<string, V1Value>;
};
/** Rows: what each is about, and its figures. */
export type V1Rows = {
    results: Array<Record<string, string | number | Money | null>>;
};
/** A figure, and what it was before where that was asked. */
export type V1Value = {
    value: number | Money | null;
    change?: number | null;
    comparison_value?: number | Money | null;
};
/** What became of events: kept, not understood, or dropped by reason. */
export type Verdicts = {
    accepted: number;
    rejected: number;
    dropped: Record<string, number>;
};
/** An account to make: with the secret of an invitation or of a mailed link, else for an address. */
export type WantedAccount = {
    email?: string;
    password?: string;
    invitation?: string;
    link?: string;
    setup_code?: string;
};
/** Whom to find or to invite: as `viewer`, `editor` or `admin`. */
export type WantedGuest = {
    site_id: string;
    email: string;
    role: string;
};
/** The link to find or make. */
export type WantedLink = {
    site_id: string;
    name: string;
};
/** An amount of money; text keeps its cents exact. */
export type WireRevenue = {
    amount: string | number;
    currency: string;
};
/** An event that could not be understood: its place among those sent, the field, and a sentence. */
export type Wrong = {
    index: number;
    field: string;
    message: string;
};
/** What each operation takes and answers. */
export interface Operations {
    /** Tell that the process lives */
    health: {
        parameters: Record<never, never>;
        body: undefined;
        answer: Health;
    };
    /** Tell whether events are taken, and whether the store takes them */
    ready: {
        parameters: Record<never, never>;
        body: undefined;
        answer: Readiness;
    };
    /** Make an account, as far as this install lets people */
    register: {
        parameters: Record<never, never>;
        body: WantedAccount;
        answer: SignInState;
    };
    /** Sign in, in one step or, where a code is needed, in two */
    login: {
        parameters: Record<never, never>;
        body: Credentials;
        answer: SignInState;
    };
    /** End the session */
    logout: {
        parameters: Record<never, never>;
        body: EndedSession;
        answer: SignInState;
    };
    /** Who is signed in */
    me: {
        parameters: Record<never, never>;
        body: undefined;
        answer: SignInState;
    };
    /** Ask for metrics, broken down by dimensions, over a range of time */
    query: {
        parameters: Record<never, never>;
        body: Query;
        answer: QueryAnswer;
    };
    /** The JSON Schema of questions */
    query_schema_for_plausible: {
        parameters: Record<never, never>;
        body: undefined;
        answer: Record<string, unknown>;
    };
    /** The JSON Schema of questions */
    query_schema: {
        parameters: Record<never, never>;
        body: undefined;
        answer: Record<string, unknown>;
    };
    /** Visitors of the last five minutes */
    v1_realtime_visitors: {
        parameters: {
            /** domain or public id of the site */ site_id: string;
        };
        body: undefined;
        answer: number;
    };
    /** Metrics of a period */
    v1_aggregate: {
        parameters: {
            /** what to compare with */ compare?: string;
            /** domain or public id of the site */
            site_id: string;
            /** a date range in one word, or two days with a comma between */
            period?: string;
            /** the day a period is seen from; of `custom` two with a comma between */
            date?: string | null;
            /** which figures, with commas between */
            metrics?: string;
            /** `property==value`, several with `;` between */
            filters?: string;
            /** `true`: add imported days where they can answer */
            with_imported?: string;
        };
        body: undefined;
        answer: V1Aggregate;
    };
    /** Metrics by hour, day or month */
    v1_timeseries: {
        parameters: {
            /** `day` or `month` */ interval?: string | null;
            /** domain or public id of the site */
            site_id: string;
            /** a date range in one word, or two days with a comma between */
            period?: string;
            /** the day a period is seen from; of `custom` two with a comma between */
            date?: string | null;
            /** which figures, with commas between */
            metrics?: string;
            /** `property==value`, several with `;` between */
            filters?: string;
            /** `true`: add imported days where they can answer */
            with_imported?: string;
        };
        body: undefined;
        answer: V1Rows;
    };
    /** Metrics by the values of a property */
    v1_breakdown: {
        parameters: {
            /** what to break down by */ property?: string | null;
            /** rows of a page, 1 to 1000 */
            limit?: string;
            /** which page of rows */
            page?: string;
            /** domain or public id of the site */
            site_id: string;
            /** a date range in one word, or two days with a comma between */
            period?: string;
            /** the day a period is seen from; of `custom` two with a comma between */
            date?: string | null;
            /** which figures, with commas between */
            metrics?: string;
            /** `property==value`, several with `;` between */
            filters?: string;
            /** `true`: add imported days where they can answer */
            with_imported?: string;
        };
        body: undefined;
        answer: V1Rows;
    };
    /** How often a page was viewed, as a picture or as JSON */
    badge: {
        parameters: {
            /** public id or domain of the site */ site: string;
            /** path of the page and the ending, or `TOTAL` with the ending */
            path: string;
        };
        body: undefined;
        answer: Badge;
    };
    /** How many visits saw a page, in the shape of GoatCounter's counter */
    counter: {
        parameters: {
            /** path of the page and the ending, or `TOTAL` with the ending */ path: string;
            /** first day, or `week`, `month`, `year` ago */
            start?: string;
            /** last day */
            end?: string;
        };
        body: undefined;
        answer: Counter;
    };
    /** Sign in */
    umami_login: {
        parameters: Record<never, never>;
        body: UmamiLogin;
        answer: UmamiSession;
    };
    /** Tell whose a token is */
    umami_verify: {
        parameters: Record<never, never>;
        body: undefined;
        answer: UmamiUser;
    };
    /** Tell who calls */
    umami_me: {
        parameters: Record<never, never>;
        body: undefined;
        answer: UmamiMe;
    };
    /** End the session of a token */
    umami_logout: {
        parameters: Record<never, never>;
        body: undefined;
        answer: UmamiDone;
    };
    /** Totals of a span */
    umami_stats: {
        parameters: {
            /** Umami's id of the site, or its public id */ website_id: string;
            /** `prev` or `yoy`: what to compare with */
            compare?: string;
            /** first moment, in UTC milliseconds */
            startAt: number;
            /** last moment, in UTC milliseconds */
            endAt: number;
            /** minute, hour, day, month or year */
            unit?: string;
        };
        body: undefined;
        answer: UmamiStats;
    };
    /** Page views and visitors over time */
    umami_pageviews: {
        parameters: {
            /** Umami's id of the site, or its public id */ website_id: string;
            /** `prev` or `yoy`: what to compare with */
            compare?: string;
            /** first moment, in UTC milliseconds */
            startAt: number;
            /** last moment, in UTC milliseconds */
            endAt: number;
            /** minute, hour, day, month or year */
            unit?: string;
        };
        body: undefined;
        answer: UmamiPageviews;
    };
    /** Visitors by a column */
    umami_metrics: {
        parameters: {
            /** Umami's id of the site, or its public id */ website_id: string;
            /** the column */
            type: string;
            /** text that is looked for */
            search?: string;
            /** rows of a page */
            limit?: number;
            /** rows to leave out */
            offset?: number;
            /** first moment, in UTC milliseconds */
            startAt: number;
            /** last moment, in UTC milliseconds */
            endAt: number;
            /** minute, hour, day, month or year */
            unit?: string;
        };
        body: undefined;
        answer: Array<UmamiPoint>;
    };
    /** All totals by a column */
    umami_expanded: {
        parameters: {
            /** Umami's id of the site, or its public id */ website_id: string;
            /** the column */
            type: string;
            /** text that is looked for */
            search?: string;
            /** rows of a page */
            limit?: number;
            /** rows to leave out */
            offset?: number;
            /** first moment, in UTC milliseconds */
            startAt: number;
            /** last moment, in UTC milliseconds */
            endAt: number;
            /** minute, hour, day, month or year */
            unit?: string;
        };
        body: undefined;
        answer: Array<UmamiExpanded>;
    };
    /** The values of a column */
    umami_values: {
        parameters: {
            /** Umami's id of the site, or its public id */ website_id: string;
            /** the column */
            type: string;
            /** text that is looked for */
            search?: string;
            /** rows of a page */
            limit?: number;
            /** rows to leave out */
            offset?: number;
            /** first moment, in UTC milliseconds */
            startAt: number;
            /** last moment, in UTC milliseconds */
            endAt: number;
            /** minute, hour, day, month or year */
            unit?: string;
        };
        body: undefined;
        answer: Array<string>;
    };
    /** Page views and events */
    umami_events: {
        parameters: {
            /** Umami's id of the site, or its public id */ website_id: string;
            /** text that is looked for */
            search?: string;
            /** first moment, in UTC milliseconds */
            startAt: number;
            /** last moment, in UTC milliseconds */
            endAt: number;
            /** minute, hour, day, month or year */
            unit?: string;
            /** which page of rows */
            page?: number;
            /** rows of a page */
            pageSize?: number;
        };
        body: undefined;
        answer: UmamiPage;
    };
    /** Visitors, and what each did */
    umami_sessions: {
        parameters: {
            /** Umami's id of the site, or its public id */ website_id: string;
            /** text that is looked for */
            search?: string;
            /** first moment, in UTC milliseconds */
            startAt: number;
            /** last moment, in UTC milliseconds */
            endAt: number;
            /** minute, hour, day, month or year */
            unit?: string;
            /** which page of rows */
            page?: number;
            /** rows of a page */
            pageSize?: number;
        };
        body: undefined;
        answer: UmamiPage;
    };
    /** What was said of one visitor */
    umami_session_properties: {
        parameters: {
            /** id of a session, out of `sessions` */ session_id: string;
            /** Umami's id of the site, or its public id */
            website_id: string;
        };
        body: undefined;
        answer: Array<UmamiTold>;
    };
    /** Keys of what was said of visitors */
    umami_session_data_keys: {
        parameters: {
            /** Umami's id of the site, or its public id */ website_id: string;
            /** first moment, in UTC milliseconds */
            startAt: number;
            /** last moment, in UTC milliseconds */
            endAt: number;
            /** minute, hour, day, month or year */
            unit?: string;
        };
        body: undefined;
        answer: Array<UmamiToldKey>;
    };
    /** Texts under a key of what was said of visitors */
    umami_session_data_values: {
        parameters: {
            /** Umami's id of the site, or its public id */ website_id: string;
            /** the key */
            propertyName: string;
            /** first moment, in UTC milliseconds */
            startAt: number;
            /** last moment, in UTC milliseconds */
            endAt: number;
            /** minute, hour, day, month or year */
            unit?: string;
        };
        body: undefined;
        answer: Array<UmamiToldValue>;
    };
    /** The last 30 minutes */
    umami_realtime: {
        parameters: {
            /** Umami's id of the site, or its public id */ website_id: string;
        };
        body: undefined;
        answer: UmamiRealtime;
    };
    /** The websites of the caller */
    umami_websites: {
        parameters: {
            /** text that is looked for */ search?: string;
            /** which page of rows */
            page?: number;
            /** rows of a page */
            pageSize?: number;
        };
        body: undefined;
        answer: UmamiPage;
    };
    /** A website */
    umami_website: {
        parameters: {
            /** Umami's id of the site, or its public id */ website_id: string;
        };
        body: undefined;
        answer: UmamiWebsite;
    };
    /** Visitors of the last five minutes */
    umami_active: {
        parameters: {
            /** Umami's id of the site, or its public id */ website_id: string;
        };
        body: undefined;
        answer: UmamiVisitors;
    };
    /** When the first and the last event happened */
    umami_daterange: {
        parameters: {
            /** Umami's id of the site, or its public id */ website_id: string;
        };
        body: undefined;
        answer: UmamiDates;
    };
    /** The segments a caller sees */
    list_segments: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
        };
        body: undefined;
        answer: Segments;
    };
    /** Keep filters under a name */
    add_segment: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
        };
        body: NewSegment;
        answer: Segment;
    };
    /** Delete a segment */
    delete_segment: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** id of the segment */
            segment_id: number;
        };
        body: undefined;
        answer: Deleted;
    };
    /** The notes on days that a caller sees */
    list_annotations: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** first day, in the zone of the site */
            from?: string;
            /** last day, included */
            to?: string;
        };
        body: undefined;
        answer: Annotations;
    };
    /** Note something on days */
    add_annotation: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
        };
        body: NewAnnotation;
        answer: Annotation;
    };
    /** Change a note; what is left out stays */
    change_annotation: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** id of the annotation */
            annotation_id: number;
        };
        body: AnnotationChanges;
        answer: Annotation;
    };
    /** Delete a note */
    delete_annotation: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** id of the annotation */
            annotation_id: number;
        };
        body: undefined;
        answer: Deleted;
    };
    /** Erase one visitor */
    erase_visitor: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** what the site calls the visitor */
            user?: string;
            /** `visitor_id` in an export of events */
            visitor?: string;
        };
        body: undefined;
        answer: Erased;
    };
    /** Erase the events of local days */
    erase_days: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** first day, in the zone of the site */
            from: string;
            /** last day, included */
            to: string;
        };
        body: undefined;
        answer: Erased;
    };
    /** Custom events */
    report_events: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
            /** which figures, with commas between */
            metrics?: string;
            /** field to sort by; `-` before it: largest first */
            sort?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
        };
        body: undefined;
        answer: {
            results: Array<{
                event?: string;
                visitors?: number | null;
                events?: number | null;
                visits?: number | null;
                pageviews?: number | null;
                views_per_visit?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    events?: number | null;
                    visits?: number | null;
                    pageviews?: number | null;
                    views_per_visit?: number | null;
                    bounce_rate?: number | null;
                    visit_duration?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** The goals of a site */
    list_goals: {
        parameters: {
            /** domain or public id of the site */ site_id: string;
            /** rows of a page */
            limit?: number;
            /** cursor out of `meta` of a former answer: the page after it */
            after?: string;
            /** cursor out of `meta` of a former answer: the page before it */
            before?: string;
        };
        body: undefined;
        answer: Goals;
    };
    /** Find a goal, or make it */
    put_goal: {
        parameters: Record<never, never>;
        body: NewGoal;
        answer: Goal;
    };
    /** Delete a goal */
    delete_goal: {
        parameters: {
            /** id of the goal */ goal_id: string;
            /** domain or public id of the site */
            site_id: string;
        };
        body: undefined;
        answer: Deleted;
    };
    /** The properties an owner has named */
    list_properties: {
        parameters: {
            /** domain or public id of the site */ site_id: string;
        };
        body: undefined;
        answer: SiteProperties;
    };
    /** Name a property */
    name_property: {
        parameters: Record<never, never>;
        body: NewSiteProperty;
        answer: Created;
    };
    /** Take the name of a property back */
    forget_property: {
        parameters: {
            /** name of the property */ name: string;
            /** domain or public id of the site */
            site_id: string;
        };
        body: undefined;
        answer: Deleted;
    };
    /** Which machines read a site */
    crawlers: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** a date range in one word, or two days with a comma between */
            period?: string;
        };
        body: undefined;
        answer: Crawlers;
    };
    /** Every custom event name with its figures and properties */
    read_registry: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
        };
        body: undefined;
        answer: Registry;
    };
    /** Say what an event means */
    describe_event: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
        };
        body: EventDescription;
        answer: EventDescription;
    };
    /** Take a name out of the registry */
    forget_event: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** name of the event */
            name: string;
        };
        body: undefined;
        answer: Deleted;
    };
    /** Allow, rename or hide a property; what is left out stays */
    change_property: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
        };
        body: PropertyChanges;
        answer: RegisteredProperty;
    };
    /** Take a property out of the registry */
    forget_registered_property: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** key of the property */
            key: string;
        };
        body: undefined;
        answer: Deleted;
    };
    /** The link of a name, made if need be */
    find_or_create_link: {
        parameters: Record<never, never>;
        body: WantedLink;
        answer: NamedLink;
    };
    /** The shared links of a site */
    list_links: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
        };
        body: undefined;
        answer: SharedLinks;
    };
    /** Make a shared link */
    create_link: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
        };
        body: NewLink;
        answer: SharedLink;
    };
    /** Delete a shared link */
    delete_link: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** id of the link */
            link_id: number;
        };
        body: undefined;
        answer: Deleted;
    };
    /** What happens right now */
    realtime: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
        };
        body: undefined;
        answer: Live;
    };
    /** Figures of a period */
    report_stats: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** which figures, with commas between */
            metrics?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
        };
        body: undefined;
        answer: {
            results: Array<{
                visitors?: number | null;
                visits?: number | null;
                pageviews?: number | null;
                views_per_visit?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                events?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    visits?: number | null;
                    pageviews?: number | null;
                    views_per_visit?: number | null;
                    bounce_rate?: number | null;
                    visit_duration?: number | null;
                    events?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Figures over time */
    report_timeseries: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** which figures, with commas between */
            metrics?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
            /** length of the buckets; chosen by the length of the period where nothing is said */
            interval?: "minute" | "hour" | "day" | "week" | "month";
        };
        body: undefined;
        answer: {
            results: Array<{
                time?: string;
                visitors?: number | null;
                visits?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    visits?: number | null;
                    pageviews?: number | null;
                    events?: number | null;
                    views_per_visit?: number | null;
                    bounce_rate?: number | null;
                    visit_duration?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Pages */
    report_pages: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
            /** which figures, with commas between */
            metrics?: string;
            /** field to sort by; `-` before it: largest first */
            sort?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
        };
        body: undefined;
        answer: {
            results: Array<{
                page?: string;
                visitors?: number | null;
                pageviews?: number | null;
                bounce_rate?: number | null;
                time_on_page?: number | null;
                visits?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                visit_duration?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    pageviews?: number | null;
                    bounce_rate?: number | null;
                    time_on_page?: number | null;
                    visits?: number | null;
                    events?: number | null;
                    views_per_visit?: number | null;
                    visit_duration?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Pages visits began on */
    report_entry_pages: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
            /** which figures, with commas between */
            metrics?: string;
            /** field to sort by; `-` before it: largest first */
            sort?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
        };
        body: undefined;
        answer: {
            results: Array<{
                entry_page?: string;
                visitors?: number | null;
                visits?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    visits?: number | null;
                    bounce_rate?: number | null;
                    visit_duration?: number | null;
                    pageviews?: number | null;
                    events?: number | null;
                    views_per_visit?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Pages visits ended on */
    report_exit_pages: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
            /** which figures, with commas between */
            metrics?: string;
            /** field to sort by; `-` before it: largest first */
            sort?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
        };
        body: undefined;
        answer: {
            results: Array<{
                exit_page?: string;
                visitors?: number | null;
                visits?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    visits?: number | null;
                    pageviews?: number | null;
                    events?: number | null;
                    views_per_visit?: number | null;
                    bounce_rate?: number | null;
                    visit_duration?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Where visits came from */
    report_sources: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
            /** which figures, with commas between */
            metrics?: string;
            /** field to sort by; `-` before it: largest first */
            sort?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
        };
        body: undefined;
        answer: {
            results: Array<{
                source?: string;
                visitors?: number | null;
                visits?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    visits?: number | null;
                    bounce_rate?: number | null;
                    visit_duration?: number | null;
                    pageviews?: number | null;
                    events?: number | null;
                    views_per_visit?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Pages that link here */
    report_referrers: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
            /** which figures, with commas between */
            metrics?: string;
            /** field to sort by; `-` before it: largest first */
            sort?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
        };
        body: undefined;
        answer: {
            results: Array<{
                referrer?: string;
                visitors?: number | null;
                visits?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    visits?: number | null;
                    bounce_rate?: number | null;
                    visit_duration?: number | null;
                    pageviews?: number | null;
                    events?: number | null;
                    views_per_visit?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Kinds of sources */
    report_channels: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
            /** which figures, with commas between */
            metrics?: string;
            /** field to sort by; `-` before it: largest first */
            sort?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
        };
        body: undefined;
        answer: {
            results: Array<{
                channel?: string;
                visitors?: number | null;
                visits?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    visits?: number | null;
                    bounce_rate?: number | null;
                    visit_duration?: number | null;
                    pageviews?: number | null;
                    events?: number | null;
                    views_per_visit?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Campaigns of tagged links */
    report_campaigns: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
            /** which figures, with commas between */
            metrics?: string;
            /** field to sort by; `-` before it: largest first */
            sort?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
        };
        body: undefined;
        answer: {
            results: Array<{
                utm_campaign?: string;
                visitors?: number | null;
                visits?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    visits?: number | null;
                    bounce_rate?: number | null;
                    visit_duration?: number | null;
                    pageviews?: number | null;
                    events?: number | null;
                    views_per_visit?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Source, medium and campaign together */
    report_traffic_sources: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
            /** which figures, with commas between */
            metrics?: string;
            /** field to sort by; `-` before it: largest first */
            sort?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
        };
        body: undefined;
        answer: {
            results: Array<{
                source?: string;
                utm_medium?: string;
                utm_campaign?: string;
                visits?: number | null;
                visitors?: number | null;
                bounce_rate?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                visit_duration?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visits?: number | null;
                    visitors?: number | null;
                    bounce_rate?: number | null;
                    pageviews?: number | null;
                    events?: number | null;
                    views_per_visit?: number | null;
                    visit_duration?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Countries, by ISO 3166-1 code */
    report_countries: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
            /** which figures, with commas between */
            metrics?: string;
            /** field to sort by; `-` before it: largest first */
            sort?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
        };
        body: undefined;
        answer: {
            results: Array<{
                country?: string;
                visitors?: number | null;
                visits?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    visits?: number | null;
                    bounce_rate?: number | null;
                    visit_duration?: number | null;
                    pageviews?: number | null;
                    events?: number | null;
                    views_per_visit?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Regions, by ISO 3166-2 code */
    report_regions: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
            /** which figures, with commas between */
            metrics?: string;
            /** field to sort by; `-` before it: largest first */
            sort?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
        };
        body: undefined;
        answer: {
            results: Array<{
                region?: string;
                visitors?: number | null;
                visits?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    visits?: number | null;
                    bounce_rate?: number | null;
                    visit_duration?: number | null;
                    pageviews?: number | null;
                    events?: number | null;
                    views_per_visit?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Cities with region and country */
    report_cities: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
            /** which figures, with commas between */
            metrics?: string;
            /** field to sort by; `-` before it: largest first */
            sort?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
        };
        body: undefined;
        answer: {
            results: Array<{
                city?: string;
                region?: string;
                country?: string;
                visitors?: number | null;
                visits?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    visits?: number | null;
                    bounce_rate?: number | null;
                    visit_duration?: number | null;
                    pageviews?: number | null;
                    events?: number | null;
                    views_per_visit?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Kinds of device */
    report_devices: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
            /** which figures, with commas between */
            metrics?: string;
            /** field to sort by; `-` before it: largest first */
            sort?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
        };
        body: undefined;
        answer: {
            results: Array<{
                device?: string;
                visitors?: number | null;
                visits?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    visits?: number | null;
                    bounce_rate?: number | null;
                    visit_duration?: number | null;
                    pageviews?: number | null;
                    events?: number | null;
                    views_per_visit?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Browsers */
    report_browsers: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
            /** which figures, with commas between */
            metrics?: string;
            /** field to sort by; `-` before it: largest first */
            sort?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
        };
        body: undefined;
        answer: {
            results: Array<{
                browser?: string;
                visitors?: number | null;
                visits?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    visits?: number | null;
                    bounce_rate?: number | null;
                    visit_duration?: number | null;
                    pageviews?: number | null;
                    events?: number | null;
                    views_per_visit?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Operating systems */
    report_systems: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
            /** which figures, with commas between */
            metrics?: string;
            /** field to sort by; `-` before it: largest first */
            sort?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
        };
        body: undefined;
        answer: {
            results: Array<{
                os?: string;
                visitors?: number | null;
                visits?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    visits?: number | null;
                    bounce_rate?: number | null;
                    visit_duration?: number | null;
                    pageviews?: number | null;
                    events?: number | null;
                    views_per_visit?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Widths of screens */
    report_screens: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
            /** which figures, with commas between */
            metrics?: string;
            /** field to sort by; `-` before it: largest first */
            sort?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
        };
        body: undefined;
        answer: {
            results: Array<{
                screen?: string;
                visitors?: number | null;
                visits?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    visits?: number | null;
                    bounce_rate?: number | null;
                    visit_duration?: number | null;
                    pageviews?: number | null;
                    events?: number | null;
                    views_per_visit?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Languages of browsers */
    report_languages: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
            /** which figures, with commas between */
            metrics?: string;
            /** field to sort by; `-` before it: largest first */
            sort?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
        };
        body: undefined;
        answer: {
            results: Array<{
                language?: string;
                visitors?: number | null;
                visits?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    visits?: number | null;
                    bounce_rate?: number | null;
                    visit_duration?: number | null;
                    pageviews?: number | null;
                    events?: number | null;
                    views_per_visit?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Properties of events, or the values of one */
    report_properties: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
            /** which figures, with commas between */
            metrics?: string;
            /** field to sort by; `-` before it: largest first */
            sort?: string;
            /** `previous`: each row has the figures of as many days just before as `previous` */
            compare?: "previous";
            /** `true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do */
            imports?: "true" | "false";
            /** key whose values to tell */
            property?: string;
        };
        body: undefined;
        answer: {
            results: Array<{
                value?: string;
                visitors?: number | null;
                events?: number | null;
                visits?: number | null;
                pageviews?: number | null;
                views_per_visit?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
                previous?: {
                    visitors?: number | null;
                    events?: number | null;
                    visits?: number | null;
                    pageviews?: number | null;
                    views_per_visit?: number | null;
                    bounce_rate?: number | null;
                    visit_duration?: number | null;
                    time_on_page?: number | null;
                    scroll_depth?: number | null;
                    exit_rate?: number | null;
                    percentage?: number | null;
                    conversion_rate?: number | null;
                    group_conversion_rate?: number | null;
                    total_revenue?: number | null;
                    average_revenue?: number | null;
                };
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Goals */
    report_goals: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
        };
        body: undefined;
        answer: {
            results: Array<{
                goal?: string;
                visitors?: number | null;
                events?: number | null;
                conversion_rate?: number | null;
                visits?: number | null;
                pageviews?: number | null;
                views_per_visit?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Single visits, newest first */
    report_visits: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same dimension and operator are alternatives, all else adds up */
            filter?: Array<string>;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
        };
        body: undefined;
        answer: {
            results: Array<{
                visitor?: string;
                started_at?: string;
                entry_page?: string;
                exit_page?: string;
                source?: string;
                country?: string;
                device?: string;
                seconds?: number | null;
                pageviews?: number | null;
                events?: number | null;
                visitors?: number | null;
                visits?: number | null;
                views_per_visit?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Web Vitals: 75th percentiles */
    report_vitals: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
        };
        body: undefined;
        answer: {
            results: Array<{
                samples?: number | null;
                lcp?: number | null;
                inp?: number | null;
                cls?: number | null;
                fcp?: number | null;
                ttfb?: number | null;
                visitors?: number | null;
                visits?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Web Vitals by page */
    report_vitals_pages: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
        };
        body: undefined;
        answer: {
            results: Array<{
                page?: string;
                samples?: number | null;
                lcp?: number | null;
                inp?: number | null;
                cls?: number | null;
                fcp?: number | null;
                ttfb?: number | null;
                visitors?: number | null;
                visits?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** Web Vitals by kind of device */
    report_vitals_devices: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months, `all`; 28 days where nothing is said */
            period?: string;
            /** first day, in place of `period` */
            from?: string;
            /** last day; goes with `from` */
            to?: string;
            /** `csv`, `parquet`: a file in place of JSON */
            format?: "json" | "csv" | "parquet";
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
        };
        body: undefined;
        answer: {
            results: Array<{
                device?: string;
                samples?: number | null;
                lcp?: number | null;
                inp?: number | null;
                cls?: number | null;
                fcp?: number | null;
                ttfb?: number | null;
                visitors?: number | null;
                visits?: number | null;
                pageviews?: number | null;
                events?: number | null;
                views_per_visit?: number | null;
                bounce_rate?: number | null;
                visit_duration?: number | null;
                time_on_page?: number | null;
                scroll_depth?: number | null;
                exit_rate?: number | null;
                percentage?: number | null;
                conversion_rate?: number | null;
                group_conversion_rate?: number | null;
                total_revenue?: number | null;
                average_revenue?: number | null;
            }>;
            meta: {
                from: string;
                to: string;
                timezone: string;
                page: number;
                limit: number;
                total_rows: number;
                imports_included?: boolean;
                imports_skip_reason?: string;
                compared_with?: {
                    from: string;
                    to: string;
                };
            };
        };
    };
    /** The imports of a site */
    list_imports: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
        };
        body: undefined;
        answer: Imports;
    };
    /** Bring in the totals another product has counted: the body is the file it exports */
    add_import: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** the product whose export it is */
            origin?: string;
        };
        body: Blob;
        answer: Import;
    };
    /** Delete an import */
    delete_import: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** id of the import */
            import_id: number;
        };
        body: undefined;
        answer: Deleted;
    };
    /** What a team uses of its plan, on an install with plans */
    team_usage: {
        parameters: {
            /** public id of the team, as in the address of its page */ public_id: string;
        };
        body: undefined;
        answer: TeamUsage;
    };
    /** Who did what to a site, newest first */
    audit_log: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** `json`, or `csv`: all rows as a file */
            format?: "json" | "csv";
            /** an e-mail address; `:key`, `:command`, `:nobody`; `:` is Footfall itself */
            who?: string;
            /** what was changed, such as `site` or `key`; or `exported`, `erased` */
            what?: string;
            /** first day, in the zone of the site */
            from?: string | null;
            /** last day, included */
            to?: string | null;
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
        };
        body: undefined;
        answer: AuditEntries;
    };
    /** Who did what in a team or in the whole install, newest first */
    whole_audit_log: {
        parameters: {
            /** public id of a team: its log, and that of its sites */ team?: string;
            /** `json`, or `csv`: all rows as a file */
            format?: "json" | "csv";
            /** an e-mail address; `:key`, `:command`, `:nobody`; `:` is Footfall itself */
            who?: string;
            /** what was changed, such as `site` or `key`; or `exported`, `erased` */
            what?: string;
            /** first day, in UTC */
            from?: string | null;
            /** last day, in UTC */
            to?: string | null;
            /** rows of a page */
            limit?: number;
            /** which page of rows */
            page?: number;
        };
        body: undefined;
        answer: AuditEntries;
    };
    /** What a site keeps out */
    list_shields: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
        };
        body: undefined;
        answer: Shields;
    };
    /** Keep something out */
    add_shield: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
        };
        body: NewShield;
        answer: Shield;
    };
    /** Delete a shield */
    delete_shield: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
            /** id of the shield */
            shield_id: number;
        };
        body: undefined;
        answer: Deleted;
    };
    /** How far stored data follow the time zone and the rules of channels */
    rebuild: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
        };
        body: undefined;
        answer: Rebuild;
    };
    /** What became of the events of the last 30 days */
    verdicts: {
        parameters: {
            /** public id of the site, or its domain */ public_id: string;
        };
        body: undefined;
        answer: Verdicts;
    };
    /** The teams of the person whose key it is */
    list_teams: {
        parameters: {
            /** rows of a page */ limit?: number;
            /** cursor out of `meta` of a former answer: the page after it */
            after?: string;
            /** cursor out of `meta` of a former answer: the page before it */
            before?: string;
        };
        body: undefined;
        answer: Teams;
    };
    /** Who sees a site without being in its team, and who is invited to */
    list_guests: {
        parameters: {
            /** domain or public id of the site */ site_id: string;
            /** rows of a page */
            limit?: number;
            /** cursor out of `meta` of a former answer: the page after it */
            after?: string;
            /** cursor out of `meta` of a former answer: the page before it */
            before?: string;
        };
        body: undefined;
        answer: Guests;
    };
    /** Find a guest, or invite them */
    put_guest: {
        parameters: Record<never, never>;
        body: WantedGuest;
        answer: Guest;
    };
    /** Let a guest see the site no more, or take an invitation back */
    delete_guest: {
        parameters: {
            /** address of the guest */ email: string;
            /** domain or public id of the site */
            site_id: string;
        };
        body: undefined;
        answer: Deleted;
    };
    /** The sites a key reaches */
    list_sites: {
        parameters: {
            /** id of the team whose sites to list */ team_id?: string;
            /** rows of a page */
            limit?: number;
            /** cursor out of `meta` of a former answer: the page after it */
            after?: string;
            /** cursor out of `meta` of a former answer: the page before it */
            before?: string;
        };
        body: undefined;
        answer: Sites;
    };
    /** Make a site */
    create_site: {
        parameters: Record<never, never>;
        body: NewSite;
        answer: Site;
    };
    /** A site */
    get_site: {
        parameters: {
            /** domain of the site */ domain: string;
        };
        body: undefined;
        answer: Site;
    };
    /** Change a site; what is left out stays */
    change_site: {
        parameters: {
            /** domain of the site */ domain: string;
        };
        body: SiteChanges;
        answer: Site;
    };
    /** Delete a site and all its data */
    delete_site: {
        parameters: {
            /** domain of the site */ domain: string;
        };
        body: undefined;
        answer: Deleted;
    };
    /** Send one event of a browser */
    send_event: {
        parameters: Record<never, never>;
        body: Event;
        answer: Kept;
    };
    /** Send up to 1,000 events from a server */
    send_events: {
        parameters: {
            /** `true`: answer once the events can be queried */ wait?: "true" | "false";
        };
        body: Batch;
        answer: Receipt;
    };
    /** Tell that a visitor agreed to be remembered, or does not any more */
    report_consent: {
        parameters: Record<never, never>;
        body: Consent;
        answer: Kept;
    };
    /** Tell who a visitor is */
    identify: {
        parameters: Record<never, never>;
        body: Identity;
        answer: Kept;
    };
}
export type OperationName = keyof Operations;
/** Where each operation is. */
export declare const OPERATIONS: Record<OperationName, {
    method: string;
    path: string;
    query: readonly string[];
}>;
