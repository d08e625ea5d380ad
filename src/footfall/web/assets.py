"""Built scripts and styles: served from the package, named by their content so browsers may keep them for ever."""

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_KEPT_FOR_EVER = "public, max-age=31536000, immutable"


def asset_url(name: str) -> str:
    """The URL of a file in `web/static`, which changes when the file does."""
    return f"/static/{name}?v={_version(name)}"


def static_files() -> StaticFiles:
    """The app to mount at `/static`."""
    return _VersionedFiles(directory=str(_folder()))


class _VersionedFiles(StaticFiles):
    """Files asked for under their version never change."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if scope.get("query_string", b"").startswith(b"v="):
            response.headers["cache-control"] = _KEPT_FOR_EVER
        return response


@cache
def _version(name: str) -> str:
    return hashlib.sha256(_folder().joinpath(name).read_bytes()).hexdigest()[:10]


def _folder() -> Traversable:
    return resources.files("footfall.web").joinpath("static")
