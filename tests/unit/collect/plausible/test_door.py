"""What Plausible's clients are told of a request that fails on its way."""

import json

from footfall.collect.intake import Receipt
from footfall.collect.plausible.door import answer_of, failure
from footfall.domain import DropReason
from footfall.errors import InvalidInput, Unavailable


def test_it_answers_400_and_counts_the_drop_where_a_step_refuses_the_event() -> None:
    wrong = Receipt(errors=[(0, InvalidInput("The url names a host that cannot exist.", field="url"))])

    answer = answer_of([Receipt(accepted=1), Receipt(dropped=[(0, DropReason.BOT)]), wrong])

    assert answer.status == 400
    assert json.loads(answer.body) == {"errors": {"url": ["The url names a host that cannot exist."]}}
    assert (b"x-plausible-dropped", b"2") in answer.headers


def test_it_says_when_to_try_again() -> None:
    answer = failure(Unavailable("The disk is full.", retry_after_seconds=7), {"request": ["The disk is full."]})

    assert answer.status == 503
    assert (b"retry-after", b"7") in answer.headers
