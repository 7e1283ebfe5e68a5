"""A wrong setting stops the start with one Chinese sentence that names it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from matcher.errors import SettingsInvalid
from service.settings import LogLevel, load_service_settings


@contextmanager
def environment(**given: str) -> Iterator[None]:
    """Variables as an administrator sets them; those of the machine stay out."""
    before = {name: value for name, value in os.environ.items() if name.startswith("MATCHER_")}
    for name in before:
        del os.environ[name]
    os.environ.update(given)
    try:
        yield
    finally:
        for name in given:
            del os.environ[name]
        os.environ.update(before)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"MATCHER_LOCKOUT_FAILURES": "viele"}, "MATCHER_LOCKOUT_FAILURES 的值“viele”不可用，应为整数"),
        ({"MATCHER_LOCKOUT_FAILURES": "0"}, "MATCHER_LOCKOUT_FAILURES 的值“0”不可用，不能小于 1"),
        ({"MATCHER_PASSWORD_MIN_LENGTH": "99"}, "MATCHER_PASSWORD_MIN_LENGTH 的值“99”不可用，不能大于 64"),
        ({"MATCHER_LOG_LEVEL": "laut"}, "“laut”不可用，应为 debug, info, warning, error 之一"),
        ({"MATCHER_TLS_KEY": "k.pem"}, "MATCHER_TLS_CERTIFICATE 与 MATCHER_TLS_KEY 要么都设置，要么都不设置"),
        (
            {"MATCHER_TLS_CERTIFICATE": "c.pem", "MATCHER_TLS_KEY": "k.pem"},
            "MATCHER_TLS_CERTIFICATE 指的文件“c.pem”不存在",
        ),
        (
            {"MATCHER_SESSION_HOURS": "1", "MATCHER_SESSION_IDLE_MINUTES": "61"},
            "MATCHER_SESSION_IDLE_MINUTES 不能比 MATCHER_SESSION_HOURS 更长",
        ),
    ],
)
def test_a_wrong_value_is_explained(tmp_path: Path, given: dict[str, str], sentence: str) -> None:
    with environment(MATCHER_HOME=str(tmp_path), **given), pytest.raises(SettingsInvalid) as told:
        load_service_settings()
    assert str(told.value) == f"设置有误：{str(told.value)[5:].split('。')[0]}。请检查环境变量 MATCHER_… 或配置文件。"
    assert sentence in str(told.value)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "matcher.toml").write_text("session_hours = \n", encoding="utf-8")
    with environment(MATCHER_HOME=str(tmp_path)), pytest.raises(SettingsInvalid, match=r"matcher\.toml”读不出来"):
        load_service_settings()


def test_variables_win_over_the_file_and_defaults_fill_in(tmp_path: Path) -> None:
    (tmp_path / "matcher.toml").write_text("session_hours = 8\nlockout_failures = 3\n", encoding="utf-8")
    with environment(MATCHER_HOME=str(tmp_path), MATCHER_SESSION_HOURS="9"):
        settings = load_service_settings()
    assert (settings.session_hours, settings.lockout_failures, settings.password_days) == (9, 3, 90)
    assert settings.log_level is LogLevel.INFO
