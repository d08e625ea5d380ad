-- One row per visit once merged. Only sums, minima, maxima and copies stand here: they come out the same in whatever
-- order events arrive. What is not order-free (bounced? how long?) is worked out when the row is read.
CREATE TABLE IF NOT EXISTS visits
(
    site_id              UInt32,
    opened_day           Date,
    visit_id             UInt64,
    visitor_id           SimpleAggregateFunction(any, UInt64),
    is_lasting           SimpleAggregateFunction(any, Bool),
    started_at           SimpleAggregateFunction(min, DateTime64(3, 'UTC')) COMMENT 'first event but engagement',
    ended_at             SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'last event but engagement',
    active_until         SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'last event of any name: keeps the visit open',
    pageviews            SimpleAggregateFunction(sum, UInt64),
    events               SimpleAggregateFunction(sum, UInt64) COMMENT 'all but engagement',
    interactions         SimpleAggregateFunction(sum, UInt64) COMMENT 'interactive custom events',
    entry                SimpleAggregateFunction(min, Tuple(at DateTime64(3, 'UTC'), event_id UInt64, path String, hostname String)),
    exit                 SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), event_id UInt64, path String, hostname String)),
    source               SimpleAggregateFunction(any, LowCardinality(String)),
    channel              SimpleAggregateFunction(any, LowCardinality(String)),
    referrer             SimpleAggregateFunction(any, String),
    utm_source           SimpleAggregateFunction(any, LowCardinality(String)),
    utm_medium           SimpleAggregateFunction(any, LowCardinality(String)),
    utm_campaign         SimpleAggregateFunction(any, LowCardinality(String)),
    utm_content          SimpleAggregateFunction(any, LowCardinality(String)),
    utm_term             SimpleAggregateFunction(any, LowCardinality(String)),
    click_id_kind        SimpleAggregateFunction(any, LowCardinality(String)),
    device               SimpleAggregateFunction(any, LowCardinality(String)),
    browser              SimpleAggregateFunction(any, LowCardinality(String)),
    browser_version      SimpleAggregateFunction(any, LowCardinality(String)),
    os                   SimpleAggregateFunction(any, LowCardinality(String)),
    os_version           SimpleAggregateFunction(any, LowCardinality(String)),
    screen               SimpleAggregateFunction(any, LowCardinality(String)),
    language             SimpleAggregateFunction(any, LowCardinality(String)),
    country              SimpleAggregateFunction(any, LowCardinality(String)),
    region               SimpleAggregateFunction(any, LowCardinality(String)),
    city                 SimpleAggregateFunction(any, LowCardinality(String)),
    is_place_approximate SimpleAggregateFunction(any, Bool)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(opened_day)
ORDER BY (site_id, opened_day, visit_id)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS visits_from_events TO visits AS
{{visits_of_events}};
