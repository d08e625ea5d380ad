import gzip
from pathlib import Path

import pytest

from footfall.errors import NotFound
from footfall.importers.logs import open_log


@pytest.mark.parametrize("is_gzip", [False, True])
def test_it_reads_plain_and_gzip_files(tmp_path: Path, is_gzip: bool) -> None:
    content = b"one\ntwo \xff\n"
    file = tmp_path / "access.log"
    file.write_bytes(gzip.compress(content) if is_gzip else content)

    with open_log(str(file)) as log:
        lines = list(log.lines())
        position = log.position_bytes()

    assert lines == ["one\n", "two �\n"]
    assert position == log.size_bytes == file.stat().st_size


def test_it_cuts_endless_lines(tmp_path: Path) -> None:
    file = tmp_path / "access.log"
    file.write_bytes(b"x" * 200_000)

    with open_log(str(file)) as log:
        assert max(len(line) for line in log.lines()) == 65_536


def test_it_says_when_there_is_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="cannot be read"), open_log(str(tmp_path / "none")):
        pass
