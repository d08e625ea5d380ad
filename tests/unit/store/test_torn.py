from pathlib import Path

from footfall.store.torn import forget_torn_deletions


def test_it_removes_a_note_without_words_and_no_other(tmp_path: Path) -> None:
    table = tmp_path / "store" / "abc" / "abcdef"
    table.mkdir(parents=True)
    whole, torn = table / "mutation_1.txt", table / "mutation_2.txt"
    whole.write_text("format version: 1\ncreate time: 2026-01-01 00:00:00\ncommands: DELETE WHERE 1\n")
    torn.touch()

    found = forget_torn_deletions(tmp_path)

    assert found == 1
    assert (whole.exists(), torn.exists()) == (True, False)
