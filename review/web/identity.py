"""Who sends a request: the session cookie and the person behind it."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response

from review.db.session import engine_for
from review.errors import NotSignedIn
from review.services.access import Actor
from review.services.accounts import sign_in
from review.settings import settings

COOKIE = "case_review_session"
"""The cookie holds a random session id only; the database keeps its hash."""


def token_of(connection: HTTPConnection) -> str:
    """The session id that the browser sent; empty without one."""
    return connection.cookies.get(COOKIE, "")


def address_of(connection: HTTPConnection) -> str:
    """The client's network address; empty where the server does not know it."""
    return connection.client.host if connection.client else ""


def actor_behind(token: str, address: str) -> tuple[Actor | None, bool]:
    """The person of a session, and whether the password has to be changed first.

    Blocking: asks the database. None where the session is unknown, ended, idle or too old.
    """
    if not token:
        return None, False
    engine = engine_for(settings().url)
    actor = sign_in.actor_of(engine, token, address=address)
    return actor, actor is not None and sign_in.must_change(engine, token)


def actor_in(connection: HTTPConnection) -> Actor:
    """The person whom the gate found for this request; raises NotSignedIn without one."""
    actor = connection.scope.get("case_review_actor")
    if not isinstance(actor, Actor):
        raise NotSignedIn
    return actor


def keep_session(response: Response, token: str, *, secure: bool) -> None:
    """Set the session cookie: out of reach of scripts, never sent from other sites."""
    response.set_cookie(COOKIE, token, path="/", httponly=True, samesite="strict", secure=secure)


def forget_session(response: Response) -> None:
    """Remove the session cookie."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
