-- How often events have changed a local day of a site. The number only grows: a closed day whose rollups were computed
-- at another number than today's has had late events since, and is read live.
CREATE TABLE IF NOT EXISTS day_changes
(
    site_id UInt32,
    day     Date,
    changes SimpleAggregateFunction(sum, UInt64)
)
ENGINE = AggregatingMergeTree
ORDER BY (site_id, day)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;

-- What stands here before the view is there was not counted by it; applied twice, it counts double, which does no harm.
INSERT INTO day_changes {{day_changes_of_events}} GROUP BY site_id, day;

CREATE MATERIALIZED VIEW IF NOT EXISTS day_changes_from_events TO day_changes AS
{{day_changes_of_events}} GROUP BY site_id, day;

-- Which generation of rollup rows holds of a closed day or month; the highest one counts.
CREATE TABLE IF NOT EXISTS finalised
(
    site_id      UInt32,
    span         Enum8('day' = 1, 'month' = 2),
    day          Date                     COMMENT 'of a month, its first',
    generation   UInt16,
    made_from    UInt64                   COMMENT 'of a day, its number of changes; of a month, the sum of its days\' generations',
    timezone     LowCardinality(String)   COMMENT 'zone of the site at that time: another zone has other days',
    finalised_at DateTime('UTC')
)
ENGINE = ReplacingMergeTree(generation)
ORDER BY (site_id, span, day)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
