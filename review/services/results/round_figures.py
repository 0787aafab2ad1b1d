"""The figures of a round, read from its kept results: one function for every paper and page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as several
from sqlalchemy.orm import Bundle
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.checks.check import SEVERITY_ORDER, Severity
from review.common.clock import local, today
from review.db.accounts import Unit
from review.findings.derive import COMMON_FILES, COMMON_SHARE
from review.findings.result_tables import (
    CaseResult,
    Objection,
    ObjectionState,
    Publication,
    ResultItem,
    ResultOfficer,
    ResultPart,
)
from review.findings.results import (
    CaseFigure,
    GradeCount,
    ItemFigure,
    PartFigure,
    ProblemLine,
    RoundFigures,
    UnitFigure,
    average,
    grade_counts,
    percent,
    ranks,
)
from review.findings.tables import Finding, FindingState
from review.planning.tables import Round, RoundCase
from review.rectification.deadlines import is_overdue
from review.rectification.tables import ItemState, RectificationItem
from review.scoring.checklist import Edition, Result
from review.services.case_files.check_rows import evidence_of
from review.services.rules.editions import kept_edition

FAULTS = (Result.PARTLY_MET, Result.NOT_MET)
VETOED_LAST = Decimal(1_000)
"""A vetoed case ranks behind all others; its score is shown but stands apart (另计)."""


def round_figures(session: Session, row: Round) -> RoundFigures:
    """Everything that is said of a round in numbers, from what is kept."""
    assert row.id is not None
    units = {unit.id or 0: unit.name for unit in session.exec(select(Unit))}
    editions = editions_of(session, row.id)
    drawn = dict(
        session.execute(
            several(col(Case.unit_id), func.count())
            .join(RoundCase, col(RoundCase.case_id) == col(Case.id))
            .where(col(RoundCase.round_id) == row.id)
            .group_by(col(Case.unit_id))
        ).all()
    )
    problems = _problems(session, row.id, units, editions)
    cases = _cases(session, row.id, units, problems)
    published = session.exec(select(Publication).where(Publication.round_id == row.id)).first()
    known = _known_grades(editions)
    objections = Counter(
        session.exec(select(Objection.state).where(Objection.round_id == row.id)).all()
    )
    return RoundFigures(
        round_id=row.id,
        title=row.title,
        kind=row.kind,
        topic=row.topic,
        year=row.year,
        number=row.number,
        scope_from=row.scope_from,
        scope_to=row.scope_to,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        is_published=published is not None,
        published_on=local(published.published_at).date() if published else None,
        drawn=sum(drawn.values()),
        reviewed=len(cases),
        average=average(each.score for each in cases),
        grades=grade_counts(cases, known),
        vetoes=sum(each.is_vetoed for each in cases),
        cases=cases,
        units=_units(cases, problems, {each: units.get(each, "") for each in drawn}, known),
        items=_items(session, row.id, len(cases), editions),
        parts=_parts(session, row.id),
        problems=problems,
        severities={
            severity: sum(each.severity is severity for each in problems)
            for severity in reversed(SEVERITY_ORDER)
        },
        objections=sum(objections.values()) - objections[ObjectionState.WITHDRAWN],
        upheld=objections[ObjectionState.UPHELD],
        editions=tuple(each.title.get("zh") for each in editions),
    )


def editions_of(session: Session, round_id: int | None = None) -> list[Edition]:
    """The frozen editions of a round, or of all rounds; the latest last."""
    query = several(col(RoundCase.edition), col(RoundCase.edition_sha256)).distinct()
    if round_id is not None:
        query = query.where(col(RoundCase.round_id) == round_id)
    rows = session.execute(query.order_by(col(RoundCase.edition))).all()
    return [kept_edition(key, sha256) for key, sha256 in rows if sha256]


def item_titles(editions: Sequence[Edition]) -> dict[str, tuple[str, str]]:
    """Chinese and English title of every item by its id."""
    return {
        item.id: (item.title.get("zh"), item.title.get("en"))
        for edition in editions
        for item in edition.items
    }


def _known_grades(editions: Sequence[Edition]) -> list[GradeCount]:
    found: dict[str, GradeCount] = {}
    for edition in editions:
        for rank, grade in enumerate(edition.grades):
            name = grade.name.get("zh")
            found.setdefault(name, GradeCount(name, grade.name.get("en"), rank, 0))
    return list(found.values())


SAID_OF_FINDING = (
    *("id", "item_id", "key", "text_zh", "text_en", "severity", "law", "evidence"),
    *("measure_zh", "deduction"),
)
"""What a line of the problem list takes from a finding; the rest is not read."""


def _problems(
    session: Session, round_id: int, units: Mapping[int, str], editions: Sequence[Edition]
) -> tuple[ProblemLine, ...]:
    rows = session.execute(
        several(
            Bundle("finding", *(getattr(Finding, name) for name in SAID_OF_FINDING)),
            Bundle("case", col(Case.id), col(Case.case_no), col(Case.unit_id)),
            RectificationItem,
        )
        .join(Case, col(Case.id) == col(Finding.case_id))
        .outerjoin(RectificationItem, col(RectificationItem.finding_id) == col(Finding.id))
        .where(col(Finding.round_id) == round_id, col(Finding.state) == FindingState.CONFIRMED)
    ).all()
    titles = item_titles(editions)
    day = today()
    lines = [
        ProblemLine(
            finding_id=finding.id or 0,
            case_id=case.id or 0,
            case_no=case.case_no,
            unit_id=case.unit_id,
            unit=units.get(case.unit_id, ""),
            item_id=finding.item_id,
            item_title=titles.get(finding.item_id, ("", ""))[0],
            text_zh=item.problem if item else finding.text_zh,
            text_en=finding.text_en or finding.text_zh,
            severity=Severity(finding.severity),
            basis=tuple(each["citation"] for each in finding.law or ()),
            places=_places(finding),
            measure=item.measure if item else finding.measure_zh,
            responsible=item.responsible_person if item else "",
            due_on=item.due_on if item else None,
            item_state=item.state if item else "",
            is_overdue=bool(item and is_overdue(ItemState(item.state), item.due_on, day)),
            key=finding.key,
            deduction=finding.deduction,
        )
        for finding, case, item in rows
    ]
    return tuple(
        sorted(
            lines,
            key=lambda each: (
                each.unit,
                each.case_no,
                -SEVERITY_ORDER.index(each.severity),
                each.key,
            ),
        )
    )


def _places(finding: Any) -> str:
    if not finding.evidence:
        return ""
    pages = sorted({each.page for each in evidence_of(finding.evidence) if each.page is not None})
    return f"第{'、'.join(str(page) for page in pages)}页" if pages else ""


def _cases(
    session: Session,
    round_id: int,
    units: Mapping[int, str],
    problems: Sequence[ProblemLine],
) -> tuple[CaseFigure, ...]:
    officers: dict[int, list[str]] = {}
    named = session.execute(
        several(col(ResultOfficer.result_id), col(ResultOfficer.name))
        .join(CaseResult, col(CaseResult.id) == col(ResultOfficer.result_id))
        .where(col(CaseResult.round_id) == round_id)
        .order_by(col(ResultOfficer.id))
    )
    for result_id, name in named:
        officers.setdefault(result_id, []).append(name)
    rows = session.execute(
        several(CaseResult, Case)
        .join(Case, col(Case.id) == col(CaseResult.case_id))
        .where(col(CaseResult.round_id) == round_id)
    ).all()
    places = ranks(
        {row.case_id: row.score - (VETOED_LAST if row.is_vetoed else 0) for row, _ in rows}
    )
    own: dict[int, list[ProblemLine]] = {}
    for problem in problems:
        own.setdefault(problem.case_id, []).append(problem)
    figures = [
        CaseFigure(
            case_id=row.case_id,
            case_no=case.case_no,
            unit_id=row.unit_id,
            unit=units.get(row.unit_id, ""),
            squad=case.squad,
            cause=case.cause,
            party_name=case.party_name,
            procedure=case.procedure,
            officers=tuple(officers.get(row.id or 0, ())),
            score=row.score,
            grade_zh=row.grade_zh,
            grade_en=row.grade_en,
            grade_rank=row.grade_rank,
            is_vetoed=row.is_vetoed,
            deducted=row.deducted,
            problems=len(own.get(row.case_id, ())),
            worst=max(
                (each.severity for each in own.get(row.case_id, ())),
                key=SEVERITY_ORDER.index,
                default=None,
            ),
            disputed=tuple(row.disputed or ()),
            undecided=row.undecided,
            rank=places[row.case_id],
            result_id=row.id or 0,
            is_model=row.is_model,
            version=row.version,
        )
        for row, case in rows
    ]
    return tuple(sorted(figures, key=lambda each: (each.rank, each.case_no)))


def _units(
    cases: Sequence[CaseFigure],
    problems: Sequence[ProblemLine],
    units: Mapping[int, str],
    known: Sequence[GradeCount],
) -> tuple[UnitFigure, ...]:
    own = {key: [each for each in cases if each.unit_id == key] for key in units}
    averages = {key: average(each.score for each in held) for key, held in own.items()}
    places = ranks(averages)
    found = []
    for key, name in units.items():
        held = own[key]
        listed = [each for each in problems if each.unit_id == key]
        found.append(
            UnitFigure(
                unit_id=key,
                unit=name,
                reviewed=len(held),
                average=averages[key],
                best=max((each.score for each in held), default=None),
                lowest=min((each.score for each in held), default=None),
                grades=grade_counts(held, known),
                vetoes=sum(each.is_vetoed for each in held),
                problems=len(listed),
                items=sum(bool(each.item_state) for each in listed),
                closed=sum(each.item_state == ItemState.CLOSED for each in listed),
                overdue=sum(each.is_overdue for each in listed),
                rank=places[key],
            )
        )
    return tuple(sorted(found, key=lambda each: (each.rank, each.unit)))


def _items(
    session: Session, round_id: int, reviewed: int, editions: Sequence[Edition]
) -> tuple[ItemFigure, ...]:
    titles = item_titles(editions)
    rows = session.execute(
        several(
            col(ResultItem.item_id),
            func.min(col(ResultItem.dimension)),
            func.count(),
            func.sum(col(ResultItem.deduction)),
        )
        .where(col(ResultItem.round_id) == round_id, col(ResultItem.result).in_(FAULTS))
        .group_by(col(ResultItem.item_id))
    ).all()
    figures = [
        ItemFigure(
            item_id=item_id,
            title_zh=titles.get(item_id, (item_id, item_id))[0],
            title_en=titles.get(item_id, (item_id, item_id))[1],
            dimension=dimension,
            cases=count,
            share=percent(count, reviewed) or Decimal(0),
            deducted=deducted or Decimal(0),
            is_common=count >= COMMON_FILES
            or (count > 1 and Decimal(count) / max(reviewed, 1) >= COMMON_SHARE),
        )
        for item_id, dimension, count, deducted in rows
    ]
    return tuple(sorted(figures, key=lambda each: (-each.cases, -each.deducted, each.item_id)))


def _parts(session: Session, round_id: int) -> tuple[PartFigure, ...]:
    rows = session.execute(
        several(
            col(ResultPart.dimension),
            func.min(col(ResultPart.title_zh)),
            func.min(col(ResultPart.title_en)),
            func.sum(col(ResultPart.applicable)),
            func.sum(col(ResultPart.earned)),
            func.min(col(ResultPart.id)),
        )
        .where(col(ResultPart.round_id) == round_id)
        .group_by(col(ResultPart.dimension))
        .order_by(func.min(col(ResultPart.id)))
    ).all()
    return tuple(PartFigure(*row[:5]) for row in rows)
