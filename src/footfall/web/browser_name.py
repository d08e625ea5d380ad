"""What a browser is called in the list of its owner's sessions: its family and system, and nothing that tells more."""

from fastapi import Request

from footfall.enrich.agent import parse_agent

_MAX_LENGTH = 80


def browser_name(request: Request) -> str:
    """Such as Firefox on Linux; empty where the browser does not say."""
    agent = parse_agent(request.headers.get("user-agent", ""))
    return " on ".join(part for part in (agent.browser, agent.os) if part)[:_MAX_LENGTH]
