"""Sample reconsiderations and lawsuits, and credit classes of the sample cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import col, select

from review.casefiles.tables import Case
from review.common.clock import today
from review.db.session import reading
from review.findings.challenge_tables import Challenge, CreditRecord
from review.findings.challenges import ITEM, Instance, Outcome
from review.findings.credit import CreditClass, usual_class
from review.findings.tables import Finding, FindingState
from review.services.access import Actor
from review.services.results import challenges, credit
from review.services.results.challenges import Entry

GOVERNMENT, COURT = "云州市清河区人民政府", "云州市清河区人民法院（虚构）"
SERIOUS_FROM_YUAN = 10_000
LEFT_OPEN = 3
"""Every so manieth case keeps no credit class, as where nobody has looked at it yet."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A sample proceeding about the case at that place of the list."""

    place: int
    instance: Instance
    days_after: int
    lasted: int
    outcome: str
    grounds: str


REVIEWED = (
    ("样例：送达程序有瑕疵，申请人的知情和申辩权利受到影响。", Outcome.REVOKED),
    ("样例：案件尚在审理。", None),
)
"""Of cases that the first round covered: the first outcome is of today, the second is not there."""

OTHERS = (
    _Told(0, Instance.RECONSIDERATION, 41, 55, Outcome.UPHELD, "样例：事实清楚，程序合法。"),
    _Told(0, Instance.FIRST, 120, 96, Outcome.DISMISSED, "样例：原告诉讼请求不能成立。"),
    _Told(1, Instance.RECONSIDERATION, 30, 58, Outcome.UNLAWFUL, "样例：超过办案期限，程序违法。"),
    _Told(2, Instance.RECONSIDERATION, 22, 20, Outcome.MEDIATED, "样例：经调解达成一致。"),
)
"""Of cases that no round covered."""


def proceedings(engine: Engine, section: Actor, reviewed: Sequence[int]) -> None:
    """Proceedings about reviewed cases and others; a ledger that holds some stays as it is."""
    with reading(engine) as session:
        if session.exec(select(Challenge.id)).first() is not None:
            return
        cases = session.exec(
            select(Case)
            .where(col(Case.decided_on).is_not(None), Case.procedure == "ordinary")
            .order_by(col(Case.decided_on), col(Case.id))
        ).all()
        items: dict[int, str] = {}
        for finding in session.exec(
            select(Finding).where(
                col(Finding.case_id).in_(reviewed), Finding.state == FindingState.CONFIRMED
            )
        ):
            if finding.item_id:
                items.setdefault(finding.case_id, finding.item_id)
    covered = sorted(reviewed, key=lambda key: (key not in items, key))
    for case_id, (grounds, outcome) in zip(covered, REVIEWED, strict=False):
        item = items.get(case_id)
        entry = Entry(
            instance=Instance.RECONSIDERATION,
            organ=GOVERNMENT,
            docket_no="" if outcome is None else "〔样例〕清政复决字第7号",
            filed_on=today() - timedelta(days=60),
            decided_on=None if outcome is None else today(),
            outcome=outcome or "",
            grounds=grounds,
            concerns=(ITEM + item,) if item and outcome else (),
        )
        challenges.add_challenge(engine, section, case_id, entry)
    rest = [each for each in cases if each.id not in reviewed]
    for number, told in enumerate(OTHERS, 1):
        if told.place < len(rest):
            _enter(engine, section, rest[-1 - told.place], told, number)


def _enter(engine: Engine, section: Actor, case: Case, told: _Told, number: int) -> None:
    assert case.decided_on is not None
    filed_on = min(case.decided_on + timedelta(days=told.days_after), today())
    ended = min(filed_on + timedelta(days=told.lasted), today())
    is_court = told.instance is not Instance.RECONSIDERATION
    challenges.add_challenge(
        engine,
        section,
        case.id or 0,
        Entry(
            instance=told.instance,
            organ=COURT if is_court else GOVERNMENT,
            docket_no=f"〔样例〕{'行初' if is_court else '政复决'}字第{number}号",
            filed_on=filed_on,
            decided_on=ended,
            outcome=told.outcome,
            grounds=told.grounds,
        ),
    )


def credit_classes(engine: Engine, section: Actor) -> None:
    """Classes for most cases by procedure and fine; cases that have one keep it."""
    with reading(engine) as session:
        if session.exec(select(CreditRecord.case_id)).first() is not None:
            return
        cases = session.exec(select(Case).order_by(col(Case.id))).all()
    by_class: dict[CreditClass, list[int]] = {}
    for number, case in enumerate(cases):
        if number % LEFT_OPEN:
            by_class.setdefault(_class(case), []).append(case.id or 0)
    for credit_class, case_ids in by_class.items():
        credit.classify(engine, section, case_ids, credit_class=credit_class)


def _class(case: Case) -> CreditClass:
    usual = usual_class(case.procedure)
    if usual is not None:
        return usual[0]
    is_large = case.fine_yuan is not None and case.fine_yuan >= SERIOUS_FROM_YUAN
    return CreditClass.SERIOUS if is_large else CreditClass.GENERAL
