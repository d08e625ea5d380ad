"""Death in the middle of an erasure: the next start finishes it, and leaves no byte."""

import signal
from typing import Any

import httpx2 as httpx
import pytest
from tests.column_files import files_holding
from tests.faults.rig import DOMAIN, Rig
from tests.serving import FootfallServer

from footfall.settings import load_secrets

WORD = b"distinctive-word"
STEPS = ("erasure noted", "erased", "journals wiped")


def event(name: str, word: str) -> dict[str, Any]:
    return {"name": "pageview", "url": f"https://{DOMAIN}/{word}", "visitor": name, "props": {"word": word}}


def send(server: FootfallServer, rig: Rig, *events: dict[str, Any]) -> None:
    httpx.post(
        f"{server.url}/api/v1/events?wait=true",
        json={"site": DOMAIN, "events": events},
        headers={"Authorization": f"Bearer {rig.key}"},
        timeout=30,
    ).raise_for_status()


def erase(server: FootfallServer, rig: Rig) -> None:
    token = load_secrets(rig.data_dir).local_token
    httpx.delete(
        f"{server.url}/api/v1/sites/{DOMAIN}/visitors",
        params={"user": "customer-481"},
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    )


@pytest.mark.parametrize("step", STEPS)
def test_it_finishes_an_erasure_that_death_cut_off(rig: Rig, step: str) -> None:
    server = FootfallServer(rig.data_dir, module="tests.faults.server")
    server.start("--kill-after", step)
    send(server, rig, event("customer-481", WORD.decode()), event("customer-482", "another"))
    before = files_holding(rig.data_dir, WORD)
    with pytest.raises(httpx.TransportError):
        erase(server, rig)
    assert server.wait() == -signal.SIGKILL

    with rig.server() as again:
        exported = again.command("export", "--site", DOMAIN, "--format", "jsonl")
        checked = again.command("check")
        after = files_holding(rig.data_dir, WORD)

    assert before
    assert after == []
    assert exported.count("\n") == 1
    assert "another" in exported
    assert "✗" not in checked.replace("✗ free disk", "")
