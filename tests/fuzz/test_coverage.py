"""Inputs that Atheris finds by following which code they reach."""

import importlib.util
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from tests.fuzz.decoders import DECODERS
from tests.fuzz.seeds import Names, seeds
from tests.serving import ENVIRONMENT, ROOT

RUNS = 20_000
_MAX_BYTES = 1_024
_PATIENCE_SECONDS = 300
_NAMES = Names("alice.example", "abcdefghijkl", "3c0df4b4-5918-5601-8ff9-724d185ac21c", ("key",))
_TEXTS = (
    *(
        "https://alice.example/a%20b?utm_source=x&ref=y#z",
        "203.0.113.1, [::1]:80",
        "alice@example.com",
        "+49 151 23456789",
    ),
    *("p=%2Fa&e=true&s=1280,1&b=150&q=%3Fref%3Dx", "4111 1111 1111 1111", "token=abcd%26DE89370400440532013000"),
)

if importlib.util.find_spec("atheris") is None:
    pytest.skip("atheris is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handful of valid bodies to begin with."""
    folder: Path = tmp_path_factory.mktemp("corpus")
    bodies = [json.dumps(seed.document) for seed in seeds(_NAMES) if seed.document is not None]
    for number, text in enumerate((*bodies, *_TEXTS)):
        (folder / f"{number}").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("decoder", DECODERS)
def test_it_reads_or_refuses_what_reaches_new_code(decoder: str, corpus: Path, tmp_path: Path) -> None:
    found = tmp_path / "found"
    found.mkdir()
    seed = random.Random(decoder).randrange(1, 2**31)
    command = [sys.executable, "-m", "tests.fuzz.follow_coverage", decoder, str(found), str(corpus)]
    options = [
        f"-runs={RUNS}",
        f"-seed={seed}",
        f"-max_len={_MAX_BYTES}",
        "-timeout=10",
        "-rss_limit_mb=0",  # it would count the parent's memory too, which a child inherits; the child bounds its own
        f"-artifact_prefix={tmp_path}/",
    ]

    done = subprocess.run(
        [*command, *options],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE_SECONDS,
    )

    assert done.returncode == 0, done.stderr[-3_000:]
    assert f"Done {RUNS} runs" in done.stderr
