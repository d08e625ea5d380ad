import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.enrich.test_agent import CHROME_ON_ANDROID, CHROME_ON_WINDOWS

from footfall.enrich import Bot, find_bot


@pytest.mark.parametrize(
    ("user_agent", "bot"),
    [
        ("", Bot("Unknown bot", "unknown")),
        (
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
            Bot("GPTBot", "ai-training", "OpenAI"),
        ),
        (
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot",
            Bot("ChatGPT-User", "ai-assistant", "OpenAI"),
        ),
        ("Mozilla/5.0 (compatible; PerplexityBot/1.0)", Bot("PerplexityBot", "ai-search", "Perplexity")),
        (
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            Bot("Googlebot", "search-engine"),
        ),
        ("curl/8.5.0", Bot("curl", "http-library")),
        ("Mozilla/5.0 (compatible; ExampleSpider/1.0)", Bot("ExampleSpider", "crawler")),
    ],
)
def test_it_names_machines(user_agent: str, bot: Bot) -> None:
    assert find_bot(user_agent) == bot


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
