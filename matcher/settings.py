"""Every setting of the library, read once from `MATCHER_...` variables or a TOML file and validated at start.

The file is `$MATCHER_CONFIG`, else `matcher.toml` in `MATCHER_HOME`. Variables win over the file.
"""

import os
from datetime import date
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import TypeVar

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from matcher.errors import SettingsInvalid

Settings = TypeVar("Settings", bound=BaseSettings)

_DEMANDS = {
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "float_parsing": "应为数字",
    "bool_parsing": "应为 true 或 false",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "string_type": "应为文字",
    "string_too_long": "最多 {max_length} 字",
    "string_pattern_mismatch": "应符合 {pattern}",
    "date_from_datetime_parsing": "应为日期，如 2026-06-01",
    "enum": "应为 {expected} 之一",
    "literal_error": "应为 {expected} 之一",
}


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
    encoder_query_prompt: str | None = Field(None, description="stands before demands; default: the model's own")
    encoder_document_prompt: str | None = Field(None, description="stands before items; default: the model's own")
    reranker: str = Field("none", description="`none`, a hub name or a folder of a cross-encoder")
    reranker_device: str | None = Field(None, description="cpu, cuda ...; default: chosen by the model library")
    rerank_top: int = Field(30, ge=1, le=200, description="best items that the reranker reads for a demand")
    weights: Path | None = Field(None, description="file of the score's weights; default: the bundled one")
    rules: Path | None = Field(None, description="file of the rules' parameters; default: the bundled one")
    plan: Path | None = Field(None, description="file of the plans' parameters; default: the bundled one")
    programmes: Path | None = Field(None, description="file of awards and programmes; default: the bundled one")
    templates: Path | None = Field(None, description="folder of the department's Word templates; default: in `home`")
    issuer: str = Field("", max_length=60, description="whose name stands at the foot of letters; blank: by hand")
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
    return checked(MatcherSettings)


def checked(settings: type[Settings]) -> Settings:
    """The settings in force, of this class or of one that adds to it. Raises SettingsInvalid."""
    try:
        return settings()
    except ValidationError as error:
        raise SettingsInvalid(_explained(error.errors()[0])) from None
    except (OSError, UnicodeDecodeError, TOMLDecodeError) as error:
        raise SettingsInvalid(f"配置文件“{_config_file()}”读不出来（{error}）") from None


def _explained(error: ErrorDetails) -> str:
    """The message of a check of ours is a Chinese clause already; it may concern several settings."""
    if error["type"] == "value_error":
        return str(error["msg"]).removeprefix("Value error, ")
    name = "MATCHER_" + "_".join(str(part) for part in error["loc"]).upper()
    known = _DEMANDS.get(error["type"])
    terms = {key: str(value).replace("'", "").replace(" or ", ", ") for key, value in error.get("ctx", {}).items()}
    wanted = known.format(**terms) if known else error["msg"]
    return f"{name} 的值“{error['input']}”不可用，{wanted}"
