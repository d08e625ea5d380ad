-- The days each event changes: its own, and those up to the day its visit is filed by.
SELECT
    site_id,
    arrayJoin(arrayMap(step -> least(local_day, visit_opened_day) + step,
                       range(toUInt32(abs(dateDiff('day', local_day, visit_opened_day))) + 1))) AS day,
    count() AS changes
FROM events
WHERE name != 'engagement'
