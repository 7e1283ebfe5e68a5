"""A service of a test's own, with a clock to turn and cheap hashes, and people who use it through its doors."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from matcher.domain.account import Role
from matcher.domain.audit import AuditRecord
from matcher.shipped import Shipped
from service.app import create_app
from service.audit.origin import Origin
from service.security.passwords import Argon2Passwords, Passwords
from service.settings import ServiceSettings
from service.wiring import Service

MASTER_KEY = base64.b64encode(bytes(range(32))).decode()
PASSWORD = "Chang-Bai-16"
OFFICE = Origin("命令行:test", "本机")


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **span: float) -> None:
        self.now += timedelta(**span)


def cheap_passwords() -> Argon2Passwords:
    return Argon2Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


class House:
    def __init__(
        self,
        url: str,
        home: Path,
        passwords: Passwords | None = None,
        shipped: Shipped | None = None,
        **settings: object,
    ) -> None:
        """`shipped` spares a house of a few people the second that reading the encoder takes."""
        self.clock = Clock()
        given = {"home": home, "database_url": url, "master_key": MASTER_KEY, "logins_per_minute": 1000, **settings}
        self.service = Service(
            ServiceSettings(**given), passwords=passwords or cheap_passwords(), clock=self.clock, shipped=shipped
        )
        self.app = create_app(self.service)
        self.store = self.service.store

    def visitor(self, scheme: str = "http") -> TestClient:
        return TestClient(self.app, base_url=f"{scheme}://matcher.test", follow_redirects=False)

    def hire(self, name: str, role: Role = Role.ADMINISTRATOR, *regions: str) -> str:
        """A one-time password. The first account is an administrator's."""
        if role is not Role.ADMINISTRATOR and not self.store.accounts.all():
            self.service.accounts.add("first.admin", "首任管理员", None, [], OFFICE)
        return self.service.accounts.add(name, f"{name} 先生", role, regions, OFFICE)

    def logged_in(self, name: str, role: Role = Role.ADMINISTRATOR, *regions: str) -> TestClient:
        """Somebody at a browser who has changed the one-time password to PASSWORD."""
        client, given = self.visitor(), self.hire(name, role, *regions)
        assert log_in(client, name, given).headers["location"] == "/"
        assert change_password(client, given, PASSWORD).status_code == 303
        return client

    def audit(self) -> list[AuditRecord]:
        """Oldest first."""
        return self.store.audit.newest(1000)[::-1]

    def acts(self) -> list[tuple[str, str, str, str]]:
        """Actor, action, subject, outcome."""
        entries = [record.entry for record in self.audit()]
        return [(entry.actor, entry.action.value, entry.subject, entry.outcome.value) for entry in entries]


def token_on(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([0-9a-f]{64})"', page)
    assert found, page
    return found[1]


def log_in(client: TestClient, name: str, password: str, next: str = "/"):
    token = token_on(client.get("/login").text)
    return client.post("/login", data={"name": name, "password": password, "csrf_token": token, "next": next})


def change_password(client: TestClient, current: str, new: str, repeated: str | None = None):
    form = {"current": current, "new": new, "repeated": new if repeated is None else repeated}
    return client.post("/password", data={**form, "csrf_token": token_on(client.get("/password").text)})
