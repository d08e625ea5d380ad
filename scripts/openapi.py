"""Write the OpenAPI description to the file that is named: what a fresh install serves at `/api/openapi.json`."""

import json
import sys
import tempfile
from pathlib import Path

import httpx2 as httpx

from footfall.app import open_install, web_app
from footfall.cli.in_process import InProcessTransport
from footfall.metadata.clock import system_clock
from footfall.settings import Settings


def description() -> str:
    """The description, indented, so that it can be read."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_install(Settings(data_dir=Path(folder) / "data", max_memory_mb=800), system_clock) as install,
        httpx.Client(transport=InProcessTransport(web_app(install)), base_url="http://openapi") as client,
    ):
        return (
            json.dumps(client.get("/api/openapi.json").raise_for_status().json(), indent=2, ensure_ascii=False) + "\n"
        )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(description())
