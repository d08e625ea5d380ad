"""Every error Footfall raises on purpose.

FootfallError
├── InvalidInput        400  what was sent cannot be understood
├── NotSignedIn         401  no key or no session
├── PlanLimit           402  the plan of the team has no room for it
├── NotAllowed          403  known caller, no right
│   └── SecondFactorNeeded   the right is theirs, once they have a second factor
├── NotFound            404
├── TimedOut            408  the request took too long to arrive
├── Conflict            409  it exists already
├── TooLarge            413
├── TooManyRequests     429
├── Unavailable         503  for now: disk full, starting, stopping
├── QueryTooHeavy       422  over the time or memory limit
├── StoreError          500  the store did not do what it was told
├── SettingsError            a setting or file of this install is wrong
│   └── DatabaseAway         the database that a setting names does not answer
└── DataFolderInUse          another process owns the data folder

The message is one sentence that says what happened and what to do; edges turn it into one JSON shape, in English, and
pages say its `phrase` in the language of their reader.
"""

from footfall.texts import Phrase


class FootfallError(Exception):
    """Base of all errors raised on purpose."""

    code = "error"
    status = 500
    retry_after_seconds = 0  # 0: no use in trying again

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = str(message)
        self.phrase = message if isinstance(message, Phrase) else Phrase(message)
        self.field = field


class InvalidInput(FootfallError):
    """What was sent cannot be understood; ``field`` names the part."""

    code = "invalid_input"
    status = 400


class NotSignedIn(FootfallError):
    """No key or session came with the request, or it is no longer valid."""

    code = "not_signed_in"
    status = 401


class PlanLimit(FootfallError):
    """The plan of the team has no room for this; only an install with plans says so."""

    code = "plan_limit"
    status = 402


class NotAllowed(FootfallError):
    """The caller is known but has no right to this."""

    code = "not_allowed"
    status = 403


class SecondFactorNeeded(NotAllowed):
    """The team of a site lets in only those who have a second factor, and the caller has none."""

    code = "second_factor_needed"

    def __init__(self) -> None:
        super().__init__("This site is seen with a second factor only; set one up at /account/second-factor.")


class NotFound(FootfallError):
    """Nothing the caller may see stands under this name."""

    code = "not_found"
    status = 404


class TimedOut(FootfallError):
    """The request took too long to arrive."""

    code = "timed_out"
    status = 408


class Conflict(FootfallError):
    """It exists already."""

    code = "conflict"
    status = 409


class TooLarge(FootfallError):
    """The body is over its limit."""

    code = "too_large"
    status = 413


class QueryTooHeavy(FootfallError):
    """The query went over its time or memory limit."""

    code = "query_too_heavy"
    status = 422


class TooManyRequests(FootfallError):
    """The caller sends more than it may; where the moment is known, try again in ``retry_after_seconds``."""

    code = "too_many_requests"
    status = 429

    def __init__(self, message: str, *, retry_after_seconds: int = 0) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class Unavailable(FootfallError):
    """Not possible just now; try again in ``retry_after_seconds``."""

    code = "unavailable"
    status = 503

    def __init__(self, message: str, *, retry_after_seconds: int = 5) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class StoreError(FootfallError):
    """The store did not do what it was told."""

    code = "store"


class SettingsError(FootfallError):
    """A setting or file of this install is wrong."""

    code = "settings"


class DatabaseAway(SettingsError):
    """The database that a setting names does not answer, or lets nobody in."""

    code = "database_away"


class DataFolderInUse(FootfallError):
    """Another process owns the data folder."""

    code = "data_folder_in_use"
