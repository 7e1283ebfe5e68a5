"""A throwaway PostgreSQL server for tests: own folder, own Unix socket, no fsync."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url, text

_DEBIAN = Path("/usr/lib/postgresql")


class ServerMissing(Exception):
    """Why no server can be started here."""


@dataclass(frozen=True)
class Server:
    """A running server; `folder` holds its socket."""

    folder: Path
    administrator: Engine

    def url(self, database: str) -> str:
        return _url(self.folder, database)

    def name_of(self, url: str) -> str:
        return str(make_url(url).database)

    def new_database(self, template: str = "template0") -> str:
        """URL of a copy of the template, which nobody may be connected to."""
        name = f"t{uuid.uuid4().hex}"
        with self.administrator.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
        return self.url(name)


@contextmanager
def running_server() -> Iterator[Server]:
    """Raises ServerMissing with the reason where there are no programs or they do not start."""
    programs = _programs()
    user = _unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        shutil.chown(folder, user)
        _run(user, folder, programs / "initdb", "-D", "data", "-U", "matcher", "-A", "trust", "-E", "UTF8", "-N")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=50"
        _run(user, folder, programs / "pg_ctl", "-D", "data", "-l", "log", "-o", options, "-w", "start")
        try:
            driver = _url(folder, "postgres").replace("postgresql:", "postgresql+psycopg:")
            administrator = create_engine(driver, isolation_level="AUTOCOMMIT")
            yield Server(folder, administrator)
            administrator.dispose()
        finally:
            _run(user, folder, programs / "pg_ctl", "-D", "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _url(folder: Path, database: str) -> str:
    return f"postgresql://matcher:geheim-password@/{database}?host={folder}"


def _programs() -> Path:
    """Debian's place first, newest version; then what is on the PATH."""
    places = sorted(_DEBIAN.glob("*/bin"), key=lambda place: int(place.parent.name.split(".")[0]), reverse=True)
    if shutil.which("pg_config"):
        places.append(Path(subprocess.check_output(["pg_config", "--bindir"], text=True).strip()))
    if shutil.which("initdb"):
        places.append(Path(str(shutil.which("initdb"))).parent)
    for place in places:
        if (place / "initdb").exists() and (place / "pg_ctl").exists():
            return place
    raise ServerMissing("no PostgreSQL server programs (initdb, pg_ctl) on this machine")


def _unprivileged_user() -> str:
    """The server refuses to run as root."""
    if os.geteuid() != 0:
        return getpass.getuser()
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in known:
            return name
    raise ServerMissing("running as root, and there is no other user to start PostgreSQL as")


def _run(user: str, folder: Path, program: Path, *arguments: str) -> None:
    identity = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
    with open(folder / "out", "ab") as out:
        done = subprocess.run(
            [program, *arguments], cwd=folder, env=environment, stdout=out, stderr=out, timeout=60, **identity
        )
    if done.returncode:
        raise ServerMissing(f"{program.name} failed: {(folder / 'out').read_text(errors='replace')[-500:]}")
