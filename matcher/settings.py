"""Every setting of the library, read once from `MATCHER_...` variables or a TOML file and validated at start.

The file is `$MATCHER_CONFIG`, else `matcher.toml` in `MATCHER_HOME`. Variables win over the file.
"""

import os
from datetime import date
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from matcher.errors import SettingsInvalid


def _default_home() -> Path:
    return user_data_path("matcher", appauthor=False)


def _config_file() -> Path:
    home = Path(os.environ.get("MATCHER_HOME", "") or _default_home())
    return Path(os.environ.get("MATCHER_CONFIG", "") or home / "matcher.toml")


class MatcherSettings(BaseSettings):
    """Settings of the library; `docs/settings.md` explains each to an administrator."""

    model_config = SettingsConfigDict(env_prefix="MATCHER_", extra="ignore", frozen=True)

    home: Path = Field(default_factory=_default_home, description="folder of all state: database, index, keys")
    database_url: SecretStr | None = Field(None, description="SQLAlchemy URL; default: SQLite in `home`")
    master_key: SecretStr | None = Field(None, description="base64 key of private fields; default: file in `home`")
    encoder: str = Field("builtin", description="`builtin`, a hub name or a folder of a Sentence Transformers model")
    encoder_device: str | None = Field(None, description="cpu, cuda ...; default: chosen by the model library")
    weights: Path | None = Field(None, description="file of the score's weights; default: the bundled one")
    rules: Path | None = Field(None, description="file of the rules' parameters; default: the bundled one")
    home_province: str = Field("22", pattern=r"^\d{2}$", description="two-digit code of the province served")
    abstain_below: float | None = Field(None, ge=0, le=1, description="best score below which nobody is proposed")
    today: date | None = Field(None, description="date the rules are applied for; default: the day of the run")
    max_file_mb: int = Field(1024, ge=1, description="largest file that an import reads")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=_config_file())


def load_settings() -> MatcherSettings:
    """Raises SettingsInvalid with one Chinese sentence that names the setting."""
    try:
        return MatcherSettings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "MATCHER_" + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsInvalid(f"{name} 的值“{first.get('input')}”不可用（{first['msg']}）") from error
