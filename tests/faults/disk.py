"""A disk of its own for an install: a file system in a file, and the moment the power goes."""

import fcntl
import os
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

# EXT4_IOC_SHUTDOWN of linux/ext4.h, and its flag that leaves the journal where it is
_SHUT_DOWN, _WITHOUT_FLUSHING = 0x8004587D, struct.pack("I", 2)
_CANNOT = "file systems cannot be mounted here"


class Disk:
    """An ext4 file system in the file ``image``, mounted at ``folder``."""

    def __init__(self, image: Path, folder: Path) -> None:
        self._image = image
        self._folder = folder

    def lose_power(self) -> None:
        """Forget whatever had not reached the disk, then start it anew: the journal is replayed."""
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, _SHUT_DOWN, _WITHOUT_FLUSHING)
        finally:
            os.close(folder)
        self.unmount()
        self.mount()

    def mount(self) -> None:
        """Without the commit every five seconds: what nobody synced stays in memory for long."""
        command = ["mount", "-o", "loop,commit=600", str(self._image), str(self._folder)]
        if subprocess.run(command, capture_output=True, check=False).returncode != 0:
            pytest.skip(_CANNOT)

    def unmount(self) -> None:
        subprocess.run(["umount", str(self._folder)], check=True)


@contextmanager
def disk_at(folder: Path, image: Path, size_mb: int = 400) -> Iterator[Disk]:
    folder.mkdir(parents=True, exist_ok=True)
    with image.open("wb") as file:
        file.truncate(size_mb << 20)
    try:
        subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)
    except FileNotFoundError:
        pytest.skip(_CANNOT)
    disk = Disk(image, folder)
    disk.mount()
    try:
        yield disk
    finally:
        disk.unmount()
