"""Which row of the ledger a file belongs to, by what was read in it: proposed, never decided.

A file whose number is in the ledger finds its case by itself. For any other the numbers, the party
and the day of the decision are compared; a person confirms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import Levenshtein
from sqlalchemy import Engine
from sqlmodel import Session, select

from review.casefiles.case_key import case_key
from review.casefiles.tables import Case, ImportJob
from review.common.text import plain
from review.db.accounts import Unit
from review.db.rows import found
from review.db.session import reading
from review.services import access
from review.services.access import Actor
from review.services.rules.editions import Words

SHOWN = 5
MISREAD = 2
"""So many characters of a number may be misread for it to be near another."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case that a file may belong to; `score` 0..100 and the reasons, the strongest first."""

    case_id: int
    case_no: str
    party_name: str
    unit_name: str
    decided_on: date | None
    score: int
    reasons: tuple[Words, ...]


def proposals(engine: Engine, actor: Actor, job_id: str) -> tuple[Proposal, ...]:
    """The most likely cases of an import whose case is not known, the likeliest first.

    Empty where nothing was read that the ledger knows. Raises NotFound.
    """
    access.require(actor, "import")
    with reading(engine) as session:
        job = found(session, ImportJob, job_id, "导入任务", "import job")
        return tuple(_proposals(session, dict(job.read or {})))[:SHOWN]


def _proposals(session: Session, read: Mapping[str, str]) -> list[Proposal]:
    units = {unit.id: unit.name for unit in session.exec(select(Unit))}
    likely = []
    for case in session.exec(select(Case)):
        reasons = sorted(_reasons(case, read), key=lambda each: -each[0])
        score = min(99, sum(points for points, _ in reasons))
        if score >= 40:
            likely.append(
                Proposal(
                    case.id or 0,
                    case.case_no,
                    case.party_name,
                    units.get(case.unit_id, ""),
                    case.decided_on,
                    score,
                    tuple(words for _, words in reasons),
                )
            )
    return sorted(likely, key=lambda each: (-each.score, each.case_no))


def _reasons(case: Case, read: Mapping[str, str]) -> Iterator[tuple[int, Words]]:
    """What speaks for a case, with its weight."""
    number, decision = case_key(read.get("case_no", "")), case_key(read.get("decision_no", ""))
    if case.case_key in (number, decision):
        yield 90, Words("文号与台账案号相同", "the number is that of the ledger")
    else:
        near = min(_distance(case.case_key, number), _distance(case.case_key, decision))
        if near <= MISREAD:
            yield (
                60 - 10 * near,
                Words(f"文号与台账案号仅差 {near} 字", f"the number differs in {near} characters"),
            )
    party = plain(read.get("party_name", ""))
    held = plain(case.party_name)
    if party and party == held:
        yield 40, Words("当事人相同", "the party is the same")
    elif (
        party and held and len(party) > 3 and Levenshtein.normalized_similarity(party, held) > 0.85
    ):
        yield 25, Words("当事人名称相近", "the party has a similar name")
    day = read.get("decided_on", "")
    if day and case.decided_on is not None and case.decided_on.isoformat() == day:
        yield 30, Words("决定日期相同", "the day of the decision is the same")
    cause = plain(read.get("cause", ""))
    if cause and cause == plain(case.cause):
        yield 10, Words("案由相同", "the cause is the same")


def _distance(held: str, read: str) -> int:
    if not read or not held:
        return MISREAD + 1
    return int(Levenshtein.distance(held, read, score_cutoff=MISREAD))
