"""The log as JSON lines."""

import json
import logging
import sys

from footfall.app.log_lines import JsonLines


def test_it_writes_one_object_a_line() -> None:
    record = logging.LogRecord("footfall.spool", logging.WARNING, "", 0, "the disk is\nfull: %s", ("95 %",), None)

    line = JsonLines().format(record)

    assert "\n" not in line
    told = json.loads(line)
    assert (told["level"], told["logger"], told["message"]) == ("warning", "footfall.spool", "the disk is\nfull: 95 %")
    assert told["at"].endswith("Z")


def test_it_names_the_kind_of_an_error_and_not_its_words() -> None:
    try:
        raise ValueError("alice@example.com")
    except ValueError:
        record = logging.LogRecord("footfall", logging.ERROR, "", 0, "failed", (), sys.exc_info())

    line = JsonLines().format(record)

    assert json.loads(line)["error"] == "ValueError"
    assert "alice" not in line
