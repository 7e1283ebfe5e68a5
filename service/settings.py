"""Every setting of the service, beside those of the library: the same variables, file and checks."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from matcher.settings import MatcherSettings, checked


class LogLevel(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class ServiceSettings(MatcherSettings):
    """`docs/settings.md` explains each to an administrator."""

    session_idle_minutes: int = Field(30, ge=1, le=1440, description="a session without a request ends after this")
    session_hours: int = Field(12, ge=1, le=168, description="a session ends after this in any case")
    password_min_length: int = Field(10, ge=8, le=64, description="shortest password")
    password_days: int = Field(90, ge=0, le=3650, description="a password must be changed after this; 0: never")
    lockout_failures: int = Field(5, ge=1, le=100, description="failed logins in a row that lock a name")
    lockout_minutes: int = Field(15, ge=1, le=1440, description="how long it is locked")
    logins_per_minute: int = Field(30, ge=1, le=10_000, description="login attempts from one address")
    refusals_per_minute: int = Field(60, ge=1, le=10_000, description="requests without a valid key from one address")
    body_seconds: int = Field(30, ge=1, le=600, description="longest pause while a request is sent")
    answer_seconds: int = Field(60, ge=1, le=3600, description="longest wait for the beginning of an answer")
    tls_certificate: Path | None = Field(None, description="PEM file; with `tls_key` the server speaks https itself")
    tls_key: Path | None = Field(None, description="PEM file of the certificate's key")
    trusted_proxies: str = Field("", description="addresses of proxies whose X-Forwarded-... headers are believed")
    upload_mb: int = Field(100, ge=1, le=200, description="files of one upload together")
    jobs_at_once: int = Field(2, ge=1, le=16, description="jobs that run at a time; the others wait")
    jobs_per_person: int = Field(20, ge=1, le=1000, description="jobs that one person or key may have open")
    job_days: int = Field(30, ge=1, le=3650, description="how long ended jobs, their files and uploads are kept")
    two_signatures: bool = Field(False, description="match results and plans need the signatures of 科协 and 组织部")
    matches_at_once: int | None = Field(None, ge=1, le=64, description="matches worked on at a time; default: cores")
    log_level: LogLevel = Field(LogLevel.INFO, description="least severe lines that are logged")

    @model_validator(mode="after")
    def _tls_is_whole(self) -> Self:
        if (self.tls_certificate is None) != (self.tls_key is None):
            raise ValueError("MATCHER_TLS_CERTIFICATE 与 MATCHER_TLS_KEY 要么都设置，要么都不设置")
        for name, path in (("CERTIFICATE", self.tls_certificate), ("KEY", self.tls_key)):
            if path is not None and not path.is_file():
                raise ValueError(f"MATCHER_TLS_{name} 指的文件“{path}”不存在")
        return self

    @model_validator(mode="after")
    def _idle_is_shorter(self) -> Self:
        if self.session_idle_minutes > self.session_hours * 60:
            raise ValueError("MATCHER_SESSION_IDLE_MINUTES 不能比 MATCHER_SESSION_HOURS 更长")
        return self


def load_service_settings() -> ServiceSettings:
    """Raises SettingsInvalid with one Chinese sentence that says what is wrong."""
    return checked(ServiceSettings)
