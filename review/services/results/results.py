"""Results of a round: computed, checked before they go out, fed back to the units, published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine
from sqlmodel import Session, select

from review.common.clock import today
from review.common.dates import add_working_days
from review.db import audit
from review.db.accounts import Unit
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import NotReadyToPublish, WrongState
from review.findings.result_tables import (
    Feedback,
    Objection,
    ObjectionState,
    Publication,
)
from review.findings.results import RoundFigures
from review.planning.phases import STATE_WORDS, has_reached
from review.planning.tables import ROUND_HEAD, Round, RoundState
from review.scoring.checklist import Result
from review.services import access
from review.services.access import Actor
from review.services.plain import plain
from review.services.results.result_lint import Lint, feedbacks, lint, units_drawn
from review.services.results.result_rows import (
    drawn_cases,
    drop_unscored,
    outcomes,
)
from review.services.results.result_rows import store as keep
from review.services.results.round_figures import round_figures
from review.services.rules.calendar import calendar_in

FAULTS = (Result.PARTLY_MET, Result.NOT_MET)


@dataclass(frozen=True, slots=True)
class Computed:
    """What computing did: cases with a result, and cases that have none yet."""

    results: int
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """The feedback to one unit: until when it may object, and how many objections there are."""

    unit_id: int
    unit: str
    is_sent: bool
    sent_on: date | None
    until_on: date | None
    is_over: bool
    cases: int
    objections: int
    open_objections: int
    version: int
    id: int = 0


@dataclass(frozen=True, slots=True)
class ResultsView:
    """Everything the results page shows."""

    state: RoundState
    figures: RoundFigures
    lint: tuple[Lint, ...]
    feedback: tuple[FeedbackView, ...]
    version: int

    @property
    def may_publish(self) -> bool:
        """Whether nothing stands in the way."""
        return self.state is RoundState.OBJECTING and not any(
            each.is_blocking for each in self.lint
        )


def compute(engine: Engine, actor: Actor, round_id: int) -> Computed:
    """Compute the results of all cases whose common result is settled; repeatable.

    Raises WrongState before findings are confirmed and once the results are published.
    """
    access.require(actor, "result.manage")
    with transaction(engine) as session:
        row = found(session, Round, round_id, "评查轮次", "round", options=ROUND_HEAD)
        _require(row, RoundState.CONFIRMING, RoundState.OBJECTING, action="计算结果", en="compute")
        done = computed(session, row)
        audit.record(
            session,
            actor.audit_name,
            "result.compute",
            "round",
            round_id,
            results=done.results,
            waiting=len(done.waiting),
        )
        return done


def computed(session: Session, row: Round) -> Computed:
    """The same within a transaction of the caller's."""
    waiting = []
    scored = []
    cases = drawn_cases(session, row)
    for held, made in zip(cases, outcomes(session, cases), strict=True):
        if made is None:
            waiting.append(held.case.case_no)
        else:
            keep(session, held, made)
            scored.append(held.drawn.case_id)
    drop_unscored(session, row, scored)
    return Computed(len(scored), tuple(waiting))


def _require(row: Round, *states: RoundState, action: str, en: str) -> None:
    if row.state not in states:
        zh, english = STATE_WORDS[RoundState(row.state)]
        raise WrongState(
            what="评查轮次",
            what_en="the round",
            state=zh,
            state_en=english,
            action=action,
            action_en=en,
        )


def send_feedback(engine: Engine, actor: Actor, round_id: int, unit_id: int) -> date:
    """Show a unit its draft result; returns the last day on which it may object.

    The days are working days from the day after. What is not ready stops it. Raises
    NotReadyToPublish, WrongState, NotFound, CalendarEnds.
    """
    access.require(actor, "result.manage")
    with transaction(engine) as session:
        row = found(session, Round, round_id, "评查轮次", "round", options=ROUND_HEAD)
        found(session, Unit, unit_id, "单位", "unit")
        _require(row, RoundState.OBJECTING, action="反馈评查结果", en="send the draft result")
        held = session.exec(
            select(Feedback).where(Feedback.round_id == round_id, Feedback.unit_id == unit_id)
        ).first()
        if held is not None:
            return held.until_on
        computed(session, row)
        own = {each.drawn.case_id for each in drawn_cases(session, row)
               if each.case.unit_id == unit_id}  # fmt: skip
        blocking = [each for each in lint(session, row) if each.is_blocking and each.case_id in own]
        if blocking or not own:
            raise not_ready(blocking)
        until = last_day_to_object(session, row)
        session.add(
            Feedback(round_id=round_id, unit_id=unit_id, sent_by=actor.row_id, until_on=until)
        )
        audit.record(
            session,
            actor.audit_name,
            "result.feedback",
            "round",
            round_id,
            unit=unit_id,
            until=until.isoformat(),
        )
        return until


def last_day_to_object(session: Session, row: Round) -> date:
    """The last of the round's working days to object, from the day after today.

    Raises CalendarEnds where the days off of that year are not known.
    """
    return add_working_days(today(), row.objection_days, calendar_in(session))


def not_ready(problems: list[Lint]) -> NotReadyToPublish:
    """The error that names the first problems."""
    shown = problems[:5]
    more = "…" if len(problems) > len(shown) else ""
    return NotReadyToPublish(
        count=len(problems),
        problems="；".join(each.zh for each in shown) + more,
        problems_en="; ".join(each.en for each in shown) + more,
    )


def publish(engine: Engine, actor: Actor, round_id: int, *, seen_version: int) -> None:
    """Publish the results: from now on no figure of the round's results changes.

    Raises NotReadyToPublish with what is missing, WrongState, Stale.
    """
    access.require(actor, "result.manage")
    with transaction(engine) as session:
        row = at_version(
            session, Round, round_id, "评查轮次", "the round", seen_version=seen_version
        )
        _require(row, RoundState.OBJECTING, action="发布结果", en="publish the results")
        blocking = [each for each in lint(session, row) if each.is_blocking]
        if blocking:
            raise not_ready(blocking)
        digest = figures_digest(round_figures(session, row))
        session.add(
            Publication(round_id=round_id, published_by=actor.row_id, figures_sha256=digest)
        )
        row.state = RoundState.PUBLISHED
        session.add(row)
        audit.record(
            session,
            actor.audit_name,
            "result.publish",
            "round",
            round_id,
            figures=digest,
        )


def figures_digest(figures: RoundFigures) -> str:
    """SHA-256 over what was published of every case: number, score and grade."""
    lines = sorted(
        [each.case_no, plain(each.score), each.grade_zh, each.is_vetoed] for each in figures.cases
    )
    text = json.dumps([figures.round_id, lines], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def results_view(engine: Engine, actor: Actor, round_id: int) -> ResultsView:
    """Everything the results page shows. Raises NotFound, NotAllowed."""
    access.require(actor, "result.view")
    with reading(engine) as session:
        row = found(session, Round, round_id, "评查轮次", "round", options=ROUND_HEAD)
        state = RoundState(row.state)
        is_due = state in (RoundState.CONFIRMING, RoundState.OBJECTING)
        return ResultsView(
            state=state,
            figures=round_figures(session, row),
            lint=tuple(lint(session, row)) if is_due else (),
            feedback=tuple(_feedback_views(session, row)),
            version=row.version,
        )


def _feedback_views(session: Session, row: Round) -> Iterator[FeedbackView]:
    sent = {each.unit_id: each for each in feedbacks(session, row)}
    raised = session.exec(select(Objection).where(Objection.round_id == row.id)).all()
    for unit_id, name, cases in units_drawn(session, row):
        feedback = sent.get(unit_id)
        own = [each for each in raised if each.unit_id == unit_id]
        yield FeedbackView(
            unit_id=unit_id,
            unit=name,
            is_sent=feedback is not None,
            sent_on=feedback.sent_at.date() if feedback else None,
            until_on=feedback.until_on if feedback else None,
            is_over=feedback is not None and feedback.until_on < today(),
            cases=cases,
            objections=len(own),
            open_objections=sum(each.state == ObjectionState.RAISED for each in own),
            version=feedback.version if feedback else 0,
            id=(feedback.id or 0) if feedback else 0,
        )


def figures(engine: Engine, actor: Actor, round_id: int) -> RoundFigures:
    """The figures of a round for papers and pages. Raises NotFound, NotAllowed, WrongState.

    The leader reads them once the draft results are out.
    """
    access.require(actor, "result.view")
    with reading(engine) as session:
        row = found(session, Round, round_id, "评查轮次", "round", options=ROUND_HEAD)
        if not has_reached(row.state, RoundState.CONFIRMING):
            _require(row, RoundState.CONFIRMING, action="汇总结果", en="sum up the results")
        return round_figures(session, row)
