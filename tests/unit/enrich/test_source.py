from collections import Counter

import pytest

from footfall.enrich import Category, find_source, find_tagged_source
from footfall.enrich.source import source_names
from footfall.enrich.tables import load_table


@pytest.mark.parametrize(
    ("host", "name", "category"),
    [
        ("google.com", "Google", "search"),
        ("google.co.uk", "Google", "search"),
        ("google.com.br", "Google", "search"),
        ("images.google.de", "Google", "search"),
        ("mail.google.com", "Gmail", "email"),
        ("gemini.google.com", "Gemini", "ai"),
        ("shopping.google.fr", "Google Shopping", "shopping"),
        ("yandex.com.tr", "Yandex", "search"),
        ("m.facebook.com", "Facebook", "social"),
        ("com.reddit.frontpage", "Reddit", "social"),
        ("m.youtube.com", "YouTube", "video"),
        ("chatgpt.com", "ChatGPT", "ai"),
    ],
)
def test_it_knows_hosts_and_apps(host: str, name: str, category: str) -> None:
    known = find_source(host)

    assert known
    assert (known.name, known.category) == (name, category)


@pytest.mark.parametrize("host", ["", "google.evil-example.com", "notgoogle.com", "com", "co.uk", "example.org"])
def test_it_knows_nothing_of_others(host: str) -> None:
    assert find_source(host) is None


@pytest.mark.parametrize(
    ("tag", "name"),
    [("google", "Google"), ("FB", "Facebook"), ("chatgpt.com", "ChatGPT"), ("Hacker News", "Hacker News")],
)
def test_it_knows_tags(tag: str, name: str) -> None:
    known = find_tagged_source(tag)

    assert known
    assert known.name == name


@pytest.mark.parametrize("tag", ["", "newsletter", "shop", "target", "partner"])
def test_it_takes_plain_words_as_they_are(tag: str) -> None:
    assert find_tagged_source(tag) is None


def test_it_gives_each_name_one_category() -> None:
    names = Counter(name for category in Category for name in load_table(category))

    assert [name for name, count in names.items() if count > 1] == []


def test_it_gives_each_pattern_one_name() -> None:
    patterns = Counter(pattern for category in Category for hosts in load_table(category).values() for pattern in hosts)

    assert [pattern for pattern, count in patterns.items() if count > 1] == []


def test_it_names_all_sources_of_a_kind() -> None:
    names = source_names(Category.AI)

    assert {"ChatGPT", "Perplexity"} <= set(names)
    assert list(names) == sorted(set(names))
    assert "Google" not in names
