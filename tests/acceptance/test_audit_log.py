"""GET /api/v1/sites/{public_id}/audit-log and `footfall audit`."""

import csv
import io
import json

from click.testing import CliRunner
from tests.acceptance.running import Running

from footfall.accounts import Teams
from footfall.cli import main
from footfall.metadata import Actor, acting
from footfall.web.pages.audit_log import ENTRIES_PER_PAGE


def test_it_is_read_and_exported_by_owners(running: Running) -> None:
    install, site = running.install, running.site
    alice = install.people.accounts.by_email("alice@alice.example")
    assert alice is not None
    key = install.people.keys.create(["admin"], owner_id=alice.id)
    headers = {"Authorization": f"Bearer {key}", "X-Forwarded-For": "203.0.113.77"}
    path = f"/api/v1/sites/{site.public_id}"
    running.http.put(f"/api/v1/sites/{site.domain}", json={"timezone": "Europe/Tallinn"}, headers=headers)
    running.http.get(f"{path}/export/events", headers=headers)
    running.http.delete(f"{path}/visitors", params={"visitor": "7"}, headers=headers)

    answer = running.http.get(f"{path}/audit-log", headers=headers)
    file = running.http.get(f"{path}/audit-log", params={"format": "csv"}, headers=headers)
    told = CliRunner().invoke(main, ["--data-dir", str(install.settings.data_dir), "audit", "--site", site.domain])

    newest = answer.json()["results"][:3]
    assert [entry["action"] for entry in newest] == ["visitor erased", "events exported", "site changed"]
    assert {(entry["actor"], entry["network"]) for entry in newest} == {("alice@alice.example", "203.0.113.0/24")}
    assert answer.json()["meta"]["total_rows"] == len(list(csv.DictReader(io.StringIO(file.text))))
    assert [json.loads(line)["action"] for line in told.output.splitlines()][-1] == "visitor erased"
    assert "203.0.113.77" not in answer.text + file.text + told.output


def test_it_is_filtered_and_has_pages_and_a_file(running: Running) -> None:
    install, site = running.install, running.site
    alice = install.people.accounts.by_email("alice@alice.example")
    assert alice is not None
    token = install.people.accounts.open_session(alice.id)
    install.people.keys.create(["admin"], owner_id=alice.id)
    team = Teams(install.database, install.clock).of_user(alice.id)[0].team
    for number in range(ENTRIES_PER_PAGE):
        with acting(Actor("session", alice.id, "abc")):
            install.sites.update(site.id, retention_days=number + 1)
    with acting(Actor("command")):
        install.sites.update(site.id, query_parameters=["=cmd"])
    cookies = {"cookie": f"footfall={token}"}
    texts = {
        asked: running.http.get(asked, headers=cookies)
        for asked in (
            f"/sites/{site.domain}/audit-log?what=site&page=2",
            f"/teams/{team.public_id}/audit-log?what=site&who=:command",
            "/audit-log?what=user",
            f"/sites/{site.domain}/audit-log.csv?who=:command",
            f"/sites/{site.domain}/audit-log?from=yesterday",
        )
    }
    second, of_team, of_install, file, wrong = texts.values()

    assert "page 2 of 2" in second.text
    assert "Newer" in second.text
    assert "retention days" in second.text
    assert (of_team.status_code, of_team.text.count("Site changed")) == (200, 1)
    assert "alice.example" in of_team.text
    assert "User added" in of_install.text
    assert "Site changed" not in of_install.text
    assert [row["actor"] for row in csv.DictReader(io.StringIO(file.text))] == ["command line"]
    assert (wrong.status_code, "Give a day as" in wrong.text) == (400, True)


def test_it_is_read_by_program_of_a_team_and_of_the_install(running: Running) -> None:
    install, site = running.install, running.site
    alice = install.people.accounts.by_email("alice@alice.example")
    assert alice is not None
    team = Teams(install.database, install.clock).of_user(alice.id)[0].team
    headers = {"Authorization": f"Bearer {install.people.keys.create(['admin'], owner_id=alice.id)}"}
    of_the_site = {"Authorization": f"Bearer {install.people.keys.create(['admin'], site_id=site.id)}"}

    whole = running.http.get("/api/v1/audit-log", params={"what": "user"}, headers=headers).json()
    teams = running.http.get(
        "/api/v1/audit-log", params={"team": team.public_id, "what": "team"}, headers=headers
    ).json()
    unknown = running.http.get("/api/v1/audit-log", params={"team": "nobodys"}, headers=headers)
    anonymous = running.http.get(f"/api/v1/sites/{site.public_id}/audit-log", headers=of_the_site)
    nonsense = running.http.get("/api/v1/audit-log", params={"who": "?"}, headers=headers)

    assert [entry["action"] for entry in whole["results"]] == ["user added"]
    assert [(entry["action"], entry["team"]) for entry in teams["results"]] == [("team added", team.name)]
    assert (unknown.status_code, anonymous.status_code, nonsense.status_code) == (404, 403, 400)


def test_it_is_not_for_keys_that_read_statistics(running: Running) -> None:
    answer = running.http.get(
        f"/api/v1/sites/{running.site.public_id}/audit-log", headers={"Authorization": f"Bearer {running.key}"}
    )

    assert answer.status_code == 403
