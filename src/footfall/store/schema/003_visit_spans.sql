-- How many days the longest visit of a site reaches past the day it opened on: how far back a query must look.
CREATE TABLE visit_spans
(
    site_id UInt32,
    days    SimpleAggregateFunction(max, UInt16)
)
ENGINE = AggregatingMergeTree
ORDER BY site_id
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW visit_spans_from_events TO visit_spans AS
SELECT site_id, toUInt16(dateDiff('day', visit_opened_day, local_day)) AS days FROM events WHERE local_day > visit_opened_day;
