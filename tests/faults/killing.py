"""Dying at a named step of the applier."""

import os
import signal
from collections.abc import Callable


def killer_after(step: str) -> Callable[[str], None]:
    """End this process, without a word of warning to it, once the applier has passed ``step``."""

    def after_step(passed: str) -> None:
        if passed == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return after_step
