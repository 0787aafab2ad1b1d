"""Templates of letters: the one that the product comes with, or the bureau's own, by version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from review.common.store import Store
from review.db import audit
from review.db.accounts import User
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import BadValue, NotFound
from review.findings.result_tables import DocumentTemplate
from review.reports import template
from review.reports.default_templates import KIND_WORDS, default_template
from review.reports.sample_letters import sample_letter
from review.services import access
from review.services.access import Actor
from review.services.rules.editions import Words
from review.settings import settings


@dataclass(frozen=True, slots=True)
class TemplateView:
    """One version of a kind's template; `id` None for the one that the product comes with."""

    id: int | None
    kind: str
    title: Words
    number: int
    name: str
    is_active: bool
    uploaded_by: str
    uploaded_at: datetime | None
    version: int


def list_templates(engine: Engine, actor: Actor) -> list[TemplateView]:
    """Every kind with its versions, the newest first, the product's own last."""
    access.require(actor, "template.manage")
    with reading(engine) as session:
        rows = session.exec(
            select(DocumentTemplate).order_by(col(DocumentTemplate.number).desc())
        ).all()
        names = {user.id: user.name for user in session.exec(select(User))}
    views = []
    for kind, words in KIND_WORDS.items():
        own = [row for row in rows if row.kind == kind]
        views += [
            TemplateView(
                row.id,
                kind,
                Words(*words),
                row.number,
                row.name,
                row.is_active,
                names.get(row.uploaded_by, ""),
                row.uploaded_at,
                row.version,
            )
            for row in own
        ]
        is_default = not any(row.is_active for row in own)
        views.append(TemplateView(None, kind, Words(*words), 0, "", is_default, "", None, 0))
    return views


def upload_template(engine: Engine, actor: Actor, *, kind: str, raw: bytes, name: str) -> int:
    """Take a template into use after trying it; earlier versions are kept. Returns its number.

    Raises BadTemplate with what is wrong, BadValue for an unknown kind.
    """
    access.require(actor, "template.manage")
    _known(kind)
    letter = sample_letter(kind)
    template.check(raw, name, letter.context, letter.charts)
    sha256 = Store(settings().store).add(raw)
    with transaction(engine) as session:
        last = session.exec(
            select(func.max(DocumentTemplate.number)).where(DocumentTemplate.kind == kind)
        ).one()
        for row in session.exec(
            select(DocumentTemplate).where(
                DocumentTemplate.kind == kind, col(DocumentTemplate.is_active).is_(True)
            )
        ).all():
            row.is_active = False
            row.version += 1
            session.add(row)
        made = DocumentTemplate(
            kind=kind,
            number=(last or 0) + 1,
            name=Path(name).name,
            sha256=sha256,
            uploaded_by=actor.row_id,
        )
        session.add(made)
        session.flush()
        audit.record(
            session,
            actor.audit_name,
            "template.upload",
            "template",
            made.id,
            kind=kind,
            number=made.number,
            sha256=sha256,
        )
        return made.number


def choose_template(
    engine: Engine, actor: Actor, *, kind: str, template_id: int | None, seen_version: int
) -> None:
    """Use an earlier version again, or with None the one that the product comes with."""
    access.require(actor, "template.manage")
    _known(kind)
    with transaction(engine) as session:
        if template_id is not None:
            wanted = at_version(
                session, DocumentTemplate, template_id, "模板", "template",
                seen_version=seen_version,
            )  # fmt: skip
            if wanted.kind != kind:
                raise NotFound(what="模板", what_en="template", key=template_id)
        for row in session.exec(
            select(DocumentTemplate).where(DocumentTemplate.kind == kind)
        ).all():
            row.is_active = row.id == template_id
            session.add(row)
        audit.record(
            session, actor.audit_name, "template.choose", "template", template_id or 0, kind=kind
        )


def _known(kind: str) -> None:
    if kind not in KIND_WORDS:
        raise BadValue(
            field="文书", field_en="document", value=kind, reason="没有此文书", reason_en="unknown"
        )


def template_bytes(session: Session, kind: str) -> bytes:
    """The template in use for a kind."""
    row = session.exec(
        select(DocumentTemplate)
        .where(DocumentTemplate.kind == kind, col(DocumentTemplate.is_active).is_(True))
        .order_by(col(DocumentTemplate.number).desc())
    ).first()
    if row is None:
        return default_template(kind)
    return Store(settings().store).read(row.sha256)


def kept_template(engine: Engine, actor: Actor, template_id: int) -> tuple[str, bytes]:
    """A version by its id, for downloading. Raises NotFound."""
    access.require(actor, "template.manage")
    with reading(engine) as session:
        row = found(session, DocumentTemplate, template_id, "模板", "template")
    return row.name, Store(settings().store).read(row.sha256)


def default_by_place(engine: Engine, actor: Actor, place: int) -> tuple[str, bytes]:
    """The product's own template of the kind at that place (from 1), to start from."""
    del engine  # it is made by code; the signature is that of every export
    access.require(actor, "template.manage")
    kinds = tuple(KIND_WORDS)
    if not 1 <= place <= len(kinds):
        raise NotFound(what="模板", what_en="template", key=place)
    kind = kinds[place - 1]
    return f"模板_{KIND_WORDS[kind][0]}.docx", default_template(kind)
