"""Moving people, sites and keys to another database, while nobody uses either."""

from sqlalchemy import make_url

from footfall.app.lock import FolderLock
from footfall.errors import Conflict, DataFolderInUse
from footfall.metadata import Database, database_url, postgres_url, shown_address
from footfall.metadata.copying import copy_rows, is_blank, is_same
from footfall.settings import Settings, database_password


def copy_database(settings: Settings, to: str) -> tuple[str, dict[str, int]]:
    """Copy the database of an install to the one at ``to``; tells where that is, and how many rows of each table.

    Raises DataFolderInUse while a server runs, for what it changes meanwhile would be missing, and Conflict where
    ``to`` is in use already.
    """
    url = make_url(to) if to.startswith("sqlite:///") else postgres_url(to, database_password(settings))
    try:
        lock = FolderLock(settings.data_dir)
    except DataFolderInUse as error:
        raise DataFolderInUse("Stop the server first: what it changes meanwhile would be missing.") from error
    with lock:
        origin, target = Database(database_url(settings)), Database(url)
        try:
            if is_same(origin, target) or not is_blank(target):
                raise Conflict(f"{shown_address(url)} is in use already; name a database that is empty.")
            origin.migrate()
            target.migrate()
            return shown_address(url), copy_rows(origin, target)
        finally:
            origin.close()
            target.close()
