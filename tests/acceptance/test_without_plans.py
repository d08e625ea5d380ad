"""An install that people run for themselves has no plans: none is shown, asked for or counted anywhere."""

from click.testing import CliRunner
from sqlalchemy import text
from tests.acceptance.running import Running
from tests.acceptance.test_plans import browser_of, key_of

from footfall.accounts import Teams
from footfall.app.upkeep import jobs_of
from footfall.cli import main


def test_it_sees_nothing_of_plans_on_an_install_without(running: Running) -> None:
    install, client = running.install, browser_of(running.install, "alice@alice.example")
    alice = install.people.accounts.by_email("alice@alice.example")
    assert alice is not None
    team = Teams(install.database, install.clock).of_user(alice.id)[0].team
    pages = [client.get(path).text for path in ("/teams", f"/teams/{team.public_id}", "/sites", "/account")]
    key = key_of(install, alice.email, "sites:read")

    assert not any(word in page for page in pages for word in ("Plan", "plan", "Free", "quota"))
    assert client.get("/plans").status_code == 404
    assert running.http.get(f"/api/v1/teams/{team.public_id}/usage", headers=key).status_code == 404
    assert not any("team" in job.name for job in jobs_of(install))
    assert "plan" not in CliRunner().invoke(main, ["--help"]).output
    command = CliRunner().invoke(main, ["--data-dir", str(install.settings.data_dir), "plan", "list"])
    assert (command.exit_code, "FOOTFALL_PLANS" in command.output) == (1, True)
    with install.database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM monthly_views")).scalar_one() == 0
