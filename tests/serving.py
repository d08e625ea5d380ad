"""`footfall serve` as its owner runs it: a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Self

PATIENCE_SECONDS = 30.0
ROOT = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}


def settings_in_environment(options: Mapping[str, object]) -> dict[str, str]:
    """Settings such as ``spool_max_mb`` as the variables they are read from."""
    return {f"FOOTFALL_{name.upper()}": str(value) for name, value in options.items()}


class FootfallServer:
    """The server on a data folder.

    ``restored_from`` is a backup its data is made of first; ``module`` is what Python runs; what it says goes to the
    file ``said_in``; ``options`` are settings, such as ``spool_max_mb``.
    """

    def __init__(
        self,
        data_dir: Path,
        restored_from: Path | None = None,
        *,
        module: str = "footfall",
        said_in: Path | None = None,
        **options: object,
    ) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.data_dir = data_dir
        self._restored_from = restored_from
        self._module = module
        self._said_in = said_in
        self.shell: tuple[str, ...] = ()
        """What the server is started by, such as `sh -c …`; it is given the command as further arguments."""
        self.environment = {**ENVIRONMENT, **settings_in_environment(options)}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        if self._restored_from is not None:
            self.command("restore", str(self._restored_from))
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_running():
            self.stop()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self, *arguments: str) -> None:
        self.launch(*arguments)
        self._await(is_ready=True)

    def await_restart(self) -> None:
        """Return once the server has gone and come back."""
        self._await(is_ready=False)
        self._await(is_ready=True)

    def launch(self, *arguments: str) -> None:
        """Start the process without waiting for it."""
        with ExitStack() as stack:
            said = stack.enter_context(self._said_in.open("ab")) if self._said_in else None
            self._process = subprocess.Popen(
                [*self.shell, *self._command("serve", "--port", str(self.port), *arguments)],
                env=self.environment,
                stdout=said,
                stderr=said,
            )

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> int:
        assert self._process is not None
        self._process.send_signal(with_signal)
        return self.wait()

    def wait(self) -> int:
        """The exit code, once the process has ended by itself."""
        assert self._process is not None
        return self._process.wait(PATIENCE_SECONDS)

    def command(self, *arguments: str, text: str = "") -> str:
        """Run another `footfall` command on the same data."""
        done = self.try_command(*arguments, text=text)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def add_site(self, domain: str) -> str:
        """Add a site while the server runs; tells its public id once the server knows it, which takes half a second."""
        found = re.search(r"/js/(\w+)\.js", self.command("site", "add", domain, "--timezone", "Etc/UTC"))
        assert found is not None
        self._wait_until(lambda: self._answers(f"/js/{found[1]}.js"))
        return found[1]

    def try_command(self, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self._command(*arguments), input=text, capture_output=True, text=True, check=False, env=self.environment
        )

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", self._module, "--data-dir", str(self.data_dir), *arguments]

    def _await(self, *, is_ready: bool) -> None:
        self._wait_until(lambda: self._answers("/ready") == is_ready)

    def _wait_until(self, condition: Callable[[], bool]) -> None:
        ends_at = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert self.is_running(), "footfall serve ended"
            assert time.monotonic() < ends_at, "footfall serve took too long"
            threading.Event().wait(0.02)

    def _answers(self, path: str) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}{path}", timeout=1) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
