"""`footfall serve` while PostgreSQL is away: it waits, says so, and goes on by itself."""

import json
import urllib.error
import urllib.request
from pathlib import Path

from tests.faults.waiting import wait_until
from tests.postgres import PostgresServer
from tests.serving import FootfallServer


def asked(server: FootfallServer, path: str) -> tuple[int, dict[str, object]]:
    """Status and body; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(f"{server.url}{path}", timeout=5) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())
    except OSError:
        return 0, {}


def page_of(server: FootfallServer, path: str) -> tuple[int, str, str]:
    """Status, policy and text of what a browser is shown."""
    request = urllib.request.Request(f"{server.url}{path}", headers={"accept": "text/html", "accept-language": "de"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.headers["content-security-policy"] or "", answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["content-security-policy"] or "", error.read().decode()


def test_it_waits_for_the_database_and_says_so(postgres: PostgresServer, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with postgres.database() as url:
        where = url.render_as_string(hide_password=False)
        server = FootfallServer(tmp_path / "data", said_in=log, database_url=where)
        postgres.stop()
        try:
            server.launch()
            wait_until(lambda: asked(server, "/health") == (200, {"status": "ok"}), 30, "a sign of life")
            ready, anything = asked(server, "/ready"), asked(server, "/sign-in")
            shown, styles = page_of(server, "/sign-in"), page_of(server, "/static/app.css")
            ended = server.stop()
            server.launch()
            wait_until(lambda: asked(server, "/ready")[0] == 503, 30, "the server waiting anew")
        finally:
            postgres.start()
        wait_until(lambda: asked(server, "/ready")[0] == 200, 30, "the server")
        gone_on = asked(server, "/ready")[1]
        server.stop()

    assert (ready[0], ready[1]["status"]) == (503, "waiting")
    assert anything[0] == 503
    assert "waits for its database" in str(anything[1])
    assert shown[0] == 503
    assert "default-src 'none'" in shown[1]
    assert "Footfall wartet auf seine Datenbank" in shown[2]
    assert styles[0] == 200
    assert ended == 0
    assert gone_on["database"] == "ok"
    said = log.read_text()
    assert said.count("waiting for the database of people and sites: postgresql://") == 2
    assert "answers, after" in said
