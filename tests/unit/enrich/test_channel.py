import pytest

from footfall.enrich import CHANNEL_RULES, Campaign, channel_of

CASES = [
    ("Cross-network", "Google", Campaign(utm_medium="cpc", utm_campaign="Cross-network May")),
    ("Paid Shopping", "Google", Campaign(utm_medium="cpc", utm_campaign="summer shop")),
    ("Paid Shopping", "Amazon", Campaign(utm_medium="paid")),
    ("Paid Search", "Google", Campaign(utm_medium="cpc")),
    ("Paid Search", "Google", Campaign(click_id_kind="gclid")),
    ("Paid Search", "", Campaign(click_id_kind="msclkid")),
    ("Paid Social", "Facebook", Campaign(utm_medium="paid_social")),
    ("Paid Video", "YouTube", Campaign(utm_medium="cpv", click_id_kind="gclid")),
    ("Display", "Partner", Campaign(utm_medium="banner")),
    ("Paid Other", "Partner", Campaign(utm_medium="ppc")),
    ("Paid Other", "ChatGPT", Campaign(utm_medium="cpc")),
    ("Organic Shopping", "eBay", Campaign()),
    ("Organic Shopping", "Partner", Campaign(utm_campaign="shopping")),
    ("Organic Social", "Facebook", Campaign(click_id_kind="fbclid")),
    ("Organic Social", "", Campaign(click_id_kind="fbclid")),
    ("Organic Social", "Partner", Campaign(utm_medium="Social-Media")),
    ("Organic Video", "YouTube", Campaign()),
    ("Organic Video", "Partner", Campaign(utm_medium="in-video")),
    ("AI Assistants", "ChatGPT", Campaign(utm_source="chatgpt.com")),
    ("Organic Search", "DuckDuckGo", Campaign()),
    ("Organic Search", "Partner", Campaign(utm_medium="organic")),
    ("Email", "Gmail", Campaign()),
    ("Email", "newsletter", Campaign(utm_source="newsletter")),
    ("Email", "Partner", Campaign(utm_medium="e-mail")),
    ("Affiliates", "Partner", Campaign(utm_medium="affiliate")),
    ("Audio", "Podcast", Campaign(utm_medium="audio")),
    ("SMS", "sms", Campaign(utm_source="sms")),
    ("Mobile Push Notifications", "Partner", Campaign(utm_medium="web-push")),
    ("Mobile Push Notifications", "firebase", Campaign()),
    ("Referral", "example.org", Campaign()),
    ("Referral", "", Campaign(utm_medium="referral")),
    ("Direct", "", Campaign()),
    ("Direct", "", Campaign(utm_campaign="workshop notes")),
]


@pytest.mark.parametrize(("channel", "source", "campaign"), CASES)
def test_it_takes_the_first_matching_rule(channel: str, source: str, campaign: Campaign) -> None:
    assert channel_of(source, campaign) == channel


def test_it_has_a_case_for_every_channel() -> None:
    assert {channel for channel, _ in CHANNEL_RULES} == {channel for channel, _, _ in CASES}
