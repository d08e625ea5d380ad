-- One row per page view of a machine, kept apart from those of people: which crawler read which page, and when.
CREATE TABLE IF NOT EXISTS crawler_views
(
    site_id     UInt32,
    local_day   Date                   COMMENT 'day of the view in the zone of the site',
    name        LowCardinality(String),
    vendor      LowCardinality(String),
    kind        LowCardinality(String) COMMENT 'what it reads for',
    hostname    LowCardinality(String),
    path        String                 CODEC(ZSTD(1)),
    timestamp   DateTime64(3, 'UTC')   CODEC(Delta(8), ZSTD(1)),
    event_id    UInt64                 CODEC(NONE),
    received_at DateTime('UTC')        CODEC(Delta(4), ZSTD(1)),
    batch_id    UInt64                 CODEC(Delta(8), ZSTD(1)),
    INDEX batch_id_range batch_id TYPE minmax GRANULARITY 4,
    INDEX received_range received_at TYPE minmax GRANULARITY 4
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(local_day)
ORDER BY (site_id, local_day, name, path)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;
