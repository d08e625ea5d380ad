"""How reports ask: a question is the body of a v2 query, bound to one site and one moment."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from footfall.query import Answer, DateRange, PropertyKey, total_question
from footfall.query.crawlers import CrawlerFigures

Question = dict[str, Any]
Ask = Callable[[Question], Awaitable[Answer]]
AskOverTime = Callable[[Question], Awaitable[tuple[Answer, Answer]]]
"""Takes a question with one dimension of time; gives what it comes to without that, and its rows."""


@dataclass(frozen=True)
class Asking:
    """Whom reports ask: for figures, for those over time, for the keys of properties (question, limit, offset), for
    crawlers of a range.

    ``segments`` are the filters of those that may be named; ``has_goals`` tells whether the site has any.
    """

    ask: Ask
    over_time: AskOverTime
    property_keys: Callable[[Question, int, int], Awaitable[list[PropertyKey]]]
    crawlers: Callable[[str | list[str]], Awaitable[list[CrawlerFigures]]]
    segments: Mapping[int, list[Any]] = field(default_factory=dict)
    has_goals: bool = True


def asked_once(ask: Ask, over_time: AskOverTime) -> tuple[Ask, AskOverTime]:
    """Ask each question once, however many parts of a page want its answer; totals of one over time come with it."""
    answers: dict[bytes, asyncio.Future[tuple[Answer, ...]]] = {}

    async def alone(question: Question) -> tuple[Answer]:
        return (await ask(question),)

    async def ask_once(question: Question) -> Answer:
        name = _name(question)
        if name not in answers:
            answers[name] = asyncio.ensure_future(alone(question))
        return (await answers[name])[0]

    async def over_time_once(question: Question) -> tuple[Answer, Answer]:
        name = _name(question | {"with": "total"})
        if name not in answers:
            answers[name] = asyncio.ensure_future(over_time(question))
            answers.setdefault(_name(total_question(question)), answers[name])
        total, steps = await answers[name]
        return total, steps

    return ask_once, over_time_once


def _name(question: Question) -> bytes:
    return msgspec.json.encode(question, order="sorted")


def exact_range(span: DateRange) -> list[str]:
    """A range as the two moments queries take, the last one included."""
    last_at = span.end_at.timestamp() - 1
    return [span.first_at.isoformat(), span.end_at.fromtimestamp(last_at, tz=span.end_at.tzinfo).isoformat()]
