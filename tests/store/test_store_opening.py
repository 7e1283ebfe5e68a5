import stat
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from matcher.domain.demand import Demand
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.vocabulary import Gender
from matcher.errors import MatcherError, UsageError
from matcher.store import AesGcmCipher, open_store
from matcher.store.database import Database
from matcher.store.errors import (
    DatabaseFailed,
    DatabaseForbidden,
    DatabaseTooNew,
    DatabaseUnreachable,
    DatabaseUrlInvalid,
    RecordUnreadable,
)
from matcher.store.fake_cipher import FakeCipher
from matcher.store.migrate import HEAD
from matcher.store.tables import metadata

ZHANG = Expert("E1", "张三", private=PrivateDetails(phone="13800138000"))


def engine_of(url: str):
    return create_engine(url.replace("postgresql:", "postgresql+psycopg:"))


def test_migrations_lead_to_the_tables_of_the_code(empty_url: str, cipher: AesGcmCipher) -> None:
    open_store(empty_url, cipher).close()
    engine = engine_of(empty_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_head_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", "matcher.store:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_data_outlives_the_process(empty_url: str, cipher: AesGcmCipher) -> None:
    with open_store(empty_url, cipher) as store:
        store.experts.save([Expert("E1", "张三")], by="甲")
    with open_store(empty_url, cipher) as store:
        assert store.experts.ids() == ["E1"]
        assert store.changes.last() == 1


def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    code = "import sys; from matcher.store import AesGcmCipher, open_store;"
    code += "open_store(sys.argv[1], AesGcmCipher(bytes(32))).close()"
    started = [
        subprocess.Popen([sys.executable, "-c", code, empty_url], stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    assert [process.communicate(timeout=120)[1] for process in started] == [""] * 3
    assert [process.returncode for process in started] == [0] * 3


@pytest.mark.parametrize("revision", ["0001", "0007"])
def test_an_older_database_is_brought_up_with_its_data(empty_url: str, cipher: AesGcmCipher, revision: str) -> None:
    with open_store(empty_url, cipher) as store:
        store.experts.save([ZHANG], by="甲")
    database, config = Database(empty_url), Config()
    config.set_main_option("script_location", "matcher.store:migrations")
    with database.writing() as config.attributes["connection"]:
        command.downgrade(config, revision)
    database.close()
    with open_store(empty_url, cipher) as store:
        assert store.experts.get("E1", reveal=True) == ZHANG
        assert [entry.by for entry in store.experts.history("E1")] == ["甲"]
        assert (list(store.audit.flaws()), store.plans.newest(), store.match_runs.newest()) == ([], [], [])


def test_a_newer_database_is_left_alone(empty_url: str, cipher: AesGcmCipher) -> None:
    open_store(empty_url, cipher).close()
    engine = engine_of(empty_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(DatabaseTooNew, match="9999"):
        open_store(empty_url, cipher)


def test_sqlite_file_is_made_with_its_folders_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "matcher.db"
    with open_store(f"sqlite:///{file}", FakeCipher()) as store:
        store.experts.save([Expert("E1", "张三")], by="甲")
        modes = {stat.S_IMODE(path.stat().st_mode) for path in file.parent.glob("matcher.db*")}
    assert modes == {0o600}
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    engine.dispose()


@pytest.mark.parametrize(
    "url",
    ["", "geheim", "mysql://u:geheim@h/d", "postgresql://u:geheim@h:port/d", "://geheim", "postgresql://u:ge@heim@h/d"],
)
def test_a_wrong_address_is_explained_without_showing_it(url: str) -> None:
    with pytest.raises(DatabaseUrlInvalid, match="MATCHER_DATABASE_URL") as error:
        open_store(url, FakeCipher())
    assert isinstance(error.value, UsageError)
    assert "heim" not in str(error.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:geheim@127.0.0.1:1/d",
        "postgres://u:geheim@127.0.0.1:1/d?password=geheim",
        "postgresql+psycopg2://u:geheim@127.0.0.1:1/d",
        "postgresql://u:geheim@/d?host=/nowhere",
    ],
)
def test_a_server_that_does_not_answer_is_named_without_its_password(url: str) -> None:
    with pytest.raises(DatabaseUnreachable, match="连不上数据库") as error:
        open_store(url, FakeCipher())
    assert isinstance(error.value, MatcherError)
    assert "geheim" not in str(error.value)
    assert error.value.__cause__ is None


def test_a_user_without_rights_is_told_what_to_ask_for(postgresql) -> None:
    url = postgresql.new_database()
    with postgresql.administrator.connect() as connection:
        connection.execute(text("CREATE ROLE visitor LOGIN"))
    with pytest.raises(DatabaseForbidden, match="OWNER TO"):
        open_store(url.replace("//matcher:", "//visitor:"), FakeCipher())


def test_a_missing_database_is_reported(postgresql) -> None:
    with pytest.raises(DatabaseUnreachable, match="nodb"):
        open_store(postgresql.url("nodb"), FakeCipher())


def test_a_failing_statement_is_reported(url: str, cipher: AesGcmCipher) -> None:
    with open_store(url, cipher) as store:
        engine = engine_of(url)
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE demands"))
        engine.dispose()
        with pytest.raises(DatabaseFailed, match="没有写入"):
            store.demands.save([Demand("D1", "需求")], by="甲")
        assert store.changes.last() == 0


def test_a_record_of_another_version_is_reported(url: str, cipher: AesGcmCipher) -> None:
    with open_store(url, cipher) as store:
        store.experts.save([Expert("E1", "张三", gender=Gender.MALE)], by="甲")
        engine = engine_of(url)
        with engine.begin() as connection:
            connection.execute(text("UPDATE experts SET document = replace(document, '男', '某')"))
        engine.dispose()
        with pytest.raises(RecordUnreadable, match="gender"):
            store.experts.get("E1")


def test_a_database_in_memory_serves_for_trying_out() -> None:
    with open_store("sqlite://", FakeCipher()) as store:
        store.experts.save([Expert("E1", "张三")], by="甲")
        assert store.experts.ids() == ["E1"]


def test_a_file_that_is_no_database_is_reported(tmp_path: Path) -> None:
    (tmp_path / "matcher.db").write_text("不是数据库" * 1000)
    with pytest.raises(MatcherError, match="数据库"):
        open_store(f"sqlite:///{tmp_path / 'matcher.db'}", FakeCipher())


def test_a_folder_in_the_files_place_is_reported(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachable):
        open_store(f"sqlite:///{tmp_path}", FakeCipher())
