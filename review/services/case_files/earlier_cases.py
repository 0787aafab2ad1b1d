"""Earlier cases of the ledger against the same party for the same cause (首违查询)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.checks.check import Procedure
from review.checks.values import day, words
from review.checks.waiver_assessment import item_of
from review.checks.waiver_conditions import Earlier, LedgerSearch
from review.common.text import plain
from review.facts.model import CaseFacts
from review.facts.tables import FactRow
from review.law.in_force import LawInForce

USUAL_MONTHS = 24
"""How far back is looked where the list states no term; what is found then is never sure."""

_ORGANIZATION = ("公司", "厂", "部", "店", "社", "行", "中心", "站", "队", "合作社", "事务所")


def earlier_cases(
    session: Session, case: Case, facts: CaseFacts, law: LawInForce
) -> LedgerSearch | None:
    """What the ledger knows of the party before the decision; None without party or day.

    A case is an earlier one by the same cause (held cause or the same words) decided within the
    look-back of the list's item before the act was decided on.
    """
    name = case.party_name or words(facts.get("party_name")) or ""
    cause = case.cause or words(facts.get("cause")) or ""
    until = day(facts.get("decided_on")) or case.decided_on
    if not plain(name) or not plain(cause) or until is None:
        return None
    item = item_of(law.waiver_list(on=until), facts, law)
    stated = item.look_back_months if item is not None else None
    since = months_before(until, stated or USUAL_MONTHS)
    rows = session.exec(
        select(Case)
        .where(
            col(Case.id) != case.id,
            col(Case.party_name).startswith(name[0], autoescape=True),
            col(Case.decided_on) >= since,
            col(Case.decided_on) < until,
        )
        .order_by(col(Case.decided_on).desc(), col(Case.case_key))
    ).all()
    same = [row for row in rows if plain(row.party_name) == plain(name)]
    same = [row for row in same if _same_cause(row.cause, cause, law)]
    numbers = _identity_numbers(session, [row.id for row in same])
    own = plain(words(facts.get("party_id")) or "").upper()
    earlier = []
    for row in same:
        other = numbers.get(row.id or 0, "")
        if own and other and own != other:
            continue
        is_one = bool(own and other) or (name.endswith(_ORGANIZATION) and len(plain(name)) > 5)
        earlier.append(
            Earlier(
                case_id=row.id or 0,
                case_no=row.case_no,
                cause=row.cause,
                decided_on=row.decided_on,
                is_waived=row.procedure == Procedure.WAIVED,
                is_sure=is_one and stated is not None,
            )
        )
    return LedgerSearch(since, until, tuple(earlier))


def months_before(on: date, months: int) -> date:
    """The same day so many months earlier; the month's last day where it is shorter.

    >>> months_before(date(2024, 3, 31), 1)
    datetime.date(2024, 2, 29)
    """
    whole = on.year * 12 + on.month - 1 - months
    year, month = divmod(whole, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(on.day, last))


def _same_cause(one: str, other: str, law: LawInForce) -> bool:
    if plain(one) == plain(other):
        return True
    known, second = law.cause(one), law.cause(other)
    return known is not None and second is not None and known.key == second.key


def _identity_numbers(session: Session, case_ids: list[Any]) -> dict[int, str]:
    if not case_ids:
        return {}
    rows = session.exec(
        select(FactRow.case_id, FactRow.value).where(
            col(FactRow.case_id).in_(case_ids),
            FactRow.name == "party_id",
            col(FactRow.document_id).is_(None),
        )
    )
    return {case_id: plain(value).upper() for case_id, value in rows}
