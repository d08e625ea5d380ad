"""Death in the middle of telling channels again, under load: the next start goes on, and the books add up."""

import json
import signal
import subprocess
import sys
import urllib.request
from typing import Any

import pytest
from tests.faults.older_rules import CHANNEL
from tests.faults.rig import DOMAIN, Rig
from tests.faults.waiting import wait_until
from tests.serving import ENVIRONMENT, PATIENCE_SECONDS, FootfallServer

from footfall.settings import load_secrets

STEPS = ("days with other channels marked", "channels told")


@pytest.mark.parametrize("step", STEPS)
def test_it_finishes_telling_channels_again_that_death_cut_off(rig: Rig, step: str) -> None:
    with rig.server() as server, rig.load(server):
        wait_until(lambda: len(rig.acknowledged()) > 200, PATIENCE_SECONDS, "events")
    make_older(rig)
    server = FootfallServer(rig.data_dir, module="tests.faults.server", rate_per_client=0)
    server.start("--kill-after", step)
    with rig.load(server):
        assert server.wait() == -signal.SIGKILL

    with rig.server() as again:
        wait_until(
            lambda: asked(rig, again, f"/internal/rebuild?domain={DOMAIN}")[DOMAIN]["is_done"],
            PATIENCE_SECONDS,
            "its end",
        )
        found = asked(rig, again, "/api/v2/query", body={
            "site_id": DOMAIN, "metrics": ["visits"], "dimensions": ["visit:channel"], "date_range": "all",
        })  # fmt: skip

    channels = {row["dimensions"][0] for row in found["results"]}
    assert channels
    assert CHANNEL not in channels
    rig.check_nothing_lost_or_doubled()


def is_done(rig: Rig, server: FootfallServer) -> bool:
    return bool(asked(rig, server, f"/internal/rebuild?domain={DOMAIN}")[DOMAIN]["is_done"])


def make_older(rig: Rig) -> None:
    command = [sys.executable, "-m", "tests.faults.older_rules", str(rig.data_dir)]
    subprocess.run(command, check=True, env=ENVIRONMENT)


def asked(rig: Rig, server: FootfallServer, path: str, body: object = None) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {load_secrets(rig.data_dir).local_token}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(server.url + path, data, headers), timeout=30) as answer:
        found: dict[str, Any] = json.load(answer)
        return found
