from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.enrich.test_agent import CHROME_ON_ANDROID, CHROME_ON_WINDOWS

from footfall.domain import Crawler
from footfall.enrich import RequestSigns, find_bot

UNUSUAL = "Mozilla/5.0 (Mixed) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0"
"""One kind of evidence: it names no device."""


@pytest.mark.parametrize(
    ("user_agent", "bot"),
    [
        ("", Crawler("Unknown bot", "unknown")),
        (
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
            Crawler("GPTBot", "ai-training", "OpenAI"),
        ),
        (
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot",
            Crawler("ChatGPT-User", "ai-assistant", "OpenAI"),
        ),
        ("Mozilla/5.0 (compatible; PerplexityBot/1.0)", Crawler("PerplexityBot", "ai-search", "Perplexity")),
        (
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            Crawler("Googlebot", "search-engine"),
        ),
        ("curl/8.5.0", Crawler("curl", "http-library")),
        ("Mozilla/5.0 (compatible; ExampleSpider/1.0)", Crawler("ExampleSpider", "crawler")),
    ],
)
def test_it_names_machines(user_agent: str, bot: Crawler) -> None:
    assert find_bot(user_agent) == bot


@pytest.mark.parametrize(
    "user_agent",
    [
        "Octopus 1.0.2",  # neither software nor device
        "ipad",  # no software, and a bare word
        "Zao/0.1 (http://zao.example/zao)",  # no device, and an address
        "Mozilla/5.0 (compatible; Trance/1.0)",
        "Mozilla/5.0",
    ],
)
def test_it_sees_machines_without_a_name_by_two_kinds_of_evidence(user_agent: str) -> None:
    assert find_bot(user_agent)


@pytest.mark.parametrize(
    "user_agent",
    [
        "Mozilla/5.0 (Mixed) AppleWebKit/537.36 (KHTML, like Gecko)",  # no device
        "MyShop/4.2 (iPhone; iOS 18.2; Scale/3.00)",  # no software that is known
        f"{CHROME_ON_WINDOWS} (https://toolbar.example)",  # an address
    ],
)
def test_it_calls_nobody_a_machine_for_one_kind(user_agent: str) -> None:
    assert find_bot(user_agent) is None


@pytest.mark.parametrize(
    ("user_agent", "more", "is_machine"),
    [
        (UNUSUAL, {}, False),
        (UNUSUAL, {"has_language": False}, True),
        (UNUSUAL, {"has_fetch_metadata": False}, True),
        (UNUSUAL, {"has_fetch_metadata": False, "is_secure": False}, False),
        (UNUSUAL.replace("138", "57"), {"has_fetch_metadata": False}, False),
        (CHROME_ON_WINDOWS, {"has_language": False, "has_fetch_metadata": False}, False),
    ],
)
def test_it_asks_the_headers_about_a_suspicious_agent(user_agent: str, more: dict[str, Any], is_machine: bool) -> None:
    usual = RequestSigns(user_agent, has_language=True, has_fetch_metadata=True, is_secure=True)

    found = find_bot(user_agent, lambda: usual._replace(**more))

    assert (found is not None) == is_machine


def test_it_leaves_the_headers_of_a_plain_browser_unread() -> None:
    def unread() -> RequestSigns:
        raise AssertionError

    assert find_bot(CHROME_ON_ANDROID, unread) is None


def test_it_takes_a_listed_name_from_the_beginning_of_a_word_only() -> None:
    assert find_bot("Mozilla/5.0 (compatible; 008/0.83; http://www.80legs.com/spider.html) Gecko/2008032620")
    assert find_bot("Opera/9.80 (MAUI Runtime; Opera Mini/4.4.39008/37.9178; U; en) Presto/2.12 Version/12.16") is None


def test_it_sees_browsers_that_nobody_sits_at() -> None:
    found = find_bot(CHROME_ON_WINDOWS.replace("Chrome", "HeadlessChrome"))

    assert found
    assert found.kind == "browser-automation"


@pytest.mark.parametrize(
    "user_agent",
    [
        CHROME_ON_WINDOWS,
        CHROME_ON_ANDROID,
        "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)",
        "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0 Mobile",
        "Lynx/2.8.9rel.1 libwww-FM/2.14",
    ],
)
def test_it_lets_people_through(user_agent: str) -> None:
    assert find_bot(user_agent) is None


@given(st.text())
def test_it_takes_any_text(user_agent: str) -> None:
    found = find_bot(user_agent)

    assert found is None or found.name
