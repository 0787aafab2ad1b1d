"""Cases that touch: keeping the marks of a case, comparing them, and the links between cases.

A check's message never names another case; a link does, and only for those who may see that case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine, delete, tuple_
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.checks.catalogue import checks
from review.checks.check import CheckResult
from review.checks.marks import SHORTEST_OVERLAP, is_earlier, is_same_act, marks_of, overlap
from review.checks.run import run_checks
from review.checks.tables import CaseMark
from review.db.session import reading
from review.facts.model import CaseFacts
from review.facts.surroundings import Mark, Surroundings
from review.law.in_force import LawInForce
from review.registers.entry import comparable
from review.services import access
from review.services.access import Actor
from review.services.rules.editions import Words

STAGE = "across_cases"
MOST_SHARING = 5
"""A picture in more cases than this belongs to a template, not to one act."""

MOST_MARKS = 400
"""Other cases' marks of one key that are compared; the newest count."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a source of the case, by digest."""

    source: str
    sha256: str


def compare(
    session: Session,
    case_id: int,
    facts: CaseFacts,
    law: LawInForce,
    pictures: Sequence[Picture],
) -> list[CheckResult]:
    """Keep the marks of a case and give the results of the checks across cases, in order of id."""
    mine = marks_of(facts, law, [each.sha256 for each in pictures])
    session.execute(delete(CaseMark).where(col(CaseMark.case_id) == case_id))
    session.add_all(_row(case_id, mark) for mark in mine)
    session.flush()
    by_digest = {each.sha256: each.source for each in pictures}
    others = [
        replace(mark, detail=(("mine", by_digest[mark.key]),)) if mark.kind == "photo" else mark
        for mark in (
            *_touching(session, case_id, mine),
            *_from_ledger(session, case_id, facts, law),
        )
    ]
    around = Surroundings(facts.surroundings.registers, tuple(others))
    only = [check.id for check in checks() if check.stage == STAGE]
    return run_checks(replace(facts, surroundings=around), law, only=only)


def is_across(result: CheckResult) -> bool:
    """Whether a result is one of those that need other cases."""
    return any(check.id == result.check_id and check.stage == STAGE for check in checks())


def _row(case_id: int, mark: Mark) -> CaseMark:
    return CaseMark(
        case_id=case_id,
        kind=mark.kind,
        key=mark.key,
        day=mark.day,
        starts_at=mark.starts_at.isoformat() if mark.starts_at else "",
        ends_at=mark.ends_at.isoformat() if mark.ends_at else "",
        detail=dict(mark.detail),
    )


def _mark(row: CaseMark) -> Mark:
    return Mark(
        kind=row.kind,  # type: ignore[arg-type]  # the column holds what marks_of gave
        key=row.key,
        day=row.day,
        starts_at=datetime.fromisoformat(row.starts_at) if row.starts_at else None,
        ends_at=datetime.fromisoformat(row.ends_at) if row.ends_at else None,
        detail=tuple((name, str(value)) for name, value in (row.detail or {}).items()),
        case=row.case_id,
    )


def _touching(session: Session, case_id: int, mine: Iterable[Mark]) -> list[Mark]:
    """The marks of other cases with a kind and key of this one."""
    keys = sorted({(mark.kind, mark.key) for mark in mine})
    found: list[Mark] = []
    for start in range(0, len(keys), 200):
        rows = session.exec(
            select(CaseMark)
            .where(
                tuple_(col(CaseMark.kind), col(CaseMark.key)).in_(keys[start : start + 200]),
                col(CaseMark.case_id) != case_id,
            )
            .order_by(col(CaseMark.id).desc())
            .limit(MOST_MARKS * 10)
        )
        found += [_mark(row) for row in rows]
    sharing: dict[str, set[int]] = {}
    for mark in found:
        if mark.kind == "photo":
            sharing.setdefault(mark.key, set()).add(mark.case)
    return [
        mark for mark in found if mark.kind != "photo" or len(sharing[mark.key]) <= MOST_SHARING
    ]


def _from_ledger(session: Session, case_id: int, facts: CaseFacts, law: LawInForce) -> list[Mark]:
    """Earlier decisions against the party in the ledger whose files were never read."""
    name = facts.get("party_name")
    if name is None or not isinstance(name.value, str) or len(comparable(name.value)) < 2:
        return []
    read = select(CaseMark.case_id).where(CaseMark.kind == "party")
    rows = session.exec(
        select(Case).where(
            Case.party_name == name.value.strip(),
            col(Case.id) != case_id,
            col(Case.id).not_in(read),
        )
    )
    marks = []
    for row in rows:
        cause = law.cause(row.cause) if row.cause else None
        detail = (
            ("cause", cause.key if cause else ""),
            ("decided_on", row.decided_on.isoformat() if row.decided_on else ""),
            ("procedure", row.procedure),
            ("by", "name"),
        )
        marks.append(Mark("party", comparable(name.value), None, detail=detail, case=row.id or 0))
    return marks


def conflicting_cases(session: Session, case_id: int) -> list[int]:
    """Other cases whose own results change because of this one, by id."""
    mine = [_mark(row) for row in session.exec(select(CaseMark).where(CaseMark.case_id == case_id))]
    found = {
        other.case
        for mark, other in _pairs(mine, _touching(session, case_id, mine))
        if _kind_of_link(mark, other) or _kind_of_link(other, mark)
    }
    return sorted(found)


def _pairs(mine: Iterable[Mark], others: Iterable[Mark]) -> Iterator[tuple[Mark, Mark]]:
    """Each mark of a case with each mark of another case of the same kind and key."""
    by_key: dict[tuple[str, str], list[Mark]] = {}
    for other in others:
        by_key.setdefault((other.kind, other.key), []).append(other)
    for mark in mine:
        for other in by_key.get((mark.kind, mark.key), ()):
            yield mark, other


@dataclass(frozen=True, slots=True)
class CaseLink:
    """Another case that touches this one: why, and where to find it."""

    kind: str
    case_id: int
    case_no: str
    words: Words


def links(engine: Engine, actor: Actor, case_id: int) -> list[CaseLink]:
    """Cases that touch this one and that the actor may see, gravest first."""
    with reading(engine) as session:
        access.require_case(session, actor, case_id)
        mine = [
            _mark(row) for row in session.exec(select(CaseMark).where(CaseMark.case_id == case_id))
        ]
        others = _touching(session, case_id, mine)
        visible = dict(
            session.exec(
                select(Case.id, Case.case_no).where(
                    col(Case.id).in_({mark.case for mark in others}), access.visible_cases(actor)
                )
            ).all()
        )
    found: dict[tuple[str, int], CaseLink] = {}
    for mark, other in _pairs(mine, others):
        kind = _kind_of_link(mark, other) if other.case in visible else ""
        if kind and (kind, other.case) not in found:
            found[kind, other.case] = CaseLink(
                kind, other.case, visible[other.case], _words(kind, mark, other)
            )
    order = ("two_places", "fined_twice", "photo", "earlier")
    return sorted(found.values(), key=lambda link: (order.index(link.kind), link.case_no))


def _kind_of_link(mine: Mark, other: Mark) -> str:
    """Why two marks of one key make a link; empty where they do not."""
    if mine.kind == "officer":
        return "two_places" if overlap(mine, other) > SHORTEST_OVERLAP else ""
    if mine.kind == "photo":
        return "photo"
    if mine.kind == "plate" or (mine.kind == "party" and mine.of("by") == "number"):
        if is_same_act(mine, other):
            return "fined_twice"
        return "earlier" if is_earlier(mine, other) else ""
    return ""


def _words(kind: str, mine: Mark, other: Mark) -> Words:
    if kind == "two_places":
        assert mine.starts_at is not None
        assert other.starts_at is not None
        who = mine.of("officer")
        return Words(
            f"{who}{mine.starts_at:%Y-%m-%d %H:%M}起在本案《{mine.of('title')}》中，"
            f"{other.starts_at:%H:%M}起在该案《{other.of('title')}》中",
            f"{who} stands in {mine.of('title')} from {mine.starts_at:%Y-%m-%d %H:%M}, in "
            f"{other.of('title')} of the other case from {other.starts_at:%H:%M}",
        )
    if kind == "photo":
        return Words("有完全相同的图片", "a picture is the same, byte for byte")
    thing_zh, thing_en = ("车辆", "vehicle") if mine.kind == "plate" else ("当事人", "party")
    if kind == "fined_twice":
        return Words(
            f"同一{thing_zh}同日同类行为，该案罚款{other.of('fine')}元",
            f"same {thing_en}, day and cause; fined {other.of('fine')} yuan there",
        )
    return Words(
        f"同一{thing_zh}，该案{other.of('decided_on')}作出决定",
        f"same {thing_en}; decided there on {other.of('decided_on')}",
    )
