-- A month of closed days, each by the generation that holds: generations[1] is that of the first.
INSERT INTO monthly_visits
SELECT
    site_id, dimension, value, toDate({day:UInt16}), {generation:UInt16},
    sum(visits), sum(bounces), sum(duration_ms), sum(pageviews), sum(confined_visitors),
    groupUniqArrayArray(other_visitors)
FROM daily_visits
WHERE site_id = {site:UInt32} AND day >= toDate({day:UInt16}) AND day < toDate({day:UInt16}) + length({generations:Array(UInt16)})
  AND generation = {generations:Array(UInt16)}[toUInt16(day) - {day:UInt16} + 1]
GROUP BY site_id, dimension, value
