"""A site of a running `footfall serve`, and what its owner reads of it by the API."""

import itertools
import json
import threading
import time
import urllib.request
from typing import Any

from tests.serving import PATIENCE_SECONDS, FootfallServer

# A browser that calls itself headless is a bot to us.
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


_numbers = itertools.count(1)


class CountedSite:
    """A site of a server that others use, too: what a page of an earlier test sends late is not of this one."""

    def __init__(self, footfall: FootfallServer) -> None:
        self.footfall = footfall
        self.domain = f"shop{next(_numbers)}.test"
        self.public_id = footfall.add_site(self.domain)
        scopes = ("--scope", "stats:read", "--scope", "events:write", "--scope", "sites:write")
        self.key = footfall.command("key", "create", "--site", self.domain, *scopes).strip()

    def allow_public_counter(self) -> None:
        """Let anybody read how often pages were viewed."""
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        address = f"{self.footfall.url}/api/v1/sites/{self.domain}"
        body = json.dumps({"public_counter": True}).encode()
        with urllib.request.urlopen(urllib.request.Request(address, body, headers, method="PUT"), timeout=10):
            pass

    def wait_for(self, expected: dict[tuple[str, ...], int], *dimensions: str, metric: str = "events") -> None:
        """Wait until the day's report is as expected: an event can be queried within a second."""
        ends_at = time.monotonic() + PATIENCE_SECONDS
        while (rows := self._report(dimensions, metric)) != expected:
            assert time.monotonic() < ends_at, rows
            threading.Event().wait(0.1)

    def vitals(self) -> list[dict[str, Any]]:
        """The day's Web Vitals by page, once there are any."""
        ends_at = time.monotonic() + PATIENCE_SECONDS
        while not (rows := self._get(f"/api/v1/sites/{self.domain}/vitals-pages?period=today")["results"]):
            assert time.monotonic() < ends_at
            threading.Event().wait(0.1)
        return list(rows)

    def _get(self, path: str) -> Any:
        headers = {"Authorization": f"Bearer {self.key}"}
        with urllib.request.urlopen(
            urllib.request.Request(self.footfall.url + path, headers=headers), timeout=10
        ) as answer:
            return json.load(answer)

    def _report(self, dimensions: tuple[str, ...], metric: str) -> dict[tuple[str, ...], int]:
        question = {"site_id": self.domain, "metrics": [metric], "date_range": "all", "dimensions": dimensions}
        rows = self._ask(question)["results"]
        return {tuple(row["dimensions"]): row["metrics"][0] for row in rows}

    def _ask(self, question: dict[str, Any]) -> Any:
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.footfall.url}/api/v2/query", json.dumps(question).encode(), headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)
