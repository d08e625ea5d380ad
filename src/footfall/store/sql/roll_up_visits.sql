-- The visits that ended within a closed day, by each dimension a dashboard breaks visits down by.
INSERT INTO daily_visits
WITH
    fromUnixTimestamp64Milli({first_ms:Int64}, 'UTC') AS first_at,
    fromUnixTimestamp64Milli({end_ms:Int64}, 'UTC') AS end_at,
    near AS
    (
        SELECT *, NOT (started_at >= first_at AND ended_at < end_at) AS is_over_midnight
        FROM visits FINAL
        WHERE site_id = {site:UInt32}
          AND opened_day >= toDate({day:UInt16}) - {lead:UInt16}
              - (SELECT max(days) FROM visit_spans WHERE site_id = {site:UInt32})
          AND opened_day <= toDate({day:UInt16}) + 1 + {strays:UInt16}
          AND started_at < end_at AND ended_at >= first_at
    ),
    -- A salt lasted for a day of the zone the site had then: one id may stand on two days of today's zone.
    on_other_days AS
    (
        SELECT visitor_id
        FROM events
        WHERE {strays:UInt16} > 0 AND site_id = {site:UInt32}
          AND local_day BETWEEN toDate({day:UInt16}) - 1 - {strays:UInt16} AND toDate({day:UInt16}) + 1 + {strays:UInt16}
          AND (timestamp < first_at OR timestamp >= end_at) AND name != 'engagement'
    )
SELECT
    {site:UInt32}, dimension, value, toDate({day:UInt16}), {generation:UInt16},
    count(),
    countIf(has_bounced),
    sumIf(toUInt64(toUnixTimestamp64Milli(ended_at) - toUnixTimestamp64Milli(started_at)), NOT has_bounced),
    sum(pageviews),
    uniqExactIf(visitor_id, is_confined),
    groupUniqArrayIf(visitor_id, NOT is_confined)
FROM
(
    SELECT
        *,
        pageviews < 2 AND interactions = 0 AS has_bounced,
        NOT is_lasting AND visitor_id NOT IN (SELECT visitor_id FROM near WHERE is_over_midnight)
            AND visitor_id NOT IN (SELECT visitor_id FROM on_other_days) AS is_confined
    FROM near
    WHERE ended_at < end_at
)
ARRAY JOIN
    ['', 'source', 'channel', 'referrer', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term',
     'click_id_kind', 'device', 'browser', 'browser_version', 'os', 'os_version', 'screen', 'language', 'country',
     'region', 'city', 'entry_page', 'exit_page', 'entry_hostname', 'exit_hostname'] AS dimension,
    ['', toString(source), toString(channel), referrer, toString(utm_source), toString(utm_medium),
     toString(utm_campaign), toString(utm_content), toString(utm_term), toString(click_id_kind), toString(device),
     toString(browser), toString(browser_version), toString(os), toString(os_version), toString(screen),
     toString(language), toString(country), toString(region), toString(city), tupleElement(entry, 'path'),
     tupleElement(exit, 'path'), tupleElement(entry, 'hostname'), tupleElement(exit, 'hostname')] AS value
GROUP BY dimension, value
