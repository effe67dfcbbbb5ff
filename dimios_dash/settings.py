"""What the surroundings decide: folders, addresses, mail. Read once, at the start of a process."""

from __future__ import annotations

import os
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


def default_data_folder() -> Path:
    """Where data lies when nobody says otherwise: the user's own place, outside the repository."""
    if os.geteuid() == 0:
        return Path("/var/lib/dimios-dash")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "dimios-dash"


class Environment(StrEnum):
    """Where the program runs. Only production demands https and refuses the demo."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Environment variables; README.md lists them with examples."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    environment: Environment = Field(Environment.DEVELOPMENT, alias="DIMIOS_ENV")
    demo: bool = Field(False, alias="DIMIOS_DEMO")
    demo_password: str | None = Field(None, alias="DIMIOS_DEMO_PASSWORD")
    data: Path = Field(default_factory=default_data_folder, alias="DIMIOS_DATA")
    keys_folder: Path | None = Field(None, alias="DIMIOS_KEYS")
    keys_copy: Path | None = Field(None, alias="DIMIOS_KEYS_COPY")  # a second place for every key
    port: int = Field(8050, alias="PORT")
    host: str = Field("127.0.0.1", alias="DIMIOS_HOST")
    proxies: int = Field(0, alias="DIMIOS_PROXIES", ge=0)  # how many stand before us and tell who asks
    base_url: str | None = Field(None, alias="DIMIOS_BASE_URL")  # how respondents reach us
    database_url: str | None = Field(None, alias="DATABASE_URL")  # the owner; unset: the embedded server
    database_web_url: str | None = Field(None, alias="DATABASE_WEB_URL")
    database_worker_url: str | None = Field(None, alias="DATABASE_WORKER_URL")
    smtp_host: str = Field("127.0.0.1", alias="SMTP_HOST")
    smtp_port: int = Field(25, alias="SMTP_PORT")
    smtp_user: str | None = Field(None, alias="SMTP_USER")
    smtp_password: str | None = Field(None, alias="SMTP_PASSWORD")
    smtp_starttls: bool = Field(True, alias="SMTP_STARTTLS")
    mail_from: str = Field("noreply@dimios.example", alias="DIMIOS_MAIL_FROM")
    dkim_selector: str | None = Field(None, alias="DIMIOS_DKIM_SELECTOR")  # unset: the mail server signs, or nobody
    dkim_domain: str | None = Field(None, alias="DIMIOS_DKIM_DOMAIN")  # unset: that of mail_from
    bounce_address: str | None = Field(None, alias="DIMIOS_BOUNCE_ADDRESS")  # unset: mails come back to mail_from
    bounce_mailbox: str | None = Field(None, alias="DIMIOS_BOUNCE_MAILBOX")  # imaps://… or pop3s://…, to be emptied
    bounce_secret: str | None = Field(None, alias="DIMIOS_BOUNCE_SECRET")  # of those who post what came back
    mails_per_minute: int | None = Field(
        None, alias="DIMIOS_MAILS_PER_MINUTE", ge=1
    )  # of all together; unset: no limit
    support_address: str = Field("support@dimios.example", alias="DIMIOS_SUPPORT")
    hosting: str | None = Field(None, alias="DIMIOS_HOSTING")  # where data lies, in words for those who answer

    @model_validator(mode="after")
    def no_demo_in_production(self) -> Self:
        """The demo has known addresses and an open mailbox: never where real people answer."""
        if self.demo and self.production:
            raise ValueError("Demo mode is impossible when DIMIOS_ENV=production; unset DIMIOS_DEMO.")
        return self

    @property
    def production(self) -> bool:
        """Whether real people answer here."""
        return self.environment is Environment.PRODUCTION

    @property
    def mail_domain(self) -> str:
        """What stands after the @ of the sender."""
        return parseaddr(self.mail_from)[1].rpartition("@")[2]

    @property
    def keys(self) -> Path:
        """The key store: beside the data, never inside it, so that no backup of one holds the other."""
        keys = self.keys_folder or self.data.with_name(self.data.name + "-keys")
        if keys.resolve().is_relative_to(self.data.resolve()):
            raise ValueError("DIMIOS_KEYS must not lie inside DIMIOS_DATA: a backup of the data would hold the keys.")
        return keys

    @property
    def key_folders(self) -> tuple[Path, ...]:
        """All places where every key is kept."""
        return (self.keys,) if self.keys_copy is None else (self.keys, self.keys_copy)

    @property
    def address(self) -> str:
        """Where the pages are, without a slash at the end."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")
