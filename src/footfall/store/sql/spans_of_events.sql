-- How far each event lies from the day its visit opened on; both the view that fills `visit_spans` and its rebuild use it.
SELECT site_id, toUInt16(dateDiff('day', visit_opened_day, local_day)) AS days
FROM events
WHERE local_day > visit_opened_day
