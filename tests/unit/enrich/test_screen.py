import pytest

from footfall.enrich import screen_class


@pytest.mark.parametrize(
    ("width", "name"),
    [
        (-1, ""),
        (0, ""),
        (1, "<576"),
        (575, "<576"),
        (576, "576–767"),
        (1280, "1280–1599"),
        (2559, "1920–2559"),
        (9999, "≥2560"),
    ],
)
def test_it_classes_widths(width: int, name: str) -> None:
    assert screen_class(width) == name
