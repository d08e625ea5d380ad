"""The garbage collector rests: what is there after a start stays, and little that comes is cyclic."""

import gc


def spare_what_is_there() -> None:
    """Leave all there is by now out of what the collector walks, and let it come rarely."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
