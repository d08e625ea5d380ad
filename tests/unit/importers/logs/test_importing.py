from hypothesis import given
from hypothesis import strategies as st

from footfall.importers.batches import BatchAnswer, BatchEvent, DroppedEvent, WrongEvent
from footfall.importers.logs import SkipReason, Summary, find_format, import_logs, parse_exclusion

KEY = b"k" * 32
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0"
OTHER_BROWSER = BROWSER.replace("125", "126")


def line(
    path: str = "/", second: int = 3, *, address: str = "203.0.113.9", agent: str = BROWSER, status: int = 200
) -> str:
    return f'{address} - - [17/May/2015:10:05:{second:02d} +0000] "GET {path} HTTP/1.1" {status} 12 "-" "{agent}"'


class Intake:
    """A receiver of batches that knows ids it has seen, as the real one does."""

    def __init__(self) -> None:
        self.batches: list[list[BatchEvent]] = []
        self.last: list[bool] = []
        self.seen: set[str] = set()

    def send(self, events: list[BatchEvent], *, is_last: bool) -> BatchAnswer:
        self.last.append(is_last)
        self.batches.append(events)
        duplicates = [index for index, event in enumerate(events) if event["id"] in self.seen]
        self.seen.update(event["id"] for event in events)
        return BatchAnswer(accepted=len(events) - len(duplicates), duplicates=duplicates)


def run(lines: list[str], intake: Intake, key: bytes = KEY, domain: str = "example.com") -> Summary:
    return import_logs(lines, find_format("combined"), domain, key=key, send=intake.send)


def test_it_sends_page_views_and_counts_the_rest() -> None:
    intake = Intake()

    summary = run([line("/a"), line("/a.css"), line("/gone", status=404), "nonsense", line("/b")], intake)

    assert [event["url"] for event in intake.batches[0]] == ["https://example.com/a", "https://example.com/b"]
    assert (summary.read, summary.delivery.sent, summary.delivery.accepted) == (5, 2, 2)
    assert summary.skipped == {SkipReason.STATIC_FILE: 1, SkipReason.ERROR: 1, SkipReason.MALFORMED: 1}
    assert [(skipped.line_number, skipped.detail) for skipped in summary.malformed] == [
        (4, "the line does not fit the format")
    ]


def test_it_sends_events_in_the_batch_shape() -> None:
    intake = Intake()

    run([line("/a?utm_source=x")], intake)

    event = intake.batches[0][0]
    assert len(event.pop("id")) == 32
    assert event == {
        "name": "pageview",
        "url": "https://example.com/a?utm_source=x",
        "referrer": None,
        "timestamp": "2015-05-17T10:05:03+00:00",
        "ip": "203.0.113.9",
        "user_agent": BROWSER,
    }


def test_it_adds_nothing_when_run_twice() -> None:
    intake, lines = Intake(), [line("/a"), line("/a"), line("/b"), line("/a", 4)]

    first, second = run(lines, intake), run(lines, intake)

    assert first.delivery.accepted == 4
    assert (second.delivery.accepted, second.delivery.duplicates) == (0, 4)


def test_it_adds_only_what_is_new_of_a_grown_log() -> None:
    intake, lines = Intake(), [line("/a"), line("/a")]
    run(lines, intake)

    grown = run([*lines, line("/a"), line("/b", 9)], intake)

    assert grown.delivery.accepted == 2


@given(st.sampled_from([BROWSER, OTHER_BROWSER]), st.ip_addresses())
def test_it_makes_ids_that_say_nothing_of_who_asked(agent: str, address: object) -> None:
    one, other = Intake(), Intake()

    run([line()], one)
    run([line(address=str(address), agent=agent)], other)

    assert one.seen == other.seen


def test_it_makes_other_ids_for_another_key_or_site() -> None:
    intake = Intake()

    for key, domain in ((KEY, "example.com"), (b"o" * 32, "example.com"), (KEY, "example.org")):
        run([line()], intake, key, domain)

    assert len(intake.seen) == 3


def test_it_keeps_ids_when_other_requests_are_excluded() -> None:
    everything, without_first = Intake(), Intake()
    lines = [line("/a", agent=BROWSER), line("/a", agent=OTHER_BROWSER)]

    run(lines, everything)
    rules = [parse_exclusion("user_agent:Firefox/125")]
    import_logs(lines, find_format("combined"), "example.com", key=KEY, send=without_first.send, exclusions=rules)

    assert without_first.seen == {everything.batches[0][1]["id"]}


def test_it_sends_a_thousand_events_at_a_time() -> None:
    intake = Intake()

    run([line(f"/{number}") for number in range(2_500)], intake)

    assert [len(batch) for batch in intake.batches] == [1_000, 1_000, 500]
    assert intake.last == [False, False, True]


def test_it_adds_up_what_intake_refused() -> None:
    answer = BatchAnswer(dropped=[DroppedEvent(0, "bot")], errors=[WrongEvent(1, "url", "…")])

    summary = import_logs(
        [line("/a"), line("/b")],
        find_format("combined"),
        "example.com",
        key=KEY,
        send=lambda events, *, is_last: answer,
    )

    assert summary.delivery.dropped == {"bot": 1}
    assert summary.delivery.wrong == {"url": 1}


def test_it_keeps_only_the_first_malformed_lines() -> None:
    summary = run(["nonsense"] * 50, Intake())

    assert summary.skipped[SkipReason.MALFORMED] == 50
    assert len(summary.malformed) == 20
