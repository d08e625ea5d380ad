import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.errors import InvalidInput
from footfall.importers.logs.template import Template

COMBINED = '$remote_addr $ignore [$datetime] "$method $path $http" $status $size "$referrer" "$user_agent"'


def test_it_reads_the_fields_of_a_line() -> None:
    line = '203.0.113.9 - eve [17/May/2015:10:05:03 +0000] "GET /a?b=c HTTP/1.1" 200 12 "-" "Mozilla/5.0 (X11)"'

    assert Template(COMBINED)(line) == {
        "remote_addr": "203.0.113.9",
        "datetime": "17/May/2015:10:05:03 +0000",
        "method": "GET",
        "path": "/a?b=c",
        "http": "HTTP/1.1",
        "status": "200",
        "size": "12",
        "referrer": "-",
        "user_agent": "Mozilla/5.0 (X11)",
    }


def test_it_reads_over_escaped_quotes() -> None:
    fields = Template('"$referrer" "$user_agent"')(r'"http://a/\"x\" y" "Agent \x22\xC3\xA4\x22"')

    assert fields == {"referrer": 'http://a/"x" y', "user_agent": 'Agent "ä"'}


def test_it_refuses_a_line_cut_short() -> None:
    line = '203.0.113.9 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 12 "-" "Mozilla/5.0'

    assert Template(COMBINED)(line) is None


@pytest.mark.parametrize(
    ("line", "host", "address"),
    [
        ("example.com:443 203.0.113.9 x", "example.com", "203.0.113.9"),
        ("example.com:203.0.113.9 x", "example.com", "203.0.113.9"),
        ("example.com:80:203.0.113.9 x", "example.com", "203.0.113.9"),
        ("example.com 2001:db8::1 x", "example.com", "2001:db8::1"),
        ("example.com:2001:db8::1 x", "example.com", "2001:db8::1"),
    ],
)
def test_it_reads_a_leading_host(line: str, host: str, address: str) -> None:
    assert Template("$remote_addr $ignore", has_leading_host=True)(line) == {"host": host, "remote_addr": address}


@pytest.mark.parametrize("text", ["$nonsense", "$path $path"])
def test_it_refuses_a_template_it_cannot_mean(text: str) -> None:
    with pytest.raises(InvalidInput):
        Template(text)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=2000))
def test_it_answers_any_line(line: str) -> None:
    fields = Template(COMBINED)(line)

    assert fields is None or set(fields) >= {"path", "datetime"}


def test_it_takes_linear_time_for_a_hostile_line() -> None:
    assert Template(COMBINED)("a " * 30_000 + '"' * 5_000 + "[" * 5_000) is None
