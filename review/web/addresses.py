"""Addresses that lead nowhere: told in the person's language, with the way back.

Streamlit answers every address with its front end, which then says in English alone that there is
no such page.
"""

from __future__ import annotations

from collections.abc import Collection

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from review.errors import NotFound
from review.web.identity import actor_in
from review.web.sign_in_pages import lost_page

SERVED = (
    "/api/",
    "/page/",
    "/frame/",
    "/export/",
    "/assets/",
    "/sign-",
    "/password",
    "/language",
    "/healthz",
    "/static/",
    "/media/",
    "/component/",
    "/_stcore/",
)
"""Beginnings of what is no page of the workbench but is served by our routes or by Streamlit."""


class Addresses:
    """ASGI middleware behind the gate: a document that is asked for must be a page."""

    def __init__(self, app: ASGIApp, *, pages: Collection[str], first: str) -> None:
        """`pages` are the addresses of the menu without a slash; `first` is the one at `/`."""
        self.app = app
        self.pages = frozenset(pages)
        self.first = first

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or say that there is no such page."""
        if scope["type"] != "http" or self._is_served(request := Request(scope)):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        answer: Response
        if path.strip("/") == self.first:
            answer = RedirectResponse("/", 303)
        else:
            missing = NotFound(what="页面", what_en="page", key=path)
            answer = lost_page(actor_in(request).language, missing)
        await answer(scope, receive, send)

    def _is_served(self, request: Request) -> bool:
        path = request.url.path
        return (
            request.method != "GET"
            or "text/html" not in request.headers.get("accept", "")
            or path.startswith(SERVED)
            or (path.strip("/") != self.first and path.strip("/") in {"", *self.pages})
        )
