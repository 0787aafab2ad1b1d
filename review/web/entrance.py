"""Routes of the entrance: sign-in, sign-out, password, language, and the probe of a monitor."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from review.db.session import engine_for
from review.errors import BadValue, ReviewError
from review.i18n import _, speaking
from review.services.accounts import sign_in
from review.settings import settings
from review.web.answers import refusal, status_of
from review.web.identity import (
    actor_behind,
    actor_in,
    address_of,
    forget_session,
    keep_session,
    token_of,
)
from review.web.sign_in_pages import language_asked, password_page, sign_in_page

FORM_BYTES = 16 * 1024
"""More than any form of the entrance can be."""


def own_path(wanted: str) -> str:
    """Where to go after signing in: a path of this server, never another site."""
    parts = urlsplit(wanted)
    harmless = (
        wanted.startswith("/")
        and not wanted.startswith(("//", "/\\"))
        and not parts.netloc
        and not parts.scheme
        and wanted.isprintable()
    )
    return wanted if harmless else "/"


async def _form(request: Request) -> dict[str, str]:
    """The fields of a small form as text; refuses what is larger than any form here."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > FORM_BYTES:
        raise BadValue(
            field="表单",
            field_en="form",
            value=length,
            reason="长度不符合要求",
            reason_en="its length is not accepted",
        )
    async with request.form(max_files=0, max_fields=8) as fields:
        return {key: value for key, value in fields.items() if isinstance(value, str)}


async def healthz(_request: Request) -> Response:
    """GET /healthz: the server answers; nothing else is told."""
    return PlainTextResponse("ok")


async def show_sign_in(request: Request) -> Response:
    """GET /sign-in: the form, or on to the workbench for those who are in already."""
    language = language_asked(request.query_params.get("lang", ""))
    going_to = own_path(request.query_params.get("next", "/"))
    actor, _must = await run_in_threadpool(actor_behind, token_of(request), address_of(request))
    if actor is not None:
        return RedirectResponse(going_to, 303)
    return sign_in_page(language, going_to=going_to)


async def do_sign_in(request: Request) -> Response:
    """POST /sign-in: a new session under a new id, whatever cookie came along."""
    try:
        fields = await _form(request)
    except ReviewError as error:
        return refusal(error)
    language = language_asked(fields.get("lang", ""))
    going_to = own_path(fields.get("next", "/"))
    login, password = fields.get("login", ""), fields.get("password", "")
    engine = engine_for(settings().url)
    try:
        _actor, token, must_change = await run_in_threadpool(
            sign_in.sign_in, engine, login=login, password=password, address=address_of(request)
        )
    except ReviewError as error:
        return sign_in_page(language, going_to=going_to, login=login, problem=error)
    if token_of(request):
        await run_in_threadpool(sign_in.sign_out, engine, token_of(request))
    answer = RedirectResponse("/password" if must_change else going_to, 303)
    keep_session(answer, token, secure=request.url.scheme == "https")
    return answer


async def do_sign_out(request: Request) -> Response:
    """POST /sign-out: end the session on the server and forget the cookie."""
    await run_in_threadpool(sign_in.sign_out, engine_for(settings().url), token_of(request))
    answer = RedirectResponse("/sign-in", 303)
    forget_session(answer)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


async def show_password(request: Request) -> Response:
    """GET /password: the form."""
    language = request.query_params.get("lang", "") or actor_in(request).language
    return password_page(language_asked(language))


async def do_password(request: Request) -> Response:
    """POST /password: set an own password; all other sessions of the person end."""
    actor = actor_in(request)
    try:
        fields = await _form(request)
        if fields.get("new", "") != fields.get("again", ""):
            with speaking(actor.language):
                problem = _("The two new passwords differ. Type them again.")
            return password_page(actor.language, problem=problem, status=422)
        await run_in_threadpool(
            sign_in.change_password,
            engine_for(settings().url),
            actor,
            old=fields.get("old", ""),
            new=fields.get("new", ""),
            keep_token=token_of(request),
        )
    except ReviewError as error:
        return password_page(
            actor.language, problem=error.text(actor.language), status=status_of(error)
        )
    return RedirectResponse("/", 303)


async def do_language(request: Request) -> Response:
    """POST /language: keep the person's language and go back to where he was."""
    try:
        fields = await _form(request)
        await run_in_threadpool(
            sign_in.set_language,
            engine_for(settings().url),
            actor_in(request),
            fields.get("language", ""),
        )
    except ReviewError as error:
        return refusal(error)
    return RedirectResponse(own_path(fields.get("next", "/")), 303)
