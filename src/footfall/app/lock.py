"""One process owns a data folder. The lock also tells the command line where the server listens."""

import fcntl
import json
import os
from pathlib import Path
from types import TracebackType

from footfall.errors import DataFolderInUse


class FolderLock:
    """Held while this process lives; the kernel lets go of it, whatever ends the process."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "lock"
        self._file = self._path.open("a+")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.close()
            raise DataFolderInUse(
                f"Another Footfall process uses {data_dir}; stop it, or give this one a folder of its own."
            ) from error
        self.tell("")

    def tell(self, url: str) -> None:
        """Write down where this process answers."""
        self._file.seek(0)
        self._file.truncate()
        json.dump({"pid": os.getpid(), "url": url}, self._file)
        self._file.flush()

    def __enter__(self) -> "FolderLock":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def running_server(data_dir: Path) -> str | None:
    """Where the server that owns this folder answers; None where no process owns it."""
    path = data_dir / "lock"
    if not path.exists():
        return None
    with path.open("r") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return str(json.load(file).get("url", ""))
    return None
