import asyncio
from typing import cast

from footfall.query import Answer
from footfall.reports.asking import Question, asked_once

ANSWER = cast(Answer, object())


async def test_it_asks_each_question_once_however_many_want_its_answer() -> None:
    asked: list[Question] = []

    async def ask(question: Question) -> Answer:
        asked.append(question)
        await asyncio.sleep(0)
        return ANSWER

    async def over_time(question: Question) -> tuple[Answer, Answer]:
        return await asyncio.gather(ask(question), ask(question))

    once, _ = asked_once(ask, over_time)
    one: Question = {"metrics": ["visitors"], "date_range": "day"}
    the_same: Question = {"date_range": "day", "metrics": ["visitors"]}
    another: Question = {"metrics": ["visits"], "date_range": "day"}

    answers = await asyncio.gather(*map(once, [one, the_same, another]))

    assert answers == [ANSWER] * 3
    assert asked == [one, another]


async def test_it_takes_a_total_from_the_answer_over_time() -> None:
    asked: list[Question] = []
    total, steps = cast(Answer, object()), cast(Answer, object())

    async def ask(question: Question) -> Answer:
        asked.append(question)
        return ANSWER

    async def over_time(question: Question) -> tuple[Answer, Answer]:
        asked.append(question)
        return total, steps

    once, over_time_once = asked_once(ask, over_time)
    alone: Question = {"metrics": ["visitors"], "date_range": "7d"}
    by_day: Question = {**alone, "dimensions": ["time:day"], "include": {"time_labels": True}}

    both, one = await asyncio.gather(over_time_once(by_day), once(alone))

    assert (both, one) == ((total, steps), total)
    assert asked == [by_day]
