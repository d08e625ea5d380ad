-- What the visits that ended on a closed day add up to, by the value of one dimension; dimension '' is all of them.
-- Sorted by value before day: a page seen every day costs its name once a month.
CREATE TABLE IF NOT EXISTS daily_visits
(
    site_id           UInt32,
    dimension         LowCardinality(String),
    value             LowCardinality(String)   CODEC(ZSTD(1)),
    day               Date                     CODEC(ZSTD(1)),
    generation        UInt16                   CODEC(ZSTD(1)),
    visits            UInt32                   CODEC(T64, ZSTD(1)),
    bounces           UInt32                   CODEC(T64, ZSTD(1)),
    duration_ms       UInt64                   CODEC(T64, ZSTD(1)) COMMENT 'of visits that did not bounce',
    pageviews         UInt64                   CODEC(T64, ZSTD(1)),
    confined_visitors UInt32                   CODEC(T64, ZSTD(1)) COMMENT 'seen on this day and on no other: they add up over days',
    other_visitors    Array(UInt64)            CODEC(ZSTD(1)) COMMENT 'ids of all others: the same may stand under many days'
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (site_id, dimension, value, day)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- The same of the events, engagement aside, that happened on a closed day.
CREATE TABLE IF NOT EXISTS daily_events
(
    site_id           UInt32,
    dimension         LowCardinality(String),
    value             LowCardinality(String)   CODEC(ZSTD(1)),
    day               Date                     CODEC(ZSTD(1)),
    generation        UInt16                   CODEC(ZSTD(1)),
    events            UInt32                   CODEC(T64, ZSTD(1)),
    pageviews         UInt32                   CODEC(T64, ZSTD(1)),
    confined_visits   UInt32                   CODEC(T64, ZSTD(1)) COMMENT 'that began and ended on this day',
    other_visits      Array(UInt64)            CODEC(ZSTD(1)) COMMENT 'ids of visits that went over midnight',
    confined_visitors UInt32                   CODEC(T64, ZSTD(1)) COMMENT 'seen on this day and on no other: they add up over days',
    other_visitors    Array(UInt64)            CODEC(ZSTD(1)) COMMENT 'ids of all others: the same may stand under many days'
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (site_id, dimension, value, day)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Whole months of closed days; the day is the first of the month.
CREATE TABLE IF NOT EXISTS monthly_visits AS daily_visits
ENGINE = MergeTree
PARTITION BY toYear(day)
ORDER BY (site_id, dimension, value, day)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS monthly_events AS daily_events
ENGINE = MergeTree
PARTITION BY toYear(day)
ORDER BY (site_id, dimension, value, day)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
