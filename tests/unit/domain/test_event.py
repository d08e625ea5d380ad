import msgspec

from footfall.domain import Crawler, Event, VisitAttributes

VIEW = Event(1, 2, "pageview", 3, 3, 4, 0, False, "example.com", "/", VisitAttributes())


def test_it_reads_rows_from_before_crawlers_were_kept() -> None:
    values = msgspec.msgpack.decode(msgspec.msgpack.encode(VIEW))

    assert msgspec.msgpack.decode(msgspec.msgpack.encode(values[:-1]), type=Event) == VIEW


def test_it_keeps_the_crawler_of_a_view() -> None:
    view = msgspec.structs.replace(VIEW, crawler=Crawler("GPTBot", "ai-training", "OpenAI"))

    assert msgspec.msgpack.decode(msgspec.msgpack.encode(view), type=Event) == view
