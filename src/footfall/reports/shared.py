"""How reports ask for people who are no members of a site."""

from datetime import datetime

from footfall.query import Answer, PublicRules, Vocabulary, ask, ask_publicly
from footfall.reports.asking import Ask, Question
from footfall.sites.shared_access import Shown
from footfall.store import Reader


def rules_of(shown: Shown) -> PublicRules:
    """What the owner lets be seen."""
    return PublicRules(
        shows_small_groups=shown.site.public_small_groups,
        shows_cities=shown.site.public_cities,
        only=shown.link.segment_filters if shown.link else (),
    )


def shared_ask(reader: Reader, shown: Shown, now: datetime, vocabulary: Vocabulary) -> Ask:
    """Ask about a site within what its owner lets be seen."""
    rules = rules_of(shown)

    async def ask_store(question: Question) -> Answer:
        return await ask(reader, shown.site, question, now, vocabulary)

    async def ask_within_rules(question: Question) -> Answer:
        return await ask_publicly(ask_store, question, rules)

    return ask_within_rules
