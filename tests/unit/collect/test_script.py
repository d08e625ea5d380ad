"""The served script: what is in it by which option, and how big it is."""

import gzip

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.collect.script import etag, tracker_script
from footfall.domain import IdentityMode, Site, TrackerOptions

MAX_SIZE_BYTES = 1500
SITE = Site(id=1, public_id="Q7hX2mZk9LpRtV4w", domain="example.com")
ALL_OFF = TrackerOptions(outbound_links=False, file_downloads=False, respect_dnt=False)

EVIDENCE = {  # option → text only its code or flag has
    "outbound_links": b'"outbound":true',
    "file_downloads": b'"files":true',
    "form_submissions": b"Form: Submission",
    "track_404_pages": b"responseStatus",
    "hash_based_routing": b'"hash":true',
    "track_localhost": b'"local":true',
    "respect_dnt": b'"dnt":true',
}


def site_with(options: TrackerOptions) -> Site:
    return msgspec.structs.replace(SITE, tracker=options)


def test_it_fits_into_1500_bytes_with_default_options() -> None:
    assert len(gzip.compress(tracker_script(SITE), 9)) <= MAX_SIZE_BYTES


def test_it_shows_every_option_of_a_site() -> None:
    assert set(EVIDENCE) == set(TrackerOptions.__struct_fields__)


@pytest.mark.parametrize("option", EVIDENCE)
def test_it_holds_what_an_option_asks_for_and_only_then(option: str) -> None:
    switched_on = msgspec.structs.replace(ALL_OFF, **{option: True})

    assert EVIDENCE[option] in tracker_script(site_with(switched_on))
    assert EVIDENCE[option] not in tracker_script(site_with(ALL_OFF))


def test_it_holds_no_link_code_when_no_link_is_tracked() -> None:
    assert b"auxclick" not in tracker_script(site_with(ALL_OFF))


def test_it_keeps_a_visitor_id_only_on_sites_in_consented_mode() -> None:
    consented = msgspec.structs.replace(SITE, identity_mode=IdentityMode.CONSENTED)

    assert b"footfall_visitor" in tracker_script(consented)
    assert b"footfall_visitor" not in tracker_script(SITE)


@given(st.sampled_from(IdentityMode), st.lists(st.booleans(), min_size=len(EVIDENCE), max_size=len(EVIDENCE)))
def test_it_needs_no_right_a_strict_policy_would_refuse(mode: IdentityMode, switches: list[bool]) -> None:
    options = TrackerOptions(**dict(zip(EVIDENCE, switches, strict=True)))

    script = tracker_script(msgspec.structs.replace(SITE, tracker=options, identity_mode=mode))

    for forbidden in (b"eval(", b"Function(", b"document.cookie", b"sessionStorage", b"indexedDB", b".style"):
        assert forbidden not in script


def test_it_sends_to_the_endpoint_it_is_given() -> None:
    assert b'"url":"https://in.example/e"' in tracker_script(SITE, "https://in.example/e")


def test_it_has_the_same_tag_exactly_for_the_same_bytes() -> None:
    script = tracker_script(SITE)

    assert etag(script) == etag(bytes(script))
    assert etag(script) != etag(tracker_script(site_with(ALL_OFF)))
    assert etag(script).startswith('W/"')
