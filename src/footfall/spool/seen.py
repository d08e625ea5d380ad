"""The event ids of the last day: eight bytes each, looked up in groups."""

import numpy as np
import numpy.typing as npt

_RECENT_IDS = 1 << 16
_SEGMENT_IDS = 1 << 20


class SeenIds:
    """Tells new event ids from those seen in the last 24 hours, or among the last ``limit`` where that is less.

    New ids gather in a set; full sets become sorted arrays, which are merged up to a size that sorts in some tens of
    milliseconds. Used by one thread.
    """

    def __init__(self, *, limit: int = 20_000_000, keep_ms: int = 86_400_000) -> None:
        self._limit = limit
        self._keep_ms = keep_ms
        self._recent: set[int] = set()
        self._segments: list[_Segment] = []

    def __len__(self) -> int:
        return len(self._recent) + sum(len(segment.ids) for segment in self._segments)

    def remember(self, ids: list[int], now_ms: int) -> None:
        """Take over ids known from before, without asking."""
        for start in range(0, len(ids), _SEGMENT_IDS):
            part = np.unique(np.array(ids[start : start + _SEGMENT_IDS], dtype=np.uint64))
            self._segments.append(_Segment(part, now_ms))
        self._expire(now_ms)

    def add(self, ids: list[int]) -> set[int]:
        """Note ``ids``; returns the positions of those seen before, in earlier calls or earlier in this one."""
        positions = self._known(ids)
        fresh = set(ids)
        if not positions and len(fresh) == len(ids) and self._recent.isdisjoint(fresh):  # nearly always
            self._recent |= fresh
            return positions
        for position, event_id in enumerate(ids):
            if position in positions:
                continue
            if event_id in self._recent:
                positions.add(position)
            else:
                self._recent.add(event_id)
        return positions

    def forget(self, ids: list[int]) -> None:
        """Take back ids of a group that could not be written; call before ``settle``."""
        self._recent.difference_update(ids)

    def settle(self, now_ms: int) -> None:
        """Fold a full set into the sorted arrays and let go of what is too old."""
        if len(self._recent) >= _RECENT_IDS:
            self._fold(now_ms)

    def _known(self, ids: list[int]) -> set[int]:
        if not self._segments:
            return set()
        wanted = np.array(ids, dtype=np.uint64)
        known = np.zeros(len(ids), dtype=bool)
        for segment in self._segments:
            known |= segment.has(wanted)
        return set(np.flatnonzero(known).tolist())

    def _fold(self, now_ms: int) -> None:
        fresh = _Segment(np.sort(np.fromiter(self._recent, dtype=np.uint64, count=len(self._recent))), now_ms)
        self._recent.clear()
        while self._segments and len(self._segments[-1].ids) <= len(fresh.ids) < _SEGMENT_IDS:
            older = self._segments.pop()
            fresh = _Segment(np.sort(np.concatenate([older.ids, fresh.ids])), now_ms)
        self._segments.append(fresh)
        self._expire(now_ms)

    def _expire(self, now_ms: int) -> None:
        self._segments = [segment for segment in self._segments if segment.newest_ms > now_ms - self._keep_ms]
        while len(self) > self._limit and self._segments:
            self._segments.pop(0)


class _Segment:
    """Sorted ids and when the newest of them came."""

    def __init__(self, ids: npt.NDArray[np.uint64], newest_ms: int) -> None:
        self.ids = ids
        self.newest_ms = newest_ms

    def has(self, wanted: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
        places = np.searchsorted(self.ids, wanted)
        places[places == len(self.ids)] = 0
        return np.asarray(self.ids[places] == wanted)
