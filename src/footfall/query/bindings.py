"""Values on their way to the engine, apart from the text of the statement."""

from typing import Any


class Bindings:
    """Collects the parameters of one statement and hands out the place each is named by."""

    def __init__(self) -> None:
        self.parameters: dict[str, Any] = {}

    def bind(self, kind: str, value: Any) -> str:
        """The placeholder of ``value`` as the engine type ``kind``."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"{{{name}:{kind}}}"

    def moment(self, ms: int) -> str:
        """A point in time, given in UTC milliseconds."""
        return f"fromUnixTimestamp64Milli({self.bind('Int64', ms)}, 'UTC')"

    def day(self, day: int) -> str:
        """A local day, counted from 1970-01-01."""
        return f"toDate({self.bind('UInt16', day)})"
