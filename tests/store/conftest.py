"""Every store test runs on SQLite and on a real PostgreSQL, where its programs are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from postgresql_server import Server, ServerMissing, running_server

from matcher.store import AesGcmCipher, Store, open_store

MASTER_KEY = bytes(range(32))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    try:
        with running_server() as server:
            yield server
    except ServerMissing as error:
        pytest.skip(str(error))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'matcher.db'}"
    return request.getfixturevalue("postgresql").new_database()


@pytest.fixture
def cipher() -> AesGcmCipher:
    return AesGcmCipher(MASTER_KEY)


@pytest.fixture
def store(url: str, cipher: AesGcmCipher) -> Iterator[Store]:
    with open_store(url, cipher) as opened:
        yield opened
