-- One row per stored event: the truth all other tables are derived from.
-- Sorted by visit inside a day, so that the visit's attributes, copied onto each of its events, cost next to nothing.
CREATE TABLE IF NOT EXISTS events
(
    site_id              UInt32,
    local_day            Date                     COMMENT 'day of the event in the zone of the site',
    visit_id             UInt64                   CODEC(ZSTD(1)),
    timestamp            DateTime64(3, 'UTC')     CODEC(Delta(8), ZSTD(1)),
    event_id             UInt64                   CODEC(NONE),
    name                 LowCardinality(String),
    visitor_id           UInt64                   CODEC(ZSTD(1)),
    is_lasting           Bool,
    visit_opened_at      DateTime64(3, 'UTC')     CODEC(Delta(8), ZSTD(1)) COMMENT 'first event known when the visit opened; part of its identity',
    visit_opened_day     Date,
    hostname             LowCardinality(String),
    path                 String                   CODEC(ZSTD(1)),
    source               LowCardinality(String),
    channel              LowCardinality(String),
    referrer             String                   CODEC(ZSTD(1)),
    utm_source           LowCardinality(String),
    utm_medium           LowCardinality(String),
    utm_campaign         LowCardinality(String),
    utm_content          LowCardinality(String),
    utm_term             LowCardinality(String),
    click_id_kind        LowCardinality(String),
    device               LowCardinality(String),
    browser              LowCardinality(String),
    browser_version      LowCardinality(String),
    os                   LowCardinality(String),
    os_version           LowCardinality(String),
    screen               LowCardinality(String),
    language             LowCardinality(String),
    country              LowCardinality(String),
    region               LowCardinality(String),
    city                 LowCardinality(String),
    is_place_approximate Bool,
    props                Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    is_interactive       Bool,
    revenue_amount       Decimal(18, 3),
    revenue_currency     LowCardinality(String),
    engagement_ms        UInt32,
    scroll_depth         UInt8                    COMMENT '0-100; 255 where the event carries none',
    received_at          DateTime('UTC')          CODEC(Delta(4), ZSTD(1)),
    batch_id             UInt64                   CODEC(Delta(8), ZSTD(1)),
    INDEX batch_id_range batch_id TYPE minmax GRANULARITY 4,
    INDEX received_range received_at TYPE minmax GRANULARITY 4
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(local_day)
ORDER BY (site_id, local_day, visit_id, timestamp)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;
