"""Width classes of screens: the panel shows these, never a width that would tell visitors apart."""

from bisect import bisect_right

_STARTS = (1, 576, 768, 992, 1280, 1600, 1920, 2560)
_CLASSES = ("", "<576", "576–767", "768–991", "992–1279", "1280–1599", "1600–1919", "1920–2559", "≥2560")


def screen_class(width: int) -> str:
    """The class of a width in CSS pixels; empty for none."""
    return _CLASSES[bisect_right(_STARTS, width)]
