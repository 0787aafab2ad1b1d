"""Words of the interface in two languages, by gettext, for a process that serves many people.

The msgid is short English. Catalogues are read from the `.po` files at first use and kept per
language, so nobody runs a stale compiled file. Which language is asked of a provider that `ui`
registers (it reads the session) on every call; nothing is ever installed for the whole process.
Names of law, papers, items and findings are data and carry their own two languages: `chosen()`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = {"zh": "简体中文", "en": "English"}
DEFAULT = "zh"
CATALOGUES = {"zh": "zh_CN", "en": "en"}

_spoken: ContextVar[str] = ContextVar("language", default="")
_providers: list[Callable[[], str]] = []


def register_provider(provider: Callable[[], str]) -> None:
    """Let `provider` say which language the current person reads; replaces an earlier one."""
    _providers[:] = [provider]


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within the block every text is in `language`, whatever the provider says."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """The language in force, `zh` or `en`; Chinese where nobody says otherwise."""
    found = _spoken.get() or (_providers[0]() if _providers else "")
    return found if found in LANGUAGES else DEFAULT


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(which: str) -> NullTranslations:
    """The compiled catalogue of `zh` or `en`, made in memory from its `.po` file."""
    path = LOCALE / f"{CATALOGUES[which]}.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as source:
        messages = read_po(source, locale=CATALOGUES[which])
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _(message: str, **details: object) -> str:
    """The text of `message` in the language in force, its placeholders filled by `details`."""
    text = catalogue(language()).gettext(message)
    return text.format(**details) if details else text


def ngettext(singular: str, plural: str, n: int, **details: object) -> str:
    """As `_()`, with the plural form that belongs to `n`; `{n}` is filled."""
    return catalogue(language()).ngettext(singular, plural, n).format(n=n, **details)


def N_(message: str) -> str:  # noqa: N802  (the name that gettext tools look for)
    """Mark a constant for extraction; it is translated when it is drawn."""
    return message


def chosen(zh: str, en: str | None) -> str:
    """The text of a piece of data in the language in force; Chinese where there is no English."""
    return en if language() == "en" and en else zh
