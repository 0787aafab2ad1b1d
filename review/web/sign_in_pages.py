"""The pages around the workbench: sign-in, a first password, a wrong address. Plain HTML."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from starlette.responses import HTMLResponse

from review.errors import ReviewError
from review.i18n import DEFAULT, LANGUAGES, _, speaking
from review.web.answers import status_of

TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=8)
def _template(name: str) -> Template:
    return Template((TEMPLATES / name).read_text("utf-8"))


def language_asked(value: str) -> str:
    """`zh` or `en`; Chinese for anything else."""
    return value if value in LANGUAGES else DEFAULT


def _fill(name: str, **texts: str) -> str:
    """The template with every text escaped."""
    return _template(name).substitute({key: escape(text) for key, text in texts.items()})


def _notice(problem: str) -> str:
    return f'<p class="notice" role="alert">{escape(problem)}</p>' if problem else ""


def _page(*, language: str, title: str, content: str, here: str) -> str:
    """The frame around a form. `here` is the address to which `lang=` is added; empty for none."""
    links = "".join(
        f'<a href="{escape(here)}lang={code}" lang="{code}" hreflang="{code}"{current}>'
        f"{escape(name)}</a>"
        for code, name in (LANGUAGES.items() if here else ())
        for current in (' aria-current="true"' if code == language else "",)
    )
    points = (
        _("Every finding shows its page and words"),
        _("Proposed by the machine, decided by people"),
        _("Drawn, scored and rectified on one record"),
    )
    return _template("frame.html").substitute(
        lang="zh-CN" if language == "zh" else "en",
        title=escape(title),
        product=escape(_("Case-file review workbench")),
        motto=escape(_("Review and legal audit of enforcement files")),
        points="".join(f"<li>{escape(point)}</li>" for point in points),
        language_label=escape(_("Language")),
        languages=links,
        content=content,
    )


def sign_in_page(
    language: str, *, going_to: str, login: str = "", problem: ReviewError | None = None
) -> HTMLResponse:
    """The sign-in form; with `problem`, its text above the form and its status."""
    with speaking(language):
        content = _template("sign_in.html").substitute(
            heading=escape(_("Sign in")),
            hint=escape(_("Sign in with the account that the administrator gave you.")),
            notice=_notice(problem.text(language) if problem else ""),
            next=escape(going_to),
            lang=language,
            login_label=escape(_("Account")),
            login=escape(login),
            login_focus="" if login else "autofocus",
            password_label=escape(_("Password")),
            password_focus="autofocus" if login else "",
            button=escape(_("Sign in")),
            foot=escape(_("For authorised staff only. What is done here is recorded.")),
        )
        page = _page(
            language=language,
            title=_("Sign in"),
            content=content,
            here="/sign-in?" + ("" if going_to == "/" else f"next={quote(going_to, safe='')}&"),
        )
    return _html(page, problem)


def password_page(language: str, *, problem: str = "", status: int = 200) -> HTMLResponse:
    """The form for a new password; with `problem`, that text above it."""
    with speaking(language):
        content = _fill(
            "password.html",
            heading=_("Choose a new password"),
            hint=_("The first password is known to others. Choose your own to go on."),
            notice="\0",
            old_label=_("Present password"),
            new_label=_("New password"),
            rule=_("At least 10 characters, neither the account nor the old password."),
            again_label=_("New password, once more"),
            button=_("Change password"),
            leave=_("Sign out"),
        ).replace("\0", _notice(problem))
        page = _page(
            language=language,
            title=_("Choose a new password"),
            content=content,
            here="/password?",
        )
    return HTMLResponse(page, status, headers={"Cache-Control": "no-store"})


def lost_page(language: str, problem: ReviewError) -> HTMLResponse:
    """What stands at an address that is no page: why, and the way back."""
    with speaking(language):
        content = _fill(
            "lost.html",
            heading=_("There is no such page"),
            notice=problem.text(language),
            back=_("Back to my work"),
        )
        page = _page(language=language, title=_("There is no such page"), content=content, here="")
    return _html(page, problem)


def _html(page: str, problem: ReviewError | None) -> HTMLResponse:
    status = status_of(problem) if problem else 200
    return HTMLResponse(page, status, headers={"Cache-Control": "no-store"})
