"""`python -m tests.fuzz.follow_coverage DECODER CORPUS -runs=N`: Atheris looks for inputs that reach new code."""

import resource
import sys
from contextlib import suppress

import atheris

with atheris.instrument_imports(include=["footfall"]):
    from tests.fuzz.decoders import DECODERS

from footfall.errors import FootfallError

_MAX_BYTES_OF_MEMORY = 2 << 30


def main() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (_MAX_BYTES_OF_MEMORY, _MAX_BYTES_OF_MEMORY))
    name = sys.argv.pop(1)
    decode = DECODERS[name]

    def take(data: bytes) -> None:
        with suppress(FootfallError):
            decode(data)

    atheris.Setup(sys.argv, take)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
