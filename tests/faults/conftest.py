"""`rig`: an install of its own for each test."""

from pathlib import Path

import pytest
from tests.faults.rig import Rig


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    return Rig(tmp_path / "data", tmp_path / "ledger")
