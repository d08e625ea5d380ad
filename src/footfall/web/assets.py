"""Built scripts and styles: served from the package, named by their content so browsers may keep them for ever."""

import gzip
import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_KEPT_FOR_EVER = "public, max-age=31536000, immutable"
_TEXTS = (".js", ".css", ".svg")


def asset_url(name: str) -> str:
    """The URL of a file in `web/static`, which changes when the file does."""
    return f"/static/{name}?v={_version(name)}"


def static_files() -> StaticFiles:
    """The app to mount at `/static`."""
    return _VersionedFiles(directory=str(_folder()))


class _VersionedFiles(StaticFiles):
    """Files asked for under their version never change; those of text are compressed once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        takes_gzip = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        if takes_gzip and response.status_code == 200 and path.endswith(_TEXTS):
            response = _compressed(path, response)
        if path.endswith(_TEXTS):
            response.headers.add_vary_header("accept-encoding")
        if scope.get("query_string", b"").startswith(b"v="):
            response.headers["cache-control"] = _KEPT_FOR_EVER
        return response


def _compressed(path: str, plain: Response) -> Response:
    kept = {name: plain.headers[name] for name in ("content-type", "last-modified", "etag") if name in plain.headers}
    return Response(_gzipped(path), headers={**kept, "content-encoding": "gzip"})


@cache
def _gzipped(name: str) -> bytes:
    return gzip.compress(_folder().joinpath(name).read_bytes(), 9, mtime=0)


@cache
def _version(name: str) -> str:
    return hashlib.sha256(_folder().joinpath(name).read_bytes()).hexdigest()[:10]


def _folder() -> Traversable:
    return resources.files("footfall.web").joinpath("static")
