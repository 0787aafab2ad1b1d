"""How a JSON request is taken in: counted, checked, worked on in a thread, answered with a receipt.

Whatever goes wrong is answered as `{code, zh, en, details}`; nothing is retried here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from review.db.session import engine_for
from review.errors import BadValue, ReviewError, TooLarge
from review.services.access import Actor
from review.settings import settings
from review.web.answers import answer, failure, refusal
from review.web.identity import actor_in

BODY_BYTES = 64 * 1024
"""The most that a browser sends with `keepalive`; every request here is far smaller."""

Route = Callable[[Request], Awaitable[Response]]


class Body(BaseModel):
    """Base of request bodies: no unknown key, no conversion between types."""

    model_config = ConfigDict(extra="forbid", strict=True)


AnyBody = TypeVar("AnyBody", bound=Body)


async def _bytes_of(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > BODY_BYTES:
            raise TooLarge(file=request.url.path, found=f"> {BODY_BYTES} B", limit=BODY_BYTES)
    return bytes(body)


def _wrong_field(error: ValidationError) -> BadValue:
    first = error.errors(include_url=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "body"
    given = first["input"]
    shown = "…" if isinstance(given, dict | list | tuple | bytes) else str(given)[:60]
    return BadValue(field=where, value=shown, reason=first["msg"])


def writing(kind: type[AnyBody], work: Callable[[Engine, Actor, AnyBody], Any]) -> Route:
    """The route that reads a body of `kind` and answers with what `work` returns."""

    async def route(request: Request) -> Response:
        try:
            actor = actor_in(request)
            body = kind.model_validate_json(await _bytes_of(request))
            engine = engine_for(settings().url)
            return answer(await run_in_threadpool(work, engine, actor, body))
        except ValidationError as error:
            return refusal(_wrong_field(error))
        except ReviewError as error:
            return refusal(error)
        except ClientDisconnect:
            return Response(status_code=499)
        except Exception as error:  # noqa: BLE001  (the outermost border: logged by number)
            return failure(error, request.url.path)

    return route


def reading_route(work: Callable[[Engine, Actor, Request], Response]) -> Route:
    """The route that answers a GET with what `work` makes of it."""

    async def route(request: Request) -> Response:
        try:
            engine = engine_for(settings().url)
            return await run_in_threadpool(work, engine, actor_in(request), request)
        except ReviewError as error:
            return refusal(error)
        except Exception as error:  # noqa: BLE001  (the outermost border: logged by number)
            return failure(error, request.url.path)

    return route
