"""What a check has found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """The outcome of one check; ``advice`` says what to do where it failed."""

    name: str
    is_fine: bool
    detail: str
    advice: str = ""
