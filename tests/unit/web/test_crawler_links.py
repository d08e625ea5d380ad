from dataclasses import replace

from footfall.reports.view import View
from footfall.web.crawler_links import CrawlerLinks
from footfall.web.links import Links

WEEK = View(period="7d")


def test_it_keeps_period_and_group() -> None:
    links = CrawlerLinks("example.com", WEEK, "ai")

    assert links.here() == "/sites/example.com/crawlers?period=7d&group=ai"
    assert links.chosen("search") == "/sites/example.com/crawlers?period=7d&group=search"
    assert links.chosen("") == "/sites/example.com/crawlers?period=7d"
    assert links.pages_of("a b/1") == "/sites/example.com/crawlers/pages?period=7d&group=ai&name=a+b%2F1"


def test_it_changes_the_period_of_one_crawler() -> None:
    links = CrawlerLinks("example.com", WEEK, "ai", "GPTBot")

    assert links.period("28d") == "/sites/example.com/crawlers/pages?group=ai&name=GPTBot"
    assert links.plain() == "/sites/example.com/crawlers/pages"
    assert links.kept_by_period() == [("group", "ai"), ("name", "GPTBot")]


def test_it_leads_to_the_dashboard_and_back() -> None:
    links = Links("example.com", replace(WEEK, metric="views"))

    assert links.crawlers() == "/sites/example.com/crawlers?period=7d"
    assert CrawlerLinks("example.com", WEEK, "ai").dashboard() == "/sites/example.com?period=7d"
