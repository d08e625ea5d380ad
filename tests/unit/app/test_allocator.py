"""The C library takes the options; that they help is measured by `make bench-intake`."""

import platform
import subprocess
import sys

import pytest


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library has another allocator")
def test_it_takes_every_option() -> None:
    code = "from footfall.app.allocator import keep_little; raise SystemExit(not keep_little())"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
