"""Settings, from the environment or `.env`, each with the prefix QUIESCE_."""

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    clinic_timezone: Annotated[str, Field(description="IANA zone of the clinic, as `Europe/Vienna`")] = "UTC"

    @field_validator("clinic_timezone")
    @classmethod
    def _zone_exists(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (OSError, ValueError, KeyError) as error:
            raise ValueError(f"{zone!r} is no IANA time zone, as Europe/Vienna is one") from error
        return zone

    def token(self) -> str | None:
        """The token from its setting or from its file; OSError where the file cannot be read."""
        if self.telegram_token_file is not None:
            return self.telegram_token_file.read_text(encoding="utf-8").strip() or None
        return self.telegram_token.get_secret_value() if self.telegram_token else None
