"""Where the database of people and sites is: a file in the data folder, or a PostgreSQL server named by a URL."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from footfall.errors import SettingsError
from footfall.settings import Settings, database_password

_POSTGRES = ("postgresql", "postgres", "postgresql+psycopg")
_WRONG = (
    "FOOTFALL_DATABASE_URL names no database; write it as postgresql://footfall@db.example.com:5432/footfall, with "
    "what is special in a password percent-encoded."
)


def sqlite_url(data_dir: Path) -> str:
    """Where the database lies when no other is named: a file in the data folder."""
    return f"sqlite:///{data_dir.resolve() / 'footfall.db'}"


def database_url(settings: Settings) -> URL:
    """Where the database of an install is; raises SettingsError, which never quotes the URL: it may hold a password."""
    if settings.database_url is None or not (text := settings.database_url.get_secret_value()):
        return make_url(sqlite_url(settings.data_dir))
    return postgres_url(text, database_password(settings))


def postgres_url(text: str, password: str = "") -> URL:
    """The address of a PostgreSQL database as SQLAlchemy takes it; a password in the URL comes before the other."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise SettingsError(_WRONG) from None
    if url.drivername not in _POSTGRES or not url.database:
        raise SettingsError(_WRONG)
    if password and url.password is None:
        url = url.set(password=password)
    return url.set(drivername="postgresql+psycopg")


def shown_address(url: URL) -> str:
    """What people and logs are told: neither password nor parameters, which may hold another."""
    if url.get_backend_name() == "sqlite":
        return url.database or "memory"
    host, port = url.host or url.query.get("host", ""), f":{url.port}" if url.port else ""
    user = f"{url.username}@" if url.username else ""
    return f"postgresql://{user}{host if isinstance(host, str) else ','.join(host)}{port}/{url.database}"
