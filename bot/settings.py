"""Settings, from the environment or `.env`, each with the prefix QUIESCE_."""

import re
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.house import House
from flows.codes import PSEUDONYM

_ADDRESS = re.compile(r"[A-Za-z0-9_.\[\]:-]*:[0-9]{1,5}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


class Settings(BaseSettings):
    """What an operator can set; the README's table is compared with this class."""

    model_config = SettingsConfigDict(env_prefix="QUIESCE_", env_file=".env", extra="ignore", env_ignore_empty=True)

    telegram_token: Annotated[
        SecretStr | None, Field(description="the bot's token; without one the terminal chat opens")
    ] = None
    telegram_token_file: Annotated[
        Path | None, Field(description="a file that holds the token, instead of the token")
    ] = None
    telegram_api_url: Annotated[str, Field(description="the Bot API server")] = "https://api.telegram.org"
    database_url: Annotated[str, Field(description="SQLite or PostgreSQL, for Telegram")] = "sqlite:///quiesce.sqlite3"
    chat_database_url: Annotated[str, Field(description="the terminal chat's own database")] = (
        "sqlite:///quiesce-chat.sqlite3"
    )
    audit_key_file: Annotated[
        Path, Field(description="a file that holds the key of the audit; made at the first start, if it is not there")
    ] = Path("quiesce.key")
    webhook_url: Annotated[
        str | None, Field(description="the public https address that Telegram delivers to, instead of long polling")
    ] = None
    webhook_secret: Annotated[SecretStr | None, Field(description="what Telegram has to show with every delivery")] = (
        None
    )
    webhook_secret_file: Annotated[Path | None, Field(description="a file that holds the secret, instead of it")] = None
    listen: Annotated[
        str | None,
        Field(description="`host:port` of the webhook, `/healthz` and `/metrics`; 127.0.0.1:8080 with a webhook"),
    ] = None
    log_level: Annotated[str, Field(description="DEBUG, INFO, WARNING or ERROR")] = "INFO"
    clinic_timezone: Annotated[str, Field(description="IANA zone of the clinic, as `Europe/Vienna`")] = "UTC"
    pseudonym_pattern: Annotated[
        str,
        Field(
            description="what the clinic's own pseudonyms look like: a regular expression for the whole of one, in "
            "capitals and without separators; 3 to 20 letters and digits, 2 digits at least, in any case; as long as "
            "it is not settled, letters with a year of birth behind them are refused too"
        ),
    ] = PSEUDONYM.pattern

    @field_validator("pseudonym_pattern")
    @classmethod
    def _is_an_expression(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except (re.error, OverflowError, RecursionError) as error:
            raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
        return pattern

    @field_validator("clinic_timezone")
    @classmethod
    def _zone_exists(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (OSError, ValueError, KeyError) as error:
            raise ValueError(f"{zone!r} is no IANA time zone, as Europe/Vienna is one") from error
        return zone

    @field_validator("listen")
    @classmethod
    def _is_an_address(cls, address: str | None) -> str | None:
        if address is not None and not _ADDRESS.fullmatch(address):
            raise ValueError(f"{address!r} is not host:port, as 127.0.0.1:8080 is")
        return address

    @field_validator("log_level")
    @classmethod
    def _is_a_level(cls, level: str) -> str:
        if level.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError(f"{level!r} is none of DEBUG, INFO, WARNING, ERROR")
        return level.upper()

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> "Settings":
        if self.webhook_url is None:
            return self
        if not self.webhook_url.startswith("https://"):
            raise ValueError("WEBHOOK_URL has to begin with https://")
        if not _SECRET.fullmatch(self.secret() or ""):
            raise ValueError("a webhook needs WEBHOOK_SECRET: 16 to 256 letters, digits, _ or -")
        self.listen = self.listen or "127.0.0.1:8080"
        return self

    def house(self) -> House:
        return House(self.clinic_timezone, re.compile(self.pseudonym_pattern))

    def secret(self) -> str | None:
        """The webhook's secret from its setting or from its file; OSError where the file cannot be read."""
        return _from(self.webhook_secret, self.webhook_secret_file)

    def token(self) -> str | None:
        """The token from its setting or from its file; OSError where the file cannot be read."""
        return _from(self.telegram_token, self.telegram_token_file)


def _from(secret: SecretStr | None, file: Path | None) -> str | None:
    if file is not None:
        return file.read_text(encoding="utf-8", errors="replace").strip() or None
    return secret.get_secret_value() if secret else None
