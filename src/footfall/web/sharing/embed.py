"""A shared dashboard in another site's page: its theme, its ground, and who may frame it."""

import re
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from footfall.errors import InvalidInput, NotAllowed
from footfall.sites import Shown
from footfall.web.security import content_security_policy

_THEMES = ("light", "dark")
# A colour and nothing else: it is put into a style sheet.
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,30}|(rgb|hsl)a?\([0-9., %/deg]{1,60}\)")


@dataclass(frozen=True)
class Frame:
    """How a shared page is to be shown."""

    is_embedded: bool = False
    theme: str = ""  # none: the reader's system decides
    background: str = ""
    is_fluid: bool = False


def frame_of(request: Request) -> Frame:
    """Read what the frame's address asks for; what is no colour or no theme is left out."""
    given = request.query_params
    if given.get("embed") != "true":
        return Frame()
    background = given.get("background", "")
    return Frame(
        is_embedded=True,
        theme=given.get("theme", "") if given.get("theme") in _THEMES else "",
        background=background if _COLOUR.fullmatch(background) else "",
        is_fluid=given.get("width") == "manual",
    )


def policy_of(shown: Shown, frame: Frame) -> str:
    """The Content-Security-Policy of the page; raises NotAllowed for a frame the link does not allow."""
    link = shown.link
    if not frame.is_embedded:
        return content_security_policy()
    if link is None or not link.embedded_by or link.has_password:
        raise NotAllowed("This dashboard is not made to be shown in another site's page.")
    return content_security_policy(frame_ancestors=" ".join(link.embedded_by))


def embed_router() -> APIRouter:
    """Make `/embed/background.css`: the ground of a framed page, since its policy allows no style inside it."""
    router = APIRouter(include_in_schema=False)

    @router.get("/embed/background.css")
    def background(colour: str = "") -> Response:
        if not _COLOUR.fullmatch(colour):
            raise InvalidInput("The background is no colour; write it as #ffffff, white or rgb(255 255 255).")
        sheet = f":root:root{{--ground:{colour}}}html{{background:{colour}}}"
        return Response(sheet, media_type="text/css", headers={"cache-control": "public, max-age=86400"})

    return router
