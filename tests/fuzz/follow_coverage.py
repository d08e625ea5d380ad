"""`python -m tests.fuzz.follow_coverage DECODER CORPUS -runs=N`: Atheris looks for inputs that reach new code."""

import sys
from contextlib import suppress

import atheris

with atheris.instrument_imports(include=["footfall"]):
    from tests.fuzz.decoders import DECODERS

from footfall.errors import FootfallError


def main() -> None:
    name = sys.argv.pop(1)
    decode = DECODERS[name]

    def take(data: bytes) -> None:
        with suppress(FootfallError):
            decode(data)

    atheris.Setup(sys.argv, take)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
