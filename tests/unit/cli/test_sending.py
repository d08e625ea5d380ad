"""Sending many events through the keyed batch API."""

import httpx2 as httpx

from footfall.cli.connection import Connection
from footfall.cli.sending import BatchSender


def test_it_waits_until_the_site_takes_more() -> None:
    answers = iter(
        [
            httpx.Response(429, headers={"retry-after": "0"}, json={"error": {"message": "Too many events."}}),
            httpx.Response(202, json={"accepted": 1}),
        ]
    )
    with httpx.Client(transport=httpx.MockTransport(lambda _: next(answers)), base_url="http://footfall") as client:
        send = BatchSender(Connection(client), "example.com", "import")

        answer = send([{"name": "pageview", "url": "https://example.com/"}], is_last=True)

    assert answer.accepted == 1
    assert next(answers, None) is None
