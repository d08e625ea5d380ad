-- What pages report beside their events: how fast they were (vitals), and what they say of a visitor (identity). No figure of
-- visits or events counts any of it.
CREATE TABLE IF NOT EXISTS asides
(
    site_id     UInt32,
    local_day   Date                         COMMENT 'day of the report in the zone of the site',
    kind        LowCardinality(String),
    visitor_id  UInt64                       COMMENT '0 in vitals: nobody needs to know whose page was slow',
    timestamp   DateTime64(3, 'UTC')         CODEC(Delta(8), ZSTD(1)),
    event_id    UInt64                       CODEC(NONE),
    hostname    LowCardinality(String),
    path        String                       CODEC(ZSTD(1)),
    device      LowCardinality(String),
    browser     LowCardinality(String),
    os          LowCardinality(String),
    country     LowCardinality(String),
    lcp         Nullable(Float32)            COMMENT 'milliseconds, as all but the next but one',
    inp         Nullable(Float32),
    cls         Nullable(Float32)            COMMENT 'a share of the window',
    fcp         Nullable(Float32),
    ttfb        Nullable(Float32),
    props       Map(String, String)          CODEC(ZSTD(1)),
    received_at DateTime('UTC')              CODEC(Delta(4), ZSTD(1)),
    batch_id    UInt64                       CODEC(Delta(8), ZSTD(1)),
    INDEX batch_id_range batch_id TYPE minmax GRANULARITY 4,
    INDEX received_range received_at TYPE minmax GRANULARITY 4
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(local_day)
ORDER BY (site_id, kind, local_day, visitor_id)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;
