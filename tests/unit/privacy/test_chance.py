import random
from pathlib import Path

import pytest

from footfall.privacy.needles import Needle
from footfall.privacy.scan import Report, Scan

NEEDLES = [Needle("address", f"198.18.{number}.7") for number in range(200)]
NOISE = random.Random(1).randbytes(40_000_000)


@pytest.fixture(scope="module")
def scan() -> Scan:
    return Scan(NEEDLES)


def scanned(scan: Scan, folder: Path, content: bytes) -> Report:
    (folder / "file").write_bytes(content)
    return scan.files([folder])


def test_it_does_not_take_noise_for_packed_addresses(scan: Scan, tmp_path: Path) -> None:
    assert scanned(scan, tmp_path, NOISE).findings == []


def test_it_finds_packed_addresses_in_noise(scan: Scan, tmp_path: Path) -> None:
    packed = b"".join(bytes(map(int, needle.text.split("."))) for needle in NEEDLES[:40])

    report = scanned(scan, tmp_path, NOISE + packed)

    assert [(finding.label, finding.encoding) for finding in report.findings] == [("address", "packed")]


def test_it_does_not_take_a_number_that_holds_one_for_a_find(scan: Scan, tmp_path: Path) -> None:
    column = (b"\x01\x02" + bytes([198, 18, 1, 7]) + b"\x03\x04") * 100

    assert scanned(scan, tmp_path, NOISE + column).findings == []


def test_it_takes_one_address_as_text_for_a_find(scan: Scan, tmp_path: Path) -> None:
    report = scanned(scan, tmp_path, NOISE + b" 198.18.1.7 ")

    assert ("address", "text", 1) in {(each.label, each.encoding, each.count) for each in report.findings}
