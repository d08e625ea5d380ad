"""A hundred thousand broken requests to every front door of a whole install."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.serving import ENVIRONMENT

CASES = 100_000
SEED = int(os.environ.get("FUZZ_SEED", "1"))
_PATIENCE_SECONDS = 900

Report = Mapping[str, Any]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder: Path = tmp_path_factory.mktemp("fuzz") / "data"
    command = [sys.executable, "-m", "tests.fuzz.run", str(folder), str(CASES), str(SEED)]
    done = subprocess.run(
        command, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=_PATIENCE_SECONDS
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    found: Report = json.loads(done.stdout)
    return found


def test_it_answers_every_broken_request_with_an_error_of_its_protocol(report: Report) -> None:
    assert report["complaints"] == []
    assert report["cases"] == CASES


def test_it_reaches_every_door_with_good_and_bad_requests(report: Report) -> None:
    wanted = ("native", "plausible", "umami", "goatcounter", "goatcounter api", "pixel")
    good, bad = (dict.fromkeys(wanted, 0) for _ in range(2))
    for outcome, count in report["statuses"].items():
        shape, _, status = outcome.rpartition(" ")
        good[shape] += count if status.startswith("2") else 0
        bad[shape] += count if status.startswith("4") else 0

    assert min(*good.values(), *bad.values()) > 100


def test_it_stores_only_texts_that_can_be_read(report: Report) -> None:
    assert report["stored"] > CASES / 10
    assert report["unreadable"] == 0
