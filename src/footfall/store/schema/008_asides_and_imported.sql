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

-- Days another product has counted, by the value of one dimension; dimension '' is all of them. Shaped like the rollups, and
-- added up with them; a key may stand under several rows.
CREATE TABLE IF NOT EXISTS imported
(
    site_id           UInt32,
    counted           LowCardinality(String)                        COMMENT 'visits or events: whose figures these are',
    dimension         LowCardinality(String),
    value             LowCardinality(String)   CODEC(ZSTD(1)),
    day               Date                     CODEC(ZSTD(1)),
    visits            UInt64                   CODEC(T64, ZSTD(1)),
    bounces           UInt64                   CODEC(T64, ZSTD(1)),
    duration_ms       UInt64                   CODEC(T64, ZSTD(1)),
    events            UInt64                   CODEC(T64, ZSTD(1)),
    pageviews         UInt64                   CODEC(T64, ZSTD(1)),
    confined_visits   UInt64                   CODEC(T64, ZSTD(1)),
    confined_visitors UInt64                   CODEC(T64, ZSTD(1)) COMMENT 'visitors of one day: they add up over days',
    import_id         UInt64                   CODEC(ZSTD(1)),
    origin            LowCardinality(String)                        COMMENT 'the product',
    imported_at       DateTime('UTC')          CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYear(day)
ORDER BY (site_id, counted, dimension, value, day)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
