"""GET /api/v1/sites/{public_id}/audit-log and `footfall audit`."""

import csv
import io
import json

from click.testing import CliRunner
from tests.acceptance.running import Running

from footfall.cli import main


def test_it_is_read_and_exported_by_owners(running: Running) -> None:
    install, site = running.install, running.site
    alice = install.accounts.by_email("alice@alice.example")
    assert alice is not None
    key = install.keys.create(["admin"], owner_id=alice.id)
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


def test_it_is_not_for_keys_that_read_statistics(running: Running) -> None:
    answer = running.http.get(
        f"/api/v1/sites/{running.site.public_id}/audit-log", headers={"Authorization": f"Bearer {running.key}"}
    )

    assert answer.status_code == 403
