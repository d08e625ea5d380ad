"""One letter a month to the owners of a team whose views are nearly used up."""

import asyncio
from collections.abc import Callable, Iterable

from footfall.domain.plans import Month
from footfall.mail import Letter, Post
from footfall.plans.metering import Metering
from footfall.plans.team_plans import TeamPlans
from footfall.plans.usage import TeamUsage, Usage
from footfall.texts import ENGLISH, Words, words_of

Told = Callable[[str, str, TeamUsage], Letter]
"""An address, the team's name and what it uses → the letter."""


def tell_owners(plans: TeamPlans, usage: Usage, metering: Metering, post: Post, letter: Told, now_ms: int) -> None:
    """Write to those who were not told this month; noted first, so that a crash never makes it two letters.

    Where none of a team's owners can be reached, it is tried again at the next call.
    """
    if not post.is_set_up:
        return
    for team_id in metering.nearly_used_up:
        told = plans.note_told(team_id, Month.at(now_ms).number)
        if told is None:
            continue
        name, owners = told
        used = usage.of_team(team_id)
        letters = [(letter(owner.email, name, used), words_of(owner.language or ENGLISH)) for owner in owners]
        if not asyncio.run(_send(post, letters)):
            plans.note_untold(team_id)


async def _send(post: Post, letters: Iterable[tuple[Letter, Words]]) -> bool:
    sent = [await post.try_to_send(letter, words) for letter, words in letters]
    return any(sent)
