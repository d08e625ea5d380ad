"""What the applier takes from the spool at once, and its entry in the journal."""

from dataclasses import dataclass, field

from footfall.domain import Event


@dataclass(frozen=True)
class Batch:
    """Spool rows ``first_seq`` to ``last_seq``; journalled, so that a retry has the very same bounds.

    ``attempt`` counts inserts under this batch id: each has a token of its own.
    """

    batch_id: int
    attempt: int
    first_seq: int
    last_seq: int
    events: tuple[Event, ...]
    is_cut: bool = field(default=True, compare=False)
    """Whether more waited than a batch holds, as far as anybody knows."""

    @property
    def token(self) -> str:
        """The engine's deduplication token of this attempt."""
        return f"{self.batch_id}-{self.attempt}"
