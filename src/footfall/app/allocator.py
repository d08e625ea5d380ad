"""The C library's allocator, told to keep less for itself."""

import ctypes

_MEGABYTE = 1 << 20
# Numbers of glibc's <malloc.h>.
_OPTIONS = (
    (-8, 1),  # M_ARENA_MAX: one heap for all threads, which wait for each other in Python anyway
    (-3, _MEGABYTE // 2),  # M_MMAP_THRESHOLD: larger blocks go back to the system when they are freed
    (-1, 2 * _MEGABYTE),  # M_TRIM_THRESHOLD: so does the end of the heap
)


def keep_little() -> bool:
    """Set the options; tells whether there is such an allocator. Call before threads start."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and [mallopt(option, value) for option, value in _OPTIONS] == [1] * len(_OPTIONS)
