import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

from matcher.domain.expert import Expert
from matcher.store import AesGcmCipher, load_master_key, open_store, open_store_with_home
from matcher.store.errors import MasterKeyMalformed, MasterKeyMissing, MasterKeyUnwritable, MasterKeyWrong

CONFIGURED = base64.b64encode(bytes(range(32))).decode()


def test_the_configured_key_wins_and_leaves_no_file(tmp_path: Path) -> None:
    assert load_master_key(tmp_path, CONFIGURED) == bytes(range(32))
    assert not (tmp_path / "keys").exists()


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    key = load_master_key(tmp_path / "home", None)
    assert len(key) == 32
    assert load_master_key(tmp_path / "home", None) == key
    file = tmp_path / "home" / "keys" / "master.key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert os.listdir(file.parent) == ["master.key"]


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from matcher.store.master_key import load_master_key;"
    code += "sys.stdout.write(load_master_key(Path(sys.argv[1]), None).hex())"
    command = [sys.executable, "-c", code, str(tmp_path)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert len({process.communicate(timeout=60)[0] for process in started}) == 1


@pytest.mark.parametrize("text", ["", "not base64!", base64.b64encode(b"short").decode(), "主密钥"])
def test_a_malformed_file_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "keys" / "master.key"
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    with pytest.raises(MasterKeyMalformed, match=r"master\.key"):
        load_master_key(tmp_path, None)
    assert file.read_text("utf-8") == text


def test_a_malformed_setting_is_named(tmp_path: Path) -> None:
    with pytest.raises(MasterKeyMalformed, match="MATCHER_MASTER_KEY") as error:
        load_master_key(tmp_path, "x" * 50)
    assert "xxx" not in str(error.value)


def test_a_home_that_is_a_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(MasterKeyUnwritable, match="权限"):
        load_master_key(tmp_path / "home", None)


def test_a_database_opens_with_its_own_key_only(empty_url: str) -> None:
    open_store(empty_url, AesGcmCipher(bytes(range(32)))).close()
    with pytest.raises(MasterKeyWrong, match="主密钥"):
        open_store(empty_url, AesGcmCipher(bytes(32)))


def test_a_lost_key_is_not_replaced_by_a_new_one(empty_url: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with open_store_with_home(empty_url, home, None) as store:
        store.experts.save([Expert("E1", "张三")], by="甲")
    with open_store_with_home(empty_url, home, None) as store:
        assert store.experts.ids() == ["E1"]
    (home / "keys" / "master.key").unlink()
    with pytest.raises(MasterKeyMissing, match="备份"):
        open_store_with_home(empty_url, home, None)
    assert os.listdir(home / "keys") == []
