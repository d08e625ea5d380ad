"""The settings of one install: read from `FOOTFALL_*` variables, each with its default and one sentence.

The table in docs/reference/settings.md is made from the fields below. Secrets are made on first run and live in
the data folder, readable by its owner only.
"""

import json
import os
import secrets
import tempfile
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

import msgspec
from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from footfall.errors import SettingsError

# What is known of providers; each field can still be given.
_PRESETS: dict[str, dict[str, str]] = {
    # An address proves nothing of an organisation at Google, the claim `hd` does.
    "google": {
        "id": "google",
        "name": "Google",
        "issuer": "https://accounts.google.com",
        "domain_claim": "hd",
    },
}
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]


class ProviderSettings(BaseModel):
    """One OpenID Connect provider to sign in with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$", description="Its name in addresses here, such as google.")
    name: Text = Field(description="What its button says.")
    issuer: Text = Field(description="Its address, exactly as its tokens name it.")
    client_id: Text = Field(description="What it calls this install.")
    client_secret: SecretStr | None = Field(None, description="What proves so.")
    client_secret_file: Path | None = Field(None, description="File that holds it, in its place.")
    allowed_domains: tuple[Text, ...] = Field((), description="Who may come in by it; empty: everybody it knows.")
    domain_claim: str = Field("", description="Claim that names a person's organisation; empty: their e-mail address.")
    new_people: bool = Field(True, description="Whether accounts are made by it, where they are made at all.")

    @model_validator(mode="before")
    @classmethod
    def _with_preset(cls, given: Any) -> Any:
        if not isinstance(given, dict) or "preset" not in given:
            return given
        known = _PRESETS.get(given["preset"]) if isinstance(given["preset"], str) else None
        if known is None:
            raise ValueError(f"preset is one of: {', '.join(_PRESETS)}")
        return known | {name: value for name, value in given.items() if name != "preset"}

    @model_validator(mode="after")
    def _can_be_asked(self) -> Self:
        parts = urlsplit(self.issuer)
        is_local = parts.scheme == "http" and parts.hostname in _LOCAL_HOSTS
        if not parts.hostname or (parts.scheme != "https" and not is_local) or parts.query or parts.fragment:
            raise ValueError(f"the issuer of {self.name} must be an https:// address")
        if not self.client_secret and not self.client_secret_file:
            raise ValueError(f"give client_secret or client_secret_file of {self.name}")
        return self


class Settings(BaseSettings):
    """Everything that can be set; `FOOTFALL_` and the field's name in capitals is the variable."""

    model_config = SettingsConfigDict(env_prefix="FOOTFALL_", extra="ignore", frozen=True)

    data_dir: Path = Field(Path("data"), description="Folder that holds everything this install stores.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    base_url: str = Field(
        "",
        description="Public address, such as https://stats.example.com; empty: taken from each request.",
    )
    geoip_db: Path | None = Field(
        None,
        description="City or country database (.mmdb); without one the browser's time zone gives the country.",
    )
    trusted_proxies: str = Field(
        "127.0.0.1,::1",
        description="Comma-separated addresses or networks whose X-Forwarded-For is believed.",
    )
    database_url: SecretStr | None = Field(
        None,
        description="PostgreSQL database of people, sites and keys, such as postgresql://user@host:5432/footfall;"
        " empty: a file in the data folder.",
    )
    database_password: SecretStr | None = Field(None, description="Password of that database's user.")
    database_password_file: Path | None = Field(None, description="File that holds the password, in its place.")
    database_connections: int = Field(
        10, ge=2, le=1000, description="Connections to that database held open at most, for each process."
    )
    clickhouse_url: str = Field(
        "",
        description="ClickHouse server that holds events, such as https://user@host:8443/footfall; empty: embedded.",
    )
    clickhouse_password: SecretStr | None = Field(None, description="Password of that server's user.")
    clickhouse_password_file: Path | None = Field(None, description="File that holds the password, in its place.")
    clickhouse_timeout_seconds: float = Field(
        30.0, ge=1, description="Longest wait for that server to go on with an answer."
    )
    max_memory_mb: int = Field(1200, ge=300, description="Memory limit of the embedded engine, in megabytes.")
    query_threads: int = Field(2, ge=1, le=64, description="Queries that may run at the same time.")
    query_timeout_seconds: float = Field(20.0, gt=0, description="Longest time one query may take.")
    spool_max_mb: int = Field(
        2048,
        ge=16,
        description="Disk budget of events not yet in the store, in megabytes; past it intake answers 503.",
    )
    apply_interval_ms: int = Field(
        200,
        ge=10,
        le=5000,
        description="Wait of an event in the spool before it is stored, in milliseconds; up to three times as long"
        " where storing takes the machine long.",
    )
    rate_per_client: int = Field(
        1000,
        ge=0,
        description="Events a minute taken from one address (IPv6: one /64 network); 0: no limit.",
    )
    rate_per_site: int = Field(0, ge=0, description="Events a minute taken for one site; 0: no limit.")
    registration: Literal["invited", "open"] = Field(
        "invited",
        description="Who may make an account: invited people only (invited), or anybody with an e-mail address (open).",
    )
    second_factor: Literal["optional", "everybody"] = Field(
        "optional",
        description="Who needs a second factor: whose team asks for one (optional), or everybody who signs in.",
    )
    leaked_passwords: Path | None = Field(
        None,
        description="File of leaked passwords that nobody may take, in the form of Pwned Passwords, ordered by hash.",
    )
    session_idle_days: int = Field(
        14, ge=1, le=30, description="Days after which a session that nobody uses ends; all end after 30 days."
    )
    smtp_host: str = Field("", description="Mail server that sends invitations and links; empty: no mail is sent.")
    smtp_port: int = Field(587, ge=1, le=65535, description="Port of the mail server.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the connection to it is encrypted: starttls, tls (mostly port 465) or none."
    )
    smtp_user: str = Field("", description="User of the mail server; empty: no sign-in.")
    smtp_password: SecretStr | None = Field(None, description="Password of that user.")
    smtp_password_file: Path | None = Field(None, description="File that holds the password, in its place.")
    smtp_from: str = Field("", description="Sender of all mails, such as Footfall <stats@example.com>.")
    oidc_providers: Annotated[tuple[ProviderSettings, ...], NoDecode] = Field(
        (), description="OpenID Connect providers people may sign in with, as a JSON list; empty: none."
    )
    plans: Literal["unlimited", "hosted"] = Field(
        "unlimited",
        description="Whether teams have plans with limits: none has (unlimited), or new ones start on Free (hosted).",
    )
    past_quota: Literal["count", "drop"] = Field(
        "count",
        description="What becomes of events past the views of a team's plan: they count on (count), or are dropped.",
    )
    rate_per_key: int = Field(
        36_000,
        ge=0,
        description="Requests an hour of one API key to the APIs made for clients of other products; 0: no limit.",
    )
    event_names_per_site: int = Field(
        1000, ge=1, le=20_000, description="Names of custom events a site may have; others are kept as (other)."
    )
    property_keys_per_site: int = Field(
        1000, ge=1, le=20_000, description="Keys of properties a site's events may have; others are left out."
    )
    log_level: str = Field("info", description="debug, info, warning or error.")
    log_format: Literal["text", "json"] = Field("text", description="text, or json: one object a line.")

    @field_validator("oidc_providers", mode="before")
    @classmethod
    def _as_list(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        try:
            listed = json.loads(given or "[]")
        except ValueError:
            listed = None
        if not isinstance(listed, list):
            raise ValueError("it is no JSON list")
        return listed

    @model_validator(mode="after")
    def _can_send_mail(self) -> Self:
        if self.smtp_host and not (self.smtp_from and self.base_url):
            # A link in a mail must never be made of the host a request names: anybody may name another.
            raise ValueError("set FOOTFALL_SMTP_FROM and FOOTFALL_BASE_URL where FOOTFALL_SMTP_HOST is set")
        if self.registration == "open" and not self.smtp_host:
            raise ValueError("set FOOTFALL_SMTP_HOST where FOOTFALL_REGISTRATION is open: addresses are confirmed")
        return self

    @property
    def asks_everybody_for_second_factor(self) -> bool:
        """Whether nobody sees anything without one."""
        return self.second_factor == "everybody"

    @property
    def has_plans(self) -> bool:
        """Whether teams have plans."""
        return self.plans == "hosted"

    @model_validator(mode="after")
    def _can_ask_providers(self) -> Self:
        if self.oidc_providers and not self.base_url:
            # Whoever comes back from a provider must come here, whatever host a request names.
            raise ValueError("set FOOTFALL_BASE_URL where FOOTFALL_OIDC_PROVIDERS is set")
        for field in ("id", "issuer"):
            if len({getattr(one, field) for one in self.oidc_providers}) < len(self.oidc_providers):
                raise ValueError(f"two of FOOTFALL_OIDC_PROVIDERS have the same {field}")
        return self


def provider_secret(provider: ProviderSettings) -> str:
    """What proves to a provider who asks, from its file where one is named."""
    return _password(provider.client_secret, provider.client_secret_file)


def clickhouse_password(settings: Settings) -> str:
    """The password of the ClickHouse server's user, from its file where one is named; empty without either."""
    return _password(settings.clickhouse_password, settings.clickhouse_password_file)


def database_password(settings: Settings) -> str:
    """The password of the PostgreSQL user, likewise; one that stands in the URL comes first."""
    return _password(settings.database_password, settings.database_password_file)


def smtp_password(settings: Settings) -> str:
    """The password of the mail server's user, likewise."""
    return _password(settings.smtp_password, settings.smtp_password_file)


def _password(given: SecretStr | None, file: Path | None) -> str:
    if file is None:
        return given.get_secret_value() if given else ""
    try:
        return file.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} cannot be read; put the password in it.") from error


class Secrets(msgspec.Struct, frozen=True):
    """Keys of this install, hexadecimal, 32 bytes each."""

    visitor_key: str  # hashes lasting visitor names and visit ids
    session_key: str  # signs what the browser carries
    local_token: str  # lets the command line speak to the running server

    def key_for(self, purpose: str) -> bytes:
        """A key for one purpose alone: what is hashed with it compares with nothing hashed for another."""
        return blake2b(purpose.encode(), key=bytes.fromhex(self.visitor_key)).digest()


def load_secrets(data_dir: Path) -> Secrets:
    """Read the secrets of the install at ``data_dir``, making them (mode 0600) on the first run.

    Raises SettingsError where the file is there but cannot be read.
    """
    path = data_dir / "secrets.json"
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        _write_secrets(path, Secrets(*(secrets.token_hex(32) for _ in range(3))))
    return _read_secrets(path)


def _write_secrets(path: Path, made: Secrets) -> None:
    """Put the whole file in place at once: a crash leaves no half of it, and no other process's is replaced."""
    with tempfile.NamedTemporaryFile(dir=path.parent) as file:  # mode 0600
        file.write(msgspec.json.encode(made))
        file.flush()
        os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(file.name, path)


def _read_secrets(path: Path) -> Secrets:
    try:
        return msgspec.convert(json.loads(path.read_bytes()), Secrets)
    except (ValueError, OSError) as error:
        raise SettingsError(
            f"{path} cannot be read; restore it from a backup, or move it away to make new secrets."
        ) from error
