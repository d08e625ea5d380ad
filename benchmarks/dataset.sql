-- Visits {first}..{first}+{count} of {total}, each with 2 to 8 events, spread over the year before {end} in order.
-- Draws are hashes of the visit's number and a salt, so every run makes the same rows. A cubed draw is skewed as
-- real pages, sources and places are. A referrer is its site alone in six visits of seven: browsers send no more to
-- another site unless the page they leave asks them to (the policy strict-origin-when-cross-origin).
INSERT INTO events (site_id, local_day, visit_id, timestamp, event_id, name, visitor_id, is_lasting, visit_opened_at,
    visit_opened_day, hostname, path, source, channel, referrer, utm_source, utm_medium, utm_campaign, device, browser,
    browser_version, os, os_version, screen, language, country, region, city, is_place_approximate, props,
    is_interactive, revenue_amount, revenue_currency, engagement_ms, scroll_depth, received_at, batch_id)
WITH
    (visit, salt) -> cityHash64(visit, salt) / 18446744073709551616. AS draw,
    (visit, salt, size) -> toUInt32(pow(draw(visit, salt), 3) * size) AS skewed,
    ['Google', 'Direct', 'Bing', 'DuckDuckGo', 'newsletter', 'Hacker News', 'Reddit', 'ChatGPT', 'Facebook'] AS sources,
    ['Organic Search', 'Direct', 'Organic Search', 'Organic Search', 'Email', 'Organic Social', 'Organic Social',
     'AI Assistants', 'Paid Social'] AS channels
SELECT
    {site:UInt32},
    toDate(at, 'UTC'),
    cityHash64(visit, 'visit'),
    at,
    cityHash64(visit, step, 'event'),
    multiIf(step % 2 = 1, 'engagement', step = 6, 'Signup', 'pageview') AS event_name,
    cityHash64(intDiv(visit * 4, 5), toDate(opened_at, 'UTC'), 'visitor'),
    false,
    opened_at,
    toDate(opened_at, 'UTC'),
    'bench.example',
    concat('/section-', toString(page % 40), '/page-', toString(page)),
    if(source <= 9, sources[source], concat('site-', toString(source), '.example')),
    if(source <= 9, channels[source], 'Referral'),
    if(source = 2, '', concat('https://site-', toString(source), '.example/',
        if(visit % 7 = 0, concat('from/', toString(skewed(visit, 'referrer', 200))), ''))),
    if(source = 5, 'newsletter', ''),
    if(source = 5, 'email', ''),
    if(source = 5, concat('issue-', toString(skewed(visit, 'campaign', 60))), ''),
    ['Mobile', 'Desktop', 'Laptop', 'Tablet'][1 + skewed(visit, 'device', 4)],
    ['Chrome', 'Safari', 'Firefox', 'Edge', 'Samsung Internet', 'Opera'][1 + skewed(visit, 'browser', 6)],
    toString(120 + skewed(visit, 'browser version', 24)),
    ['Windows', 'iOS', 'Android', 'Mac', 'Linux'][1 + skewed(visit, 'os', 5)],
    toString(10 + skewed(visit, 'os version', 9)),
    ['1280–1599', '360–479', '1600–1919', '1920–2559'][1 + skewed(visit, 'screen', 4)],
    ['de-DE', 'en-US', 'fr-FR', 'en-GB', 'es-ES', 'nl-NL'][1 + skewed(visit, 'language', 6)],
    concat(char(65 + intDiv(country, 14)), char(65 + country % 14)) AS country_code,
    concat(country_code, '-', toString(region)),
    concat('City ', toString(country), '-', toString(region), '-', toString(skewed(visit, 'city', 12))),
    false,
    if(event_name = 'Signup', map('plan', ['Free', 'Pro', 'Team'][1 + skewed(visit, 'plan', 3)]), map()),
    true,
    0,
    '',
    if(step % 2 = 1, toUInt32(1000 + 60000 * draw(visit, step)), 0),
    if(step % 2 = 1, toUInt8(100 * draw(visit, step + 100)), 255),
    toDateTime(at),
    0
FROM
(
    SELECT
        number AS visit,
        arrayJoin(range([2, 2, 2, 4, 4, 6, 8][1 + toUInt32(7 * draw(number, 'length'))])) AS step,
        fromUnixTimestamp64Milli(
            {end_ms:Int64} - 31536000000 + toInt64(31536000000 * (number / {total:UInt64})), 'UTC') AS opened_at,
        opened_at + toIntervalSecond(25 * step) AS at,
        if({pages:UInt32} = 0, toUInt32(number * 4 + intDiv(step, 2)),
            skewed(number + intDiv(step, 2), 'page', {pages:UInt32})) AS page,
        -- Seven visits of ten come from a source everybody has, the others from one of three thousand sites.
        if(draw(number, 'is known') < 0.7, 1 + skewed(number, 'known', 9), 10 + skewed(number, 'source', 2990)) AS source,
        skewed(number, 'country', 180) AS country,
        skewed(number, 'region', 8) AS region
    FROM numbers({first:UInt64}, {count:UInt64})
)
