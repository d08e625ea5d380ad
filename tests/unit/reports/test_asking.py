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

    once = asked_once(ask)
    one: Question = {"metrics": ["visitors"], "date_range": "day"}
    the_same: Question = {"date_range": "day", "metrics": ["visitors"]}
    another: Question = {"metrics": ["visits"], "date_range": "day"}

    answers = await asyncio.gather(*map(once, [one, the_same, another]))

    assert answers == [ANSWER] * 3
    assert asked == [one, another]
