"""Facts gathered by others, to measure our tables against; they are read where they stand and never copied."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

_BESIDE_THE_REPOSITORY = Path(__file__).parents[3] / ".." / "shared" / "data"

ReadReference = Callable[[str], Any]


@pytest.fixture(scope="session")
def reference_folder() -> Path:
    folder = Path(os.environ.get("FOOTFALL_REFERENCE_DATA", _BESIDE_THE_REPOSITORY))
    if not folder.is_dir():
        pytest.skip("reference data is not there; set FOOTFALL_REFERENCE_DATA to its folder")
    return folder


@pytest.fixture(scope="session")
def read_reference(reference_folder: Path) -> ReadReference:
    return lambda name: yaml.safe_load((reference_folder / name).read_text(encoding="utf-8"))
