"""What a person corrects of a reading, and running the checks again on it."""

from __future__ import annotations

from sqlalchemy import Engine, delete
from sqlmodel import col, select

from review.casefiles.tables import Case
from review.db import audit
from review.db.rows import found
from review.db.session import reading, transaction
from review.errors import ReasonMissing
from review.facts.interface import value_text
from review.facts.tables import FactRow
from review.services import access
from review.services.access import Actor
from review.services.case_reading import analyse_case
from review.services.fact_values import from_text


def rerun_checks(engine: Engine, actor: Actor, case_id: int) -> None:
    """Split, extract and check a case again from its stored pages. Raises NotFound."""
    access.require(actor, "checks.rerun")
    with reading(engine) as session:
        found(session, Case, case_id, "案卷", "case")
    analyse_case(engine, case_id)


def correct_fact(
    engine: Engine, actor: Actor, case_id: int, *, name: str, value: str, reason: str
) -> None:
    """Set the value of a fact for the whole file, and run the checks again on it.

    `value` in the published normal form. A correction wins over what was read and survives the
    next import. Raises BadValue, ReasonMissing, NotFound.
    """
    access.require(actor, "checks.rerun")
    text = value_text(from_text(name, value))
    if not reason.strip():
        raise ReasonMissing(what="更正要素", what_en="correcting a fact")
    with transaction(engine) as session:
        found(session, Case, case_id, "案卷", "case")
        before = session.exec(
            select(FactRow).where(
                FactRow.case_id == case_id,
                FactRow.name == name,
                col(FactRow.document_id).is_(None),
            )
        ).first()
        session.execute(
            delete(FactRow).where(
                col(FactRow.case_id) == case_id,
                col(FactRow.name) == name,
                col(FactRow.document_id).is_(None),
            )
        )
        session.add(
            FactRow(
                case_id=case_id,
                name=name,
                value=text,
                source=before.source if before else "",
                page=before.page if before else None,
                quote=before.quote if before else "",
                boxes=before.boxes if before else [],
                origin="person",
                author_id=actor.row_id,
            )
        )
        audit.record(
            session, actor.audit_name, "fact.correct", "case", case_id, fact=name, reason=reason
        )
    analyse_case(engine, case_id)
