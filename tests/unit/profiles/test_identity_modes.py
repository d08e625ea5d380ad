"""Owners change modes, visitors agree, withdraw, sign in and out, opt out: what an id ever ties together.

A model of devices and of what each id may stand for, beside the real doors, the real step of intake, a real database.
Two events may share an id if both are without a lasting id and of one person, site and day, or if both are of one
lasting period: from agreeing, or from being identified, to withdrawing or 13 months. No others, whatever happens.
"""

import asyncio
import json
import tempfile
from collections import defaultdict
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.people import Install, ManualClock

from footfall.accounts import Attempts
from footfall.collect.address import TrustedProxies
from footfall.collect.draft import Draft, Sender
from footfall.collect.steps import identify
from footfall.collect.visitor_doors import VisitorDoors
from footfall.collect.wire import WireEvent
from footfall.domain import IdentityMode, Site
from footfall.domain.calendar import local_day
from footfall.errors import NotAllowed
from footfall.identity import Identity, SaltStore
from footfall.metadata import Database, sqlite_url
from footfall.profiles import LIFETIME_MS, Consents, LastingIds, Profiles

PEOPLE = ("alice", "bob")
DOMAINS = ("example.com", "charlie.example")
person_of = st.sampled_from(PEOPLE)
domain_of = st.sampled_from(DOMAINS)


@cache
def migrated_database() -> bytes:
    """The file of an empty database: migrating one for every example would take most of the time."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder)))
        database.migrate()
        database.close()
        return (Path(folder) / "footfall.db").read_bytes()


@dataclass
class Device:
    """What one browser keeps of one site, as the tracker does."""

    kept: str = ""
    until_ms: int = 0
    user: str = ""
    is_opted_out: bool = False

    def visitor(self, now_ms: int) -> str | None:
        if self.is_opted_out:
            return None
        return self.user or (self.kept if self.until_ms > now_ms else "") or None


class IdentityModes(RuleBasedStateMachine):
    """Moves of owners and visitors in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name)
        (path / "footfall.db").write_bytes(migrated_database())
        self.database = Database(sqlite_url(path))
        self.clock = ManualClock()
        self.sites = Install(self.database, self.clock).sites
        for domain in DOMAINS:
            self.sites.create(domain)
        self.salts = SaltStore(path / "salts.db")
        self.consents = Consents(self.database, self.clock)
        self.consents.load()
        identity = Identity(self.salts, "00" * 32)
        self.lasting_ids = LastingIds(identity, self.consents)
        profiles = Profiles(self.database, self.clock)
        self.doors = VisitorDoors(
            self.sites,
            self.lasting_ids,
            profiles,
            self.consents,
            check_key=self._no_key,
            proxies=TrustedProxies(""),
            attempts=Attempts(self.clock, limit=10_000, window_seconds=1),
        )
        self.step = identify(identity, self.lasting_ids)
        self.devices: dict[tuple[str, str], Device] = defaultdict(Device)
        self.names = 0
        self.periods: dict[tuple[str, str], int] = defaultdict(int)
        self.agreed_ms: dict[tuple[str, str], int] = {}
        self.ended: set[tuple[str, str]] = set()
        self.meanings: dict[int, Hashable] = {}
        self.ids: dict[Hashable, int] = {}

    def teardown(self) -> None:
        self.salts.close()
        self.database.close()
        self.folder.cleanup()

    # --- the owner

    @rule(domain=domain_of, mode=st.sampled_from(IdentityMode))
    def switch_mode(self, domain: str, mode: IdentityMode) -> None:
        self.sites.update(self.site(domain).id, identity_mode=mode)

    @rule(days=st.sampled_from([0.3, 1, 30, 200, 391]))
    def wait(self, days: float) -> None:
        self.clock.move(days=days)
        self.salts.destroy_expired(self.clock())
        self.consents.expire()
        for key in [key for key, at_ms in self.agreed_ms.items() if at_ms < self.clock() - LIFETIME_MS]:
            self.end(key)

    @rule()
    def restart(self) -> None:
        self.consents.load()

    # --- the visitor

    @rule(person=person_of, domain=domain_of)
    def agree(self, person: str, domain: str) -> None:
        device = self.devices[person, domain]
        if self.mode(domain) is IdentityMode.COOKIELESS or device.is_opted_out:
            return
        if device.until_ms <= self.clock():
            self.names += 1
            device.kept, device.until_ms = f"random-{self.names}", self.clock() + LIFETIME_MS
        visitor = device.visitor(self.clock()) or ""
        self.post(self.doors.consent, domain, visitor=visitor, given=True, text="v1")
        self.ended.discard((domain, visitor))
        self.agreed_ms.setdefault((domain, visitor), self.clock())

    @rule(person=person_of, domain=domain_of)
    def withdraw(self, person: str, domain: str) -> None:
        device = self.devices[person, domain]
        visitor = device.visitor(self.clock())
        device.kept, device.until_ms, device.user = "", 0, ""
        if visitor:
            self.post(self.doors.consent, domain, visitor=visitor, given=False)
            self.end((domain, visitor))

    @rule(person=person_of, domain=domain_of)
    def sign_in(self, person: str, domain: str) -> None:
        device = self.devices[person, domain]
        if self.mode(domain) is IdentityMode.IDENTIFIED and not device.is_opted_out:
            device.user = f"user-{person}"
            self.post(self.doors.identify, domain, user=device.user, traits={"plan": "pro"})

    @rule(person=person_of, domain=domain_of)
    def sign_out(self, person: str, domain: str) -> None:
        self.devices[person, domain].user = ""

    @rule(person=person_of, domain=domain_of, is_out=st.booleans())
    def opt_out(self, person: str, domain: str, is_out: bool) -> None:
        if is_out:
            self.withdraw(person, domain)
        self.devices[person, domain].is_opted_out = is_out

    @rule(person=person_of, domain=domain_of)
    def visit(self, person: str, domain: str) -> None:
        device = self.devices[person, domain]
        if not device.is_opted_out:
            self.event(person, domain, device.visitor(self.clock()))

    @precondition(lambda self: self.periods)
    @rule(person=person_of, data=st.data())
    def visit_in_a_stale_tab(self, person: str, data: st.DataObject) -> None:
        domain, visitor = data.draw(st.sampled_from(sorted(self.periods)))
        self.event(person, domain, visitor)

    @precondition(lambda self: self.periods)
    @rule(data=st.data())
    def count_from_the_server(self, data: st.DataObject) -> None:
        domain, visitor = data.draw(st.sampled_from(sorted(self.periods)))
        self.event("", domain, visitor, is_keyed=True)

    # --- what must be true

    @invariant()
    def nothing_is_tied_across_sites(self) -> None:
        sites_of_ids = {(meaning[1], visitor_id) for visitor_id, meaning in self.meanings.items()}  # type: ignore[index]
        assert len(sites_of_ids) == len(self.meanings)

    def event(self, person: str, domain: str, visitor: str | None, *, is_keyed: bool = False) -> None:
        site = self.site(domain)
        wire = WireEvent(name="pageview", url=f"https://{domain}/", visitor=visitor)
        sender = Sender(address=f"address of {person}", is_keyed=is_keyed)
        draft = Draft(wire, sender, site, self.clock(), timestamp_ms=self.clock())
        self.step(draft)
        meaning = self.meaning(person, domain, visitor, is_keyed=is_keyed)
        assert draft.visitor.is_lasting == (meaning[0] == "lasting")
        assert draft.visitor.previous == 0 or not draft.visitor.is_lasting
        assert self.meanings.setdefault(draft.visitor.current, meaning) == meaning
        assert self.ids.setdefault(meaning, draft.visitor.current) == draft.visitor.current

    def meaning(self, person: str, domain: str, visitor: str | None, *, is_keyed: bool) -> tuple[Hashable, ...]:
        """What an event's id must stand for, and nothing else."""
        site, key = self.site(domain), (domain, visitor or "")
        is_forgotten = site.identity_mode is IdentityMode.COOKIELESS or key in self.ended
        if not visitor or (is_forgotten and not is_keyed):
            return ("day", domain, person, local_day(self.clock(), site.zone))
        return ("lasting", domain, visitor, self.periods[key])

    def end(self, key: tuple[str, str]) -> None:
        if key not in self.ended:
            self.periods[key] += 1
        self.ended.add(key)
        self.agreed_ms.pop(key, None)

    def site(self, domain: str) -> Site:
        site = self.sites.by_domain(domain)
        assert site is not None
        return site

    def mode(self, domain: str) -> IdentityMode:
        return self.site(domain).identity_mode

    def post(self, door: Any, domain: str, **fields: Any) -> None:
        body = json.dumps({"site": self.site(domain).public_id, **fields}).encode()

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        with suppress(NotAllowed):  # whoever has withdrawn is not identified
            asyncio.run(door({"headers": []}, receive))

    def _no_key(self, key_text: str, scope: str) -> Any:
        raise AssertionError("no key is shown here")


IdentityModes.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
TestIdentityModes = IdentityModes.TestCase
