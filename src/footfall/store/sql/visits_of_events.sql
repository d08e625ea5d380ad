-- What each event adds to its visit; both the view that fills `visits` and its rebuild use this one text.
-- A visit without a page view keeps a path of '' at the far end of time: it loses against any real entry.
SELECT
    site_id, visit_opened_day AS opened_day, visit_id, visitor_id, is_lasting,
    if(name = 'engagement', toDateTime64('2299-12-31 00:00:00', 3, 'UTC'), timestamp) AS started_at,
    if(name = 'engagement', toDateTime64('1970-01-01 00:00:00', 3, 'UTC'), timestamp) AS ended_at,
    timestamp AS active_until,
    toUInt64(name = 'pageview') AS pageviews,
    toUInt64(name != 'engagement') AS events,
    toUInt64(is_interactive AND name NOT IN ('pageview', 'engagement')) AS interactions,
    if(name = 'pageview',
       (timestamp, event_id, path, toString(hostname)),
       (toDateTime64('2299-12-31 00:00:00', 3, 'UTC'), toUInt64(0), '', '')) AS entry,
    if(name = 'pageview',
       (timestamp, event_id, path, toString(hostname)),
       (toDateTime64('1970-01-01 00:00:00', 3, 'UTC'), toUInt64(0), '', '')) AS exit,
    source, channel, referrer, utm_source, utm_medium, utm_campaign, utm_content, utm_term, click_id_kind,
    device, browser, browser_version, os, os_version, screen, language, country, region, city, is_place_approximate
FROM events
