import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.enrich import Agent, ClientHints, device_of, parse_agent

CHROME_ON_WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36"
)
CHROME_ON_ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36"
)


@pytest.mark.parametrize(
    ("user_agent", "agent"),
    [
        (CHROME_ON_WINDOWS, Agent("Chrome", "138.0", "Windows", "10", "Desktop")),
        (CHROME_ON_ANDROID, Agent("Chrome", "138.0", "Android", "10", "Mobile")),
        (CHROME_ON_ANDROID.replace("Mobile ", ""), Agent("Chrome", "138.0", "Android", "10", "Tablet")),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/18.5 Mobile/15E148 Safari/604.1",
            Agent("Safari", "18.5", "iOS", "18.5", "Mobile"),
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0",
            Agent("Firefox", "140.0", "Mac", "10.15", "Desktop"),
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            Agent("Firefox", "140.0", "GNU/Linux", "", "Desktop"),
        ),
        (f"{CHROME_ON_WINDOWS} Edg/138.0.3351.83", Agent("Edge", "138.0", "Windows", "10", "Desktop")),
        (
            "Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/4.0 "
            "Chrome/76.0.3809.146 TV Safari/537.36",
            Agent("Samsung Internet", "4.0", "Tizen", "6.0", "TV"),
        ),
        ("", Agent()),
    ],
)
def test_it_tells_browser_system_and_device(user_agent: str, agent: Agent) -> None:
    assert parse_agent(user_agent) == agent


def test_it_believes_hints_where_user_agents_are_frozen() -> None:
    hints = ClientHints(
        brands='"Chromium";v="138", "Brave";v="138", "Not.A/Brand";v="24"',
        platform='"Windows"',
        platform_version='"15.0.0"',
    )

    assert parse_agent(CHROME_ON_WINDOWS, hints) == Agent("Brave", "138.0", "Windows", "11", "Desktop")


def test_it_keeps_the_name_of_browsers_that_hint_a_shared_brand_only() -> None:
    hints = ClientHints(brands='"Chromium";v="138"', platform='"Windows"')

    assert parse_agent(f"{CHROME_ON_WINDOWS} Vivaldi/7.5", hints).browser == "Vivaldi"


@pytest.mark.parametrize(
    ("width", "device"),
    [
        (0, "Desktop"),
        (575, "Mobile"),
        (576, "Tablet"),
        (991, "Tablet"),
        (992, "Laptop"),
        (1439, "Laptop"),
        (1440, "Desktop"),
    ],
)
def test_it_tells_desktop_systems_apart_by_width(width: int, device: str) -> None:
    assert device_of(Agent(device="Desktop"), width) == device


def test_it_leaves_a_phone_a_phone() -> None:
    assert device_of(Agent(device="Mobile"), 1440) == "Mobile"


@given(st.text())
def test_it_takes_any_text(user_agent: str) -> None:
    assert parse_agent(user_agent).device
