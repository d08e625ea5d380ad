-- How many days the longest visit of a site reaches past the day it opened on: how far back a query must look.
CREATE TABLE IF NOT EXISTS visit_spans
(
    site_id UInt32,
    days    SimpleAggregateFunction(max, UInt16)
)
ENGINE = AggregatingMergeTree
ORDER BY site_id
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS visit_spans_from_events TO visit_spans AS
{{spans_of_events}};
