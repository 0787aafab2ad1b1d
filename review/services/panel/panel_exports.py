"""Papers of the draw and of the panel: the draw record, also for checking, and deliberations."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.common.clock import local
from review.db import audit
from review.db.accounts import Unit, User
from review.db.rows import found
from review.db.session import reading, transaction
from review.errors import DrawNotPossible, NotFound
from review.planning.assignment import PANEL_SEAT
from review.planning.sampling import DrawRecord
from review.planning.tables import Round
from review.planning.two_numbers import Fault, Proof, faults, proof_from_json
from review.reports.deliberation import (
    DeliberationContent,
    PanelItem,
    PanelScorer,
    PanelView,
    deliberation_docx,
)
from review.reports.draw_record import DrawRecordContent, draw_record_docx, read_draw_record
from review.services import access
from review.services.access import Actor
from review.services.panel.common_results import case_sheets
from review.services.panel.comparison import ComparedItem, ComparisonView, comparison_of
from review.services.results.exports import file_name
from review.services.rounds.drawing import proof_of, record_of
from review.services.rounds.visibility import require_comparison


def draw_record_paper(engine: Engine, actor: Actor, round_id: int) -> tuple[str, bytes]:
    """The draw record as a Word document. Raises NotFound before the draw, NotAllowed."""
    access.require(actor, "export.draw")
    with reading(engine) as session:
        row, record = _drawn(session, round_id)
        causes = dict(
            session.exec(
                select(Case.case_key, Case.cause).where(col(Case.case_key).in_(record.keys))
            ).all()
        )
        drawn_at = local(datetime.fromisoformat(row.draw_record["drawn_at"]))
        content = DrawRecordContent(
            round_title=row.title,
            issuer=_issuer(session, row),
            record=record,
            proof=proof_of(row),
            causes=causes,
            drawn_on=drawn_at.date(),
            drawn_at=drawn_at.strftime("%Y-%m-%d %H:%M"),
            drawn_by=row.draw_record["drawn_by"],
        )
    _record(engine, actor, "round", round_id, "draw-docx")
    return file_name(f"抽取记录_{content.round_title}.docx"), draw_record_docx(content)


def draw_record_json(engine: Engine, actor: Actor, round_id: int) -> tuple[str, bytes]:
    """The record for `case-review verify --draw`. Raises NotFound, NotAllowed."""
    access.require(actor, "export.draw")
    with reading(engine) as session:
        row, record = _drawn(session, round_id)
        proof = proof_of(row)
        title = row.title
    kept = {
        "record": json.loads(record.to_json()),
        "proof": proof.as_json() if proof else None,
    }
    _record(engine, actor, "round", round_id, "draw-json")
    text = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True)
    return file_name(f"抽取记录_{title}.json"), text.encode("utf-8")


def _drawn(session: Session, round_id: int) -> tuple[Round, DrawRecord]:
    row = found(session, Round, round_id, "评查轮次", "round")
    record = record_of(row)
    if record is None:
        raise NotFound(what="抽取记录", what_en="record of a draw", key=round_id)
    return row, record


def faults_of_paper(raw: bytes) -> tuple[Fault, ...]:
    """What does not hold of a draw record that was taken away: the Word document or the JSON.

    Raises DrawNotPossible where it is neither.
    """
    record, proof = _read(raw)
    return faults(record, proof)


def _read(raw: bytes) -> tuple[DrawRecord, Proof | None]:
    if raw[:2] == b"PK":
        return read_draw_record(raw)
    try:
        kept = json.loads(raw.decode("utf-8"))
        record = DrawRecord.kept(kept["record"])
        proof = proof_from_json(kept["proof"]) if kept.get("proof") else None
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise DrawNotPossible(
            reason="不是抽取记录，或者已损坏", reason_en="this is no record of a draw, or damaged"
        ) from problem
    return record, proof


def deliberation_paper(engine: Engine, actor: Actor, round_case_id: int) -> tuple[str, bytes]:
    """The deliberation record of a case as a Word document.

    Raises NotFound, NotAllowed, BlindPhase.
    """
    access.require(actor, "export.deliberation")
    with reading(engine) as session:
        drawn, row, case = require_comparison(session, actor, round_case_id)
        view = comparison_of(session, case_sheets(session, drawn, row, case))
        issuer = _issuer(session, row)
    _record(engine, actor, "round_case", round_case_id, "deliberation-docx")
    return file_name(f"合议记录_{view.case_no}.docx"), deliberation_docx(_content(view, issuer))


def _content(view: ComparisonView, issuer: str) -> DeliberationContent:
    names = {each.user_id: each.name for each in view.scorers}
    return DeliberationContent(
        issuer=issuer,
        round_title=view.round_title,
        case_no=view.case_no,
        cause=view.cause,
        unit=view.unit_name,
        held_on=view.held_on,
        place=view.place,
        chair=names.get(view.chair_id or 0, ""),
        members=tuple(names.get(each, "") for each in view.members),
        scorers=tuple(
            PanelScorer(
                seat=_seat(each.seat),
                name=each.name,
                score=each.score,
                grade=each.grade.zh if each.grade else "",
                overall=each.overall,
            )
            for each in view.scorers
        ),
        spread=view.spread,
        threshold=view.threshold,
        why=_why(view),
        items=tuple(_item(each, names) for each in view.disputed),
        agreed=len(view.items) - len(view.disputed),
        conclusion=view.conclusion,
    )


def _seat(seat: str) -> str:
    return f"专家{seat[1:]}" if seat.startswith(PANEL_SEAT) else f"评查人员{seat}"


def _why(view: ComparisonView) -> str:
    reasons = [
        (view.spread > view.threshold, "评分差距超过合议线"),
        (view.grades_differ, "等次不一致"),
        (any(each.is_veto for each in view.disputed), "涉及否决项"),
    ]
    said = [words for is_so, words in reasons if is_so]
    return "、".join(said) if said else ("评查项意见不一致" if view.disputed else "无")


def _item(item: ComparedItem, names: dict[int, str]) -> PanelItem:
    return PanelItem(
        ref=item.ref,
        title=item.title.zh,
        is_veto=item.is_veto,
        sheets=tuple(
            PanelView(
                names.get(given.user_id, ""),
                str(given.result),
                "；".join([*(each.zh for each in given.reasons), given.comment]).strip("；"),
            )
            for given in item.given
        ),
        votes=tuple(PanelView(vote.name, str(vote.result), vote.view) for vote in item.votes),
        result=str(item.result) if item.result else "",
        deduction=item.deduction,
        reason=item.reason,
    )


def _issuer(session: Session, row: Round) -> str:
    """The unit of whoever planned the round: the author of its papers."""
    planner = session.get(User, row.created_by) if row.created_by else None
    unit = session.get(Unit, planner.unit_id) if planner and planner.unit_id else None
    return unit.name if unit else ""


def _record(engine: Engine, actor: Actor, subject: str, key: int, form: str) -> None:
    """An export leaves a trace: what was taken away, by whom and when."""
    with transaction(engine) as session:
        audit.record(session, actor.audit_name, "export", subject, key, form=form)
