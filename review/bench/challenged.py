"""Challenged decisions and credit classes over all cases of the page benchmark."""

from __future__ import annotations

import random
from datetime import timedelta

from sqlalchemy import insert
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.common import clock
from review.findings.challenge_tables import Challenge, CreditRecord
from review.findings.challenges import Instance, Outcome
from review.findings.credit import CreditClass, usual_class
from review.findings.tables import Finding

ONE_IN_CHALLENGED, ONE_IN_CLASSED = 50, 2


def challenged(session: Session, rng: random.Random) -> None:
    """One of fifty decisions is challenged, every second case has a credit class.

    Of the reviewed cases among them the grounds are about an item that was found.
    """
    items = dict(
        session.exec(select(Finding.case_id, Finding.item_id).where(Finding.item_id != "")).all()
    )
    day = clock.today()
    challenges: list[dict[str, object]] = []
    classes: list[dict[str, object]] = []
    for case in session.exec(select(Case).order_by(col(Case.id))):
        assert case.decided_on is not None
        assert case.id is not None
        filed_on = case.decided_on + timedelta(days=rng.randrange(10, 60))
        decided_on = filed_on + timedelta(days=rng.randrange(30, 90))
        is_over = decided_on <= day
        if case.id % ONE_IN_CHALLENGED == 0 and filed_on <= day:
            item = items.get(case.id)
            challenges.append(
                {
                    "case_id": case.id,
                    "instance": rng.choice(list(Instance)),
                    "organ": "样例人民政府",
                    "docket_no": f"样例{case.id}",
                    "filed_on": filed_on,
                    "decided_on": decided_on if is_over else None,
                    "outcome": rng.choice(list(Outcome)) if is_over else "",
                    "grounds": "样例：程序违法",
                    "concerns": [f"item:{item}"] if item else [],
                    "earlier": [],
                    "entered_at": clock.now(),
                    "strike_reason": "",
                    "version": 1,
                }
            )
        if case.id % ONE_IN_CLASSED == 0:
            usual = usual_class(case.procedure)
            given = usual[0] if usual else rng.choice((CreditClass.GENERAL, CreditClass.SERIOUS))
            classes.append(
                {
                    "case_id": case.id,
                    "credit_class": given,
                    "is_eligible": True,
                    "note": "",
                    "entered_at": clock.now(),
                    "version": 1,
                }
            )
    for table, rows in ((Challenge, challenges), (CreditRecord, classes)):
        if rows:
            session.execute(insert(table), rows)
