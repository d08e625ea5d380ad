import pytest

from footfall.errors import InvalidInput
from footfall.importers.logs import FORMATS, LoggedRequest, Skipped, SkipReason, find_format, read_log

AT_MS = 1_431_857_103_000  # 2015-05-17 10:05:03 UTC
COMMON = '203.0.113.9 - - [17/May/2015:10:05:03 +0000] "GET /a?b=c HTTP/1.1" 200 12'
TAIL = ' "https://news.example/" "Agent 1"'
BUNNY = "HIT|200|1431857103000|12|7|203.0.113.9|https://news.example/|https://example.com/a?b=c|WA|Agent 1|id|DE"
CADDY = (
    '{"ts":1431857103.0,"request":{"remote_ip":"10.0.0.1","client_ip":"203.0.113.9","method":"GET",'
    '"host":"example.com:443","uri":"/a?b=c","headers":{"User-Agent":["Agent 1"],"Referer":["https://news.example/"]}},'
    '"status":200,"resp_headers":{"Content-Type":["text/html"]}}'
)
NGINX = (
    '{"time_iso8601":"2015-05-17T10:05:03+00:00","remote_addr":"10.0.0.1",'
    '"http_x_forwarded_for":"192.0.2.1, 203.0.113.200, 8.8.8.8, 10.1.1.1","request":"GET /a?b=c HTTP/2.0",'
    '"status":"200","host":"example.com","http_referer":"https://news.example/","http_user_agent":"Agent 1"}'
)


def read(line: str, name: str = "combined", **layouts: str) -> LoggedRequest | Skipped:
    (entry,) = read_log([line], find_format(name, **layouts))
    return entry


@pytest.mark.parametrize(
    ("name", "line", "host", "has_agent"),
    [
        ("combined", COMMON + TAIL, "", True),
        ("combined-vhost", f"example.com:443 {COMMON}{TAIL}", "example.com", True),
        ("common", COMMON, "", False),
        ("common-vhost", f"example.com:{COMMON}", "example.com", False),
        ("bunny", BUNNY, "example.com", True),
        ("bunny-extended", BUNNY, "example.com", True),
        ("caddy", CADDY, "example.com", True),
        ("nginx-json", NGINX, "example.com", True),
        ("log:$datetime $url $status", "17/May/2015:10:05:03 /a?b=c 200", "", False),
    ],
)
def test_it_reads_each_format(name: str, line: str, host: str, has_agent: bool) -> None:
    layouts = {"datetime": "%d/%b/%Y:%H:%M:%S"} if name.startswith("log:") else {}

    entry = read(line, name, **layouts)

    assert isinstance(entry, LoggedRequest)
    assert (entry.at_ms, entry.method, entry.path, entry.status) == (AT_MS, "GET", "/a?b=c", 200)
    assert (entry.host, entry.user_agent) == (host, "Agent 1" if has_agent else None)
    assert entry.referrer == ("https://news.example/" if has_agent else "")


def test_it_has_a_sample_of_every_format_above() -> None:
    assert set(FORMATS) == {
        *("combined", "combined-vhost", "common", "common-vhost", "bunny", "bunny-extended", "caddy", "nginx-json")
    }


def test_it_takes_the_last_public_address_of_a_forwarded_list() -> None:
    entry = read(NGINX, "nginx-json")

    assert isinstance(entry, LoggedRequest)
    assert entry.address == "8.8.8.8"


def test_it_reads_date_and_time_apart() -> None:
    entry = read("2015-05-17 10:05:03 /a", "log:$date $time $path", date="2006-01-02", time="15:04:05", datetime="")

    assert isinstance(entry, LoggedRequest)
    assert entry.at_ms == AT_MS


def test_it_takes_a_dash_for_nothing() -> None:
    entry = read(COMMON + ' "-" "-"')

    assert isinstance(entry, LoggedRequest)
    assert (entry.referrer, entry.user_agent) == ("", "")


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        ("nonsense", "the line does not fit the format"),
        (COMMON.replace("May", "Mai") + TAIL, "the time does not fit the layout"),
        (COMMON.replace("203.0.113.9", "host.example") + TAIL, "the address is not an IP address"),
        (COMMON.replace(" 200 ", " OK ") + TAIL, "the line does not fit the format"),
        (COMMON.replace(" 200 ", " 2.5 ") + TAIL, "the status is not a number"),
        (COMMON.replace("/a", "a") + TAIL, "the path does not begin with a slash"),
        (COMMON.replace("/a", "http://[/") + TAIL, "the URL cannot be read"),
    ],
)
def test_it_says_why_a_line_cannot_be_read_without_quoting_it(line: str, detail: str) -> None:
    assert read(line) == Skipped(1, SkipReason.MALFORMED, detail)


def test_it_refuses_a_longer_format_than_the_one_named() -> None:
    assert isinstance(read(COMMON + TAIL, "common"), Skipped)


def test_it_numbers_lines_from_one_and_passes_over_comments() -> None:
    entries = list(read_log(["#Fields: x", "", COMMON], find_format("common")))

    assert [entry.line_number for entry in entries] == [3]


def test_it_never_shows_who_asked() -> None:
    shown = repr(read(COMMON + TAIL)) + str(read(COMMON + TAIL))

    assert "203.0.113.9" not in shown
    assert "Agent" not in shown


@pytest.mark.parametrize(
    "line", ["[]", "1", '{"request": 1}', "{", '{"ts": true}', '{"request":{"headers":{"Referer":[]}}}']
)
def test_it_calls_foreign_json_malformed(line: str) -> None:
    entry = read(line, "caddy")

    assert isinstance(entry, Skipped)


def test_it_names_the_formats_there_are() -> None:
    with pytest.raises(InvalidInput, match=r"combined, .*log:TEMPLATE"):
        find_format("iis")
