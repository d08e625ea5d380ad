"""A refusal that is a verdict and an error at once, and the headers of errors, the same at every front door."""

from footfall.domain import DropReason
from footfall.errors import FootfallError, TooManyRequests


class TooFast(TooManyRequests):
    """A client or a site sends more events than it may; none of the request's was kept."""

    reason = DropReason.RATE

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(
            "Too many events within a minute; send them again later.", retry_after_seconds=retry_after_seconds
        )


def refusal_headers(error: FootfallError) -> tuple[tuple[bytes, bytes], ...]:
    """When to try again, and the reason to drop, where there are such."""
    headers: tuple[tuple[bytes, bytes], ...] = ()
    if error.retry_after_seconds:
        headers += ((b"retry-after", b"%d" % error.retry_after_seconds),)
    if isinstance(error, TooFast):
        headers += ((b"x-footfall-dropped", error.reason.value.encode()),)
    return headers
