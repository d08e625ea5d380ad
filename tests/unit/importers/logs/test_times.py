import pytest

from footfall.importers.logs.times import APACHE_TIME, guess_time, time_reader

AT_MS = 1_431_857_103_000  # 2015-05-17 10:05:03 UTC


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        (APACHE_TIME, "17/May/2015:12:05:03 +0200"),
        ("02/Jan/2006:15:04:05 -0700", "17/May/2015:12:05:03 +0200"),
        ("2006-01-02 15:04:05.000", "2015-05-17 10:05:03.000"),
        ("2006-01-02T15:04:05Z07:00", "2015-05-17T10:05:03Z"),
        ("ansic", "Sun May 17 10:05:03 2015"),
        ("unix", "Sun May 17 10:05:03 UTC 2015"),
        ("rfc850", "Sunday, 17-May-15 10:05:03 GMT"),
        ("rfc1123", "Sun, 17 May 2015 10:05:03 GMT"),
        ("rfc1123z", "Sun, 17 May 2015 03:05:03 -0700"),
        ("rfc3339", "2015-05-17T10:05:03Z"),
        ("rfc3339nano", "2015-05-17T10:05:03.000000001Z"),
        ("unix_sec", "1431857103"),
        ("unix_milli", "1431857103000"),
        ("unix_nano", "1431857103000000000"),
        ("unix_sec_float", "1431857103.0"),
        ("unix_milli_float", "1431857103000.2"),
    ],
)
def test_it_reads_each_layout(layout: str, text: str) -> None:
    assert time_reader(layout)(text) == AT_MS


@pytest.mark.parametrize("layout", ["rfc822", "rfc822z"])
def test_it_reads_layouts_without_seconds(layout: str) -> None:
    zone = {"rfc822": "UTC", "rfc822z": "+0000"}[layout]

    assert time_reader(layout)(f"17 May 15 10:05 {zone}") == AT_MS - 3_000


@pytest.mark.parametrize(
    "text",
    [
        "1431857103",
        "1431857103.000",
        "1431857103000",
        "1431857103000000",
        "1431857103000000000",
        "2015-05-17T10:05:03+00:00",
        "17/May/2015:10:05:03 +0000",
    ],
)
def test_it_guesses_what_json_logs_hold(text: str) -> None:
    assert guess_time(text) == AT_MS


@pytest.mark.parametrize("layout", ["unix_sec", "rfc3339", APACHE_TIME])
def test_it_raises_for_text_that_does_not_fit(layout: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        time_reader(layout)("yesterday")
