"""Every store test runs on SQLite and on a real PostgreSQL, where its programs are."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.store import AesGcmCipher, Store, open_store
from matcher.store.database import Database
from matcher.store.migrate import migrate
from tests.store.postgresql_server import Server, ServerMissing, running_server

MASTER_KEY = bytes(range(32))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    try:
        with running_server() as server:
            yield server
    except ServerMissing as error:
        pytest.skip(str(error))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'matcher.db'}"
    return request.getfixturevalue("postgresql").new_database()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "matcher.db"
    set_up(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgresql_template(postgresql: Server) -> str:
    url = postgresql.new_database()
    set_up(url)
    return postgresql.name_of(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a database of the test's own, with the tables and nothing in them."""
    if request.param == "postgresql":
        template = request.getfixturevalue("postgresql_template")
        return request.getfixturevalue("postgresql").new_database(template)
    file = tmp_path / "matcher.db"
    shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
    return f"sqlite:///{file}"


def set_up(url: str) -> None:
    database = Database(url)
    migrate(database)
    database.close()


@pytest.fixture
def cipher() -> AesGcmCipher:
    return AesGcmCipher(MASTER_KEY)


@pytest.fixture
def store(url: str, cipher: AesGcmCipher) -> Iterator[Store]:
    with open_store(url, cipher) as opened:
        yield opened
