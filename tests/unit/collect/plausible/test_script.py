"""Plausible's scripts: what their names ask for is in them."""

import itertools

import msgspec
import pytest

from footfall.collect.plausible.script import PARTS, legacy_script, site_script
from footfall.domain import Site, TrackerOptions

EVIDENCE = {  # part of the name → text only its code or flag has
    "hash": b'"hash":true',
    "local": b'"local":true',
    "manual": b'"manual":true',
    "outbound-links": b'"outbound":true',
    "file-downloads": b'"files":true',
    "tagged-events": b'"tagged":true',
    "pageview-props": b'"event-"',
    "exclusions": b"data-exclude",
}
WITHOUT_EFFECT = ("revenue", "compat", "pageleave")
SITE = Site(id=1, public_id="Q7hX2mZk9LpRtV4w", domain="example.com")


@pytest.mark.parametrize("part", EVIDENCE)
def test_it_holds_what_the_name_asks_for_and_only_then(part: str) -> None:
    plain, asked = legacy_script("script.js"), legacy_script(f"script.{part}.js")

    assert plain is not None
    assert asked is not None
    assert EVIDENCE[part] in asked
    assert EVIDENCE[part] not in plain


@pytest.mark.parametrize("part", WITHOUT_EFFECT)
def test_it_takes_parts_that_every_script_has(part: str) -> None:
    assert legacy_script(f"script.{part}.js") == legacy_script("script.js")


def test_it_takes_parts_in_any_order_under_both_names() -> None:
    parts = ("hash", "outbound-links", "file-downloads", "exclusions")
    names = [".".join(order) for order in itertools.permutations(parts)]

    scripts = {legacy_script(f"{base}.{name}.js") for base in ("script", "plausible") for name in names}

    assert len(scripts) == 1


def test_it_serves_every_combination_of_parts() -> None:
    parts = (*EVIDENCE, *WITHOUT_EFFECT)
    chosen = itertools.chain.from_iterable(itertools.combinations(parts, count) for count in range(len(parts) + 1))

    assert set(parts) == PARTS
    assert all(legacy_script(".".join(("script", *some, "js"))) for some in chosen)


@pytest.mark.parametrize("name", ["script.surprise.js", "other.js", "script.hash", "script..js", "script.js.map"])
def test_it_knows_no_other_names(name: str) -> None:
    assert legacy_script(name) is None


def test_it_starts_a_sites_script_with_the_options_of_the_site() -> None:
    plain = msgspec.structs.replace(SITE, tracker=TrackerOptions(outbound_links=False, file_downloads=False))
    full = msgspec.structs.replace(SITE, tracker=TrackerOptions(form_submissions=True, hash_based_routing=True))

    assert b'({"domain":"example.com"},[' in site_script(plain)
    for option in (b"outboundLinks", b"fileDownloads", b"formSubmissions", b"hashBasedRouting"):
        assert b'"%s":true' % option in site_script(full)


def test_it_leaves_the_site_to_the_page_where_there_is_none() -> None:
    assert b'({"outboundLinks":true,"fileDownloads":true},[' in site_script(None)


def test_it_needs_no_right_a_strict_policy_would_refuse() -> None:
    everything = legacy_script("script." + ".".join(EVIDENCE) + ".js") or b""

    for script in (everything, site_script(SITE)):
        for forbidden in (b"eval(", b"Function(", b"document.cookie", b"sessionStorage", b"indexedDB"):
            assert forbidden not in script
