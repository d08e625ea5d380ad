"""Where a ClickHouse server is, from the setting."""

import pytest

from footfall.errors import SettingsError
from footfall.store.server import address_of


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://ann@db.example:9443/stats", ("https", "db.example", 9443, "ann", "stats")),
        ("https://db.example", ("https", "db.example", 8443, "default", "footfall")),
        ("http://a%40b@[::1]/", ("http", "::1", 8123, "a@b", "footfall")),
    ],
)
def test_it_reads_an_address(url: str, address: tuple[str, str, int, str, str]) -> None:
    assert address_of(url) == address


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("db.example", "must look like"),
        ("clickhouse://db.example:9000", "must look like"),
        ("https://db.example:port", "must look like"),
        ("https://ann:pass@db.example", "may not hold a password"),
    ],
)
def test_it_refuses_an_address_that_makes_no_sense(url: str, sentence: str) -> None:
    with pytest.raises(SettingsError, match=sentence) as raised:
        address_of(url)

    assert "pass@" not in raised.value.message
