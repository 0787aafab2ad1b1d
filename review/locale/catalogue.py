"""Keeping the message catalogues current: extract from the sources, merge, report what is missing.

`messages.pot` and the `.po` files carry no dates and no line numbers, so that they change only
where a text changes.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from review.i18n import CATALOGUES, LOCALE

ROOT = Path(__file__).parents[2]
KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2}
"""Function that marks a message, and how many of its first arguments are texts."""

COMPLETE = "zh"
"""The language in which no message may be missing; English falls back on the msgid."""


def sources(root: Path = ROOT) -> Iterator[Path]:
    """Every Python file with texts of the interface, in a stable order."""
    yield from (path for path in (root / "app.py",) if path.exists())
    for folder in ("pages", "review"):
        yield from sorted((root / folder).rglob("*.py"))


def extract(root: Path = ROOT) -> Catalog:
    """All messages that the sources ask for, with the files that ask."""
    found = Catalog(project="case-review", charset="utf-8", fuzzy=False)
    for path in sources(root):
        place = path.relative_to(root).as_posix()
        if place == "review/i18n.py":
            continue
        for message in messages_in(path.read_text(encoding="utf-8")):
            found.add(message, None, [(place, 0)])
    return found


def messages_in(source: str) -> Iterator[str | tuple[str, ...]]:
    """The messages of one file, in the order of its syntax tree.

    By the tree and not by tokens: before Python 3.12 a call within an f-string is no token.
    """
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        texts = node.args[: KEYWORDS.get(node.func.id, 0)]
        found = tuple(
            each.value
            for each in texts
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        )
        if found and len(found) == len(texts):
            yield found[0] if len(found) == 1 else found


def rendered(catalogue: Catalog) -> bytes:
    """The catalogue as the bytes of a `.po` file, without anything that changes by itself."""
    target = io.BytesIO()
    write_po(
        target, catalogue, width=98, sort_output=True, omit_header=False, include_lineno=False,
        ignore_obsolete=True,
    )  # fmt: skip
    return re.sub(
        rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|'
        rb"Report-Msgid-Bugs-To|Generated-By): .*\n",
        b"",
        target.getvalue(),
        flags=re.MULTILINE,
    )


def read(path: Path, locale: str) -> Catalog:
    """A catalogue from its file; an empty one where there is none yet."""
    if not path.exists():
        return Catalog(locale=locale, project="case-review", charset="utf-8", fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale=locale)


def current(root: Path = ROOT, folder: Path = LOCALE) -> dict[Path, bytes]:
    """What `messages.pot` and each `.po` file ought to contain now."""
    template = extract(root)
    files = {folder / "messages.pot": rendered(template)}
    for language, locale in CATALOGUES.items():
        path = folder / f"{locale}.po"
        merged = read(path, locale)
        merged.update(template, no_fuzzy_matching=True)
        if language != COMPLETE:  # only overrides: everything else is its own English
            for message in list(merged):
                if message.id and not message.string:
                    merged.delete(message.id, message.context)
        files[path] = rendered(merged)
    return files


def update_catalogues(
    *, check: bool = False, root: Path = ROOT, folder: Path = LOCALE
) -> list[str]:
    """Bring the catalogues up to date, or with `check` only say what is not.

    Returns one sentence a problem: a stale file (`check` only), a message without its Chinese, a
    fuzzy one. Empty when all is well.
    """
    problems: list[str] = []
    for path, content in current(root, folder).items():
        if path.exists() and path.read_bytes() == content:
            continue
        if check:
            problems.append(f"{path.name} is stale: run `case-review messages`")
        else:
            path.write_bytes(content)
    problems.extend(untranslated(folder))
    return problems


def untranslated(folder: Path = LOCALE) -> list[str]:
    """One sentence for each message of the complete catalogue that has no or a fuzzy text."""
    locale = CATALOGUES[COMPLETE]
    problems: list[str] = []
    for message in read(folder / f"{locale}.po", locale):
        if not message.id:
            continue
        strings = (
            [message.string] if isinstance(message.string, str) else list(message.string or ())
        )
        if not strings or not all(strings):
            problems.append(f"{locale}.po has no text for {message.id!r}")
        elif message.fuzzy:
            problems.append(f"{locale}.po: the text for {message.id!r} is fuzzy")
        elif _fields(strings) != _fields(
            [message.id] if isinstance(message.id, str) else message.id
        ):
            problems.append(f"{locale}.po: other placeholders than in {message.id!r}")
    return problems


def _fields(texts: Iterable[str | None]) -> set[str]:
    return {name for text in texts for name in re.findall(r"\{(\w+)\}", text or "")}
