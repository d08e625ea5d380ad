"""A disk of its own for a test: an image in a file, and the moment the power goes."""

import fcntl
import os
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_SHUTDOWN = 0x8004587D
_WITHOUT_FLUSHING = struct.pack("I", 2)


class Disk:
    """An ext4 file system in a file, mounted at ``folder``."""

    def __init__(self, image: Path, folder: Path) -> None:
        self._image = image
        self.folder = folder

    def mount(self) -> None:
        """Mount; the journal is replayed where the power had gone.

        Without the commit every five seconds: what nobody synced may stay in memory for long.
        """
        command = ["mount", "-o", "loop,commit=600", str(self._image), str(self.folder)]
        if subprocess.run(command, capture_output=True, check=False).returncode != 0:
            pytest.skip("file systems cannot be mounted here")

    def unmount(self) -> None:
        subprocess.run(["umount", str(self.folder)], check=True)

    def lose_power(self) -> None:
        """From now on nothing reaches the image: neither file contents nor the journal of what was not synced."""
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, _SHUTDOWN, _WITHOUT_FLUSHING)
        finally:
            os.close(folder)


@contextmanager
def disk(image: Path, folder: Path, size_mb: int = 400) -> Iterator[Disk]:
    folder.mkdir(parents=True, exist_ok=True)
    with image.open("wb") as file:
        file.truncate(size_mb << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)
    made = Disk(image, folder)
    made.mount()
    try:
        yield made
    finally:
        made.unmount()
