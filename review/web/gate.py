"""The gate before everything: host, origin, session, password; and headers on every answer.

It stands before Streamlit as well, so that its pages, media, uploads and websocket are reached by
signed-in people only. What a person may see is asked again by every service.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from review.errors import ForeignRequest, NotSignedIn, PasswordMustChange, ReviewError
from review.settings import settings
from review.web.answers import failure, refusal
from review.web.assets import ASSETS
from review.web.identity import actor_behind, address_of, token_of

PUBLIC = frozenset({"/sign-in", "/healthz", *(f"/assets/{name}" for name in ASSETS)})
"""All that anyone may ask for: whole paths, so that nothing else begins like one of them."""

BUNDLE = re.compile(r"/static/(?:js|css|media)/[\w.-]+")
"""Streamlit's own front end, the same for everybody: a page whose session has ended still has to
load the part that says so. Nothing of ours and no data is served there."""

WHILE_CHANGING = frozenset({"/password", "/sign-out"})
"""All that is open to a person who must change the first password."""

FORMS = frozenset({"/sign-in", "/sign-out", "/password", "/language"})
"""Targets of plain HTML forms, which cannot send a header of their own."""

OWN = ("/api/", "/page/", "/frame/", "/export/", "/sign-", "/password", "/language")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "connect-src 'self' ws: wss:; font-src 'self' data:; worker-src 'self' blob:; "
        "frame-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; "
        "object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
"""`blob:` for scripts is what Streamlit's own components need; nothing comes from elsewhere."""

STRIPPED = (b"x-auth-", b"x-forwarded-user", b"x-remote-user")
"""Beginnings of headers that claim an identity; only the cookie does that here."""


def host_is_allowed(host: str) -> bool:
    """Whether the Host header names this server; the port does not matter."""
    return _host_name(host) in {
        _host_name(each) for each in settings().allowed_hosts.split(",")
    } - {""}


def _host_name(host: str) -> str:
    """The name in `name:port`, in lower case; empty where it is none."""
    try:
        return urlsplit(f"//{host.strip()}").hostname or ""
    except ValueError:
        return ""


def origin_is_own(headers: Headers) -> bool:
    """Whether the Origin header is there and names the host that was asked."""
    try:
        origin = urlsplit(headers.get("origin", ""))
    except ValueError:
        return False
    return origin.scheme in {"http", "https"} and origin.netloc == headers.get("host", "")


class Gate:
    """ASGI middleware; see the module's own words."""

    def __init__(self, app: ASGIApp) -> None:
        """`app` is all that lies behind the gate."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer it here."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        scope["headers"] = [
            (name, value)
            for name, value in scope["headers"]
            if not name.lower().startswith(STRIPPED)
        ]
        connection = HTTPConnection(scope)
        try:
            answer = await self._stopped(connection)
        except ReviewError as error:
            answer = refusal(error)
        except Exception as error:  # noqa: BLE001  (the outermost border: log it, stay closed)
            answer = failure(error, "gate")
        if scope["type"] == "websocket":
            if answer is None:
                await self.app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        sending = _with_headers(send)
        await (self.app if answer is None else answer)(scope, receive, sending)

    async def _stopped(self, connection: HTTPConnection) -> Response | None:
        """The answer with which a request ends here; None lets it through."""
        scope = connection.scope
        path, is_socket = scope["path"], scope["type"] == "websocket"
        method = scope.get("method", "GET")
        if not host_is_allowed(connection.headers.get("host", "")):
            raise ForeignRequest(reason="主机名未登记", reason_en="unknown host name")
        writes = is_socket or (method not in SAFE and path.startswith(OWN))
        if writes and not origin_is_own(connection.headers):
            raise ForeignRequest(reason="来源不是本站", reason_en="foreign or missing origin")
        if (
            not is_socket
            and writes
            and path not in FORMS
            and not connection.headers.get("x-requested-by")
        ):
            raise ForeignRequest(
                reason="缺少 X-Requested-By 请求头", reason_en="header X-Requested-By is missing"
            )
        if path in PUBLIC or BUNDLE.fullmatch(path):
            return None
        token, address = token_of(connection), address_of(connection)
        actor, must_change = await run_in_threadpool(actor_behind, token, address)
        is_page = (
            not is_socket
            and method == "GET"
            and "text/html" in connection.headers.get("accept", "")
        )
        if actor is None:
            if not is_page:
                raise NotSignedIn
            wanted = path + (f"?{scope['query_string'].decode()}" if scope["query_string"] else "")
            return RedirectResponse(f"/sign-in?next={quote(wanted, safe='')}", 303)
        if must_change and path not in WHILE_CHANGING:
            if not is_page:
                raise PasswordMustChange
            return RedirectResponse("/password", 303)
        scope["case_review_actor"] = actor
        return None


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
