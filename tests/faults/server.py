"""`footfall serve` that dies at a step of the applier: takes its arguments, and `--kill-after STEP`."""

import argparse
from pathlib import Path

from tests.faults.killing import killer_after

from footfall import app
from footfall.metadata.clock import system_clock
from footfall.settings import Settings

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("command", choices=["serve"])
    parser.add_argument("--port", type=int)
    parser.add_argument("--kill-after", default="")
    given = parser.parse_args()
    settings = Settings(data_dir=given.data_dir, port=given.port)
    with app.open_install(settings, system_clock, after_step=killer_after(given.kill_after)) as install:
        app.serve(install)
