"""Questions put to the stats API while events come in."""

import json
import threading
import time
import urllib.request
from typing import Any

_POLL_SECONDS = 0.01
_QUESTIONS: tuple[dict[str, Any], ...] = (
    {"metrics": ["visitors", "visits", "pageviews", "bounce_rate", "visit_duration"]},
    {"metrics": ["visitors", "pageviews"], "dimensions": ["time:day"]},
    {"metrics": ["visitors", "bounce_rate"], "dimensions": ["visit:source"]},
    {"metrics": ["visitors", "pageviews"], "dimensions": ["event:page"]},
    {"metrics": ["visitors"], "dimensions": ["visit:country"]},
    {"metrics": ["visitors"], "dimensions": ["visit:browser"]},
)


class Asker:
    """Someone with a key of one site."""

    def __init__(self, port: int, domain: str, key: str) -> None:
        self._origin = f"http://127.0.0.1:{port}"
        self._domain = domain
        self._key = key
        self.asked = 0

    def ask_until(self, ends: threading.Event) -> None:
        """Ask one question after the other."""
        while not ends.is_set():
            question = _QUESTIONS[self.asked % len(_QUESTIONS)]
            self._post("/api/v2/query", {"site_id": self._domain, "date_range": "month", **question})
            self.asked += 1

    def milliseconds_until_visible(self, number: int) -> float:
        """Send one view and ask for it until it is there."""
        path = f"/probe-{number}-{time.monotonic_ns()}"
        event = {"name": "pageview", "url": f"https://{self._domain}{path}", "visitor": f"probe {number}"}
        self._post("/api/v1/events", {"site": self._domain, "events": [event]})
        began_at = time.perf_counter()
        question = {
            "site_id": self._domain,
            "date_range": "day",
            "metrics": ["pageviews"],
            "filters": [["is", "event:page", [path]]],
        }
        while self._post("/api/v2/query", question)["results"][0]["metrics"] != [1]:
            time.sleep(_POLL_SECONDS)
        return (time.perf_counter() - began_at) * 1000

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        request = urllib.request.Request(self._origin + path, json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)
