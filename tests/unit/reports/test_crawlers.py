from footfall.enrich import find_bot
from footfall.reports.crawlers import GROUPS, PURPOSES


def test_it_puts_every_purpose_into_one_group() -> None:
    named = [group for group in GROUPS.values() if group.kinds]

    grouped = [kind for group in named for kind in group.kinds]

    assert sorted(grouped) == sorted(PURPOSES)


def test_it_shows_all_in_one_group() -> None:
    assert all(GROUPS[""].holds(kind) for kind in PURPOSES)
    assert not GROUPS["ai"].holds("seo")


def test_it_has_words_for_the_purposes_of_crawlers() -> None:
    agents = ("Googlebot/2.1", "curl/8.5.0", "AhrefsBot/7.0", "GPTBot/1.2", "Octopus 1.0.2", "HeadlessChrome/120.0")

    kinds = {found.kind for agent in agents if (found := find_bot(agent))}

    assert len(kinds) == len(agents)
    assert kinds <= PURPOSES.keys()
