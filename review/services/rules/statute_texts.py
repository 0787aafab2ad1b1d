"""Texts of laws that the bureau hands in: preview of the outline, keeping, withdrawing.

The words stay in the bureau's own database. A version that the release holds is completed; a law it
does not know becomes one of the site's own.
"""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.casefiles.intake import SourceFile
from review.common.clock import now
from review.db import audit
from review.db.rows import at_version
from review.db.session import reading, transaction
from review.documents.guard import shared_pool
from review.documents.model import FileStatus
from review.documents.read_case import read_source
from review.errors import BadValue, DamagedFile, EmptyFile, NoArticles, TooLarge, UnknownFormat
from review.law.outline import TextOutline, read_text
from review.law.statute import Library
from review.law.tables import SiteStatute
from review.services import access
from review.services.access import Actor
from review.services.rules.site import site_law

MAX_BYTES = 5_000_000
"""No statute comes near this."""

TEXTS = frozenset({".txt", ".md", ".markdown"})


@dataclass(frozen=True, slots=True)
class TextPreview:
    """What a text would give. `law` is the key of a law that is held, None for one that is not."""

    title: str
    law: str | None
    articles: int
    paragraphs: int
    items: int
    doubts: tuple[tuple[str, str], ...]
    first: str
    last: str


def preview_text(engine: Engine, actor: Actor, *, raw: bytes, name: str, title: str) -> TextPreview:
    """The outline of a text, nothing is kept. Raises NoArticles and the errors of bad files."""
    access.require(actor, "law.manage")
    outline = _outline(raw, name)
    with reading(engine) as session:
        library = site_law(session).library
    return _preview(title, outline, library)


def hand_in_text(
    engine: Engine,
    actor: Actor,
    *,
    raw: bytes,
    name: str,
    title: str,
    in_force: date,
    promulgated: date | None = None,
    ended: date | None = None,
) -> int:
    """Keep a text as the version of a law in force from a day; returns its id.

    Another text of that version is withdrawn by it. Raises BadValue, NoArticles, and the errors of
    files that cannot be read.
    """
    access.require(actor, "law.manage")
    _require_days(title, in_force, promulgated, ended)
    outline = _outline(raw, name)
    with transaction(engine) as session:
        law = site_law(session).library.by_title(title) or _own_key(title)
        for row in _standing(session, law, in_force):
            row.withdrawn_at, row.withdrawn_by = now(), actor.row_id
            row.version += 1
            session.add(row)
        row = SiteStatute(
            law=law,
            title=title.strip().strip("《》"),
            in_force=in_force,
            promulgated=promulgated,
            ended=ended,
            structure={
                key: " ".join(map(str, counts)) for key, counts in outline.structure.items()
            },
            wording=outline.wording,
            file_name=PurePath(name).name,
            sha256=hashlib.sha256(raw).hexdigest(),
            entered_by=actor.row_id,
            entered_name=actor.name,
        )
        session.add(row)
        session.flush()
        assert row.id is not None
        audit.record(
            session,
            actor.audit_name,
            "law.hand_in",
            "statute",
            row.id,
            law=law,
            in_force=in_force.isoformat(),
            articles=len(outline.structure),
            sha256=row.sha256,
        )
        return row.id


def withdraw_text(engine: Engine, actor: Actor, text_id: int, *, seen_version: int) -> None:
    """The text counts no longer; what the release holds counts again. Raises NotFound, Stale."""
    access.require(actor, "law.manage")
    with transaction(engine) as session:
        row = at_version(
            session, SiteStatute, text_id, "法规文本", "text", seen_version=seen_version
        )
        row.withdrawn_at, row.withdrawn_by = now(), actor.row_id
        audit.record(session, actor.audit_name, "law.withdraw_text", "statute", text_id)


def _require_days(title: str, in_force: date, promulgated: date | None, ended: date | None) -> None:
    if not title.strip().strip("《》"):
        raise BadValue(
            field="名称", field_en="title", value="", reason="不能为空",
            reason_en="must not be empty",
        )  # fmt: skip
    if promulgated is not None and promulgated > in_force:
        raise BadValue(
            field="公布日期", field_en="promulgated", value=promulgated,
            reason="晚于施行日期", reason_en="is after the day in force",
        )  # fmt: skip
    if ended is not None and ended <= in_force:
        raise BadValue(
            field="失效日期", field_en="ended", value=ended,
            reason="应晚于施行日期", reason_en="must be after the day in force",
        )  # fmt: skip


def _standing(session: Session, law: str, in_force: date) -> list[SiteStatute]:
    return list(
        session.exec(
            select(SiteStatute).where(
                SiteStatute.law == law,
                SiteStatute.in_force == in_force,
                col(SiteStatute.withdrawn_at).is_(None),
            )
        )
    )


def _own_key(title: str) -> str:
    return f"site-{hashlib.sha256(title.strip().strip('《》').encode()).hexdigest()[:10]}"


def _preview(title: str, outline: TextOutline, library: Library) -> TextPreview:
    keys = list(outline.structure)
    return TextPreview(
        title=title,
        law=library.by_title(title),
        articles=len(keys),
        paragraphs=sum(map(len, outline.structure.values())),
        items=sum(map(sum, outline.structure.values())),
        doubts=outline.doubts,
        first=outline.wording[keys[0]],
        last=outline.wording[keys[-1]],
    )


def _outline(raw: bytes, name: str) -> TextOutline:
    outline = read_text(_text(raw, name))
    if not outline.structure:
        raise NoArticles(file=PurePath(name).name)
    return outline


def _text(raw: bytes, name: str) -> str:
    """The words of a file, one paragraph a line."""
    if not raw:
        raise EmptyFile(file=name)
    if len(raw) > MAX_BYTES:
        raise TooLarge(
            file=name, found=f"{len(raw) // 1_000_000} MB", limit=f"{MAX_BYTES // 1_000_000} MB"
        )
    if raw.startswith(b"PK"):
        return _docx_text(raw, name)
    if PurePath(name).suffix.lower() not in TEXTS:
        raise UnknownFormat(file=name, found=PurePath(name).suffix or "?")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnknownFormat(file=name, found="二进制数据", found_en="binary data")


def _docx_text(raw: bytes, name: str) -> str:
    """A Word file, read where case files are: in a guarded process of its own."""
    with tempfile.TemporaryDirectory(prefix="case-review-law-") as folder:
        path = Path(folder) / "text.docx"
        path.write_bytes(raw)
        source = SourceFile(PurePath(name).name, path, hashlib.sha256(raw).hexdigest(), len(raw),
                            "docx")  # fmt: skip
        report, pages = read_source(source, pool=shared_pool())
    if report.status is FileStatus.REFUSED:
        reason = report.reason
        raise DamagedFile(
            file=name,
            reason=reason.zh if reason else "",
            reason_en=reason.en if reason else "",
        )
    return "\n".join(line.text for page in pages for line in page.lines)
