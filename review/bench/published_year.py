"""A small invented year of rounds with results, written straight into a database.

For documents to be looked at and tests of figures: every problem has words, law, a page and a
measure, and a year is there within a second. `years` fills a database for measuring pages: there
the round is made by the services themselves (two blind sheets a case, merged and computed), which
takes a minute and gives the two numbers, draws and sheets that no document shows. One filler for
both would make one of them worse; what comes after the results is shared, in `follow_up`.

Every name is a sample. The same seed gives the same year.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, insert
from sqlmodel import Session

from review.bench.follow_up import FAMILY, invented_name, lists_of, objections_to, told
from review.casefiles.tables import Case
from review.checks.check import Procedure
from review.db.accounts import Role, Unit, User
from review.db.session import transaction
from review.findings.result_tables import (
    CaseResult,
    ResultItem,
    ResultOfficer,
    ResultPart,
)
from review.findings.tables import Finding, FindingState
from review.planning.tables import Round, RoundCase, RoundState
from review.rectification.tables import Threshold
from review.scoring.arithmetic import ItemResult, Total, total
from review.scoring.checklist import Edition, Item, Result
from review.services.results.result_rows import reasons
from review.services.rules.editions import kept_edition, newest_editions

UNITS = (
    "样例市清河区交通运输综合行政执法大队",
    "样例市望湖县交通运输综合行政执法大队",
    "样例市港航事业发展中心",
    "样例市公路管理站",
)
CAUSES = (
    "未取得道路运输经营许可擅自从事客运经营",
    "车辆超限运输",
    "未按规定维护和检测运输车辆",
    "网络预约出租汽车驾驶员未取得从业资格证",
    "未经许可在航道保护范围内作业",
    "危险货物运输未按规定配备押运人员",
)


@dataclass(frozen=True, slots=True)
class Year:
    """How large the invented year is. `items` limits the items a case is scored by, 0 for all."""

    rounds: int = 4
    cases: int = 24
    units: int = 2
    items: int = 0
    seed: int = 1


def fill(engine: Engine, size: Year) -> list[int]:
    """Write the year; returns the ids of its rounds, the oldest first."""
    chance = random.Random(size.seed)
    editions = newest_editions(engine, date(2026, 2, 1))
    chosen = editions["ordinary"]
    edition = kept_edition(chosen["key"], chosen["sha256"])
    with transaction(engine) as session:
        units = _units(session, size.units)
        planner = _people(session)
        ids = []
        for number in range(1, size.rounds + 1):
            row = _round(
                session, number=number, size=size, units=units, planner=planner, editions=editions
            )
            ids.append(row.id or 0)
            _cases(
                session,
                row,
                size=size,
                units=units,
                edition=edition,
                chosen=chosen,
                chance=chance,
            )
        return ids


def _units(session: Session, count: int) -> list[int]:
    units = [Unit(name=UNITS[number] if number < len(UNITS) else f"样例大队{number}")
             for number in range(count)]  # fmt: skip
    session.add_all(units)
    session.flush()
    return [unit.id or 0 for unit in units]


def _people(session: Session) -> int:
    section = Unit(name="样例市交通运输局安监法规科", is_reviewed=False)
    session.add(section)
    session.flush()
    user = User(
        login="year-regulations",
        name="样例简",
        role=Role.REGULATIONS,
        unit_id=section.id,
        password_hash="none",
        is_sample=True,
    )
    session.add(user)
    session.flush()
    return user.id or 0


def _round(
    session: Session, *, number: int, size: Year, units: Sequence[int], planner: int, editions: Any
) -> Round:
    last = number == size.rounds
    start = date(2026, 1, 10) + timedelta(days=60 * (number - 1))
    row = Round(
        title=f"2026年第{number}轮行政处罚案卷评查（样例）",
        year=2026,
        number=number,
        scope_from=start - timedelta(days=90),
        scope_to=start - timedelta(days=1),
        starts_on=start,
        ends_on=start + timedelta(days=20),
        unit_ids=list(units),
        editions=editions,
        taking_part="区司法局、法律顾问单位",
        state=RoundState.RECTIFYING if last else RoundState.CLOSED,
        created_by=planner,
    )
    session.add(row)
    session.flush()
    told(session, row, units)
    session.flush()
    return row


def _cases(
    session: Session,
    row: Round,
    *,
    size: Year,
    units: Sequence[int],
    edition: Edition,
    chosen: dict[str, str],
    chance: random.Random,
) -> None:
    items = edition.items_for(Procedure.ORDINARY)
    scored = items[: size.items] if size.items else items
    # later rounds are better: the two aims of the plan can be seen
    fault = max(0.13 - 0.025 * row.number, 0.02)
    found: list[dict[str, Any]] = []
    parts: list[dict[str, Any]] = []
    officers: list[dict[str, Any]] = []
    problems: list[Finding] = []
    for sequence in range(1, size.cases + 1):
        case = _case(session, row, sequence, units[sequence % len(units)], chance)
        session.add(
            RoundCase(
                round_id=row.id or 0,
                case_id=case.id or 0,
                sequence=sequence,
                stratum="ordinary",
                edition=chosen["key"],
                edition_sha256=chosen["sha256"],
            )
        )
        results = {item.id: _scored(item, fault, chance) for item in scored}
        sums = total(edition, results)
        result = _result(session, row, case, edition, sums)
        found += _items(result, row, edition, results, sums)
        parts += _parts(result, row, edition, sums)
        officers += [
            {"result_id": result.id, "name": name} for name in dict.fromkeys(case.officers)
        ]
        problems += _findings(row, case, edition, results, sums)
    session.flush()
    session.execute(insert(ResultItem), found)
    session.execute(insert(ResultPart), parts)
    session.execute(insert(ResultOfficer), officers)
    session.add_all(problems)
    session.flush()
    lists_of(session, row, units, problems, chance)
    objections_to(session, row, problems)


def _case(session: Session, row: Round, sequence: int, unit: int, chance: random.Random) -> Case:
    number = row.number * 100_000 + sequence
    case = Case(
        case_key=f"样例交执罚[2026]{number}",
        case_no=f"样例交执罚〔2026〕{number}号",
        unit_id=unit,
        squad=f"{chance.choice('一二三')}中队",
        procedure="ordinary",
        cause=chance.choice(CAUSES),
        party_name=f"样例{chance.choice(FAMILY)}运输有限公司",
        officers=[invented_name(chance), invented_name(chance)],
        fine_yuan=Decimal(chance.randrange(2, 300) * 100),
        closed_on=row.scope_from + timedelta(days=chance.randrange(80)),
    )
    session.add(case)
    session.flush()
    return case


def _scored(item: Item, fault: float, chance: random.Random) -> ItemResult:
    weight = 0.01 if item.is_veto else fault * (1.6 if item.dimension.id == "recording" else 1)
    if chance.random() >= weight:
        return ItemResult(Result.MET)
    if item.is_veto:
        return ItemResult(Result.NOT_MET, comment="样例：经合议认定", veto_confirmed=True)
    if not item.deductions:
        return ItemResult(Result.PARTLY_MET, comment="样例：记载过简")
    return ItemResult(Result.PARTLY_MET, {item.deductions[0].id: 1}, comment="样例：见卷内材料")


def _result(session: Session, row: Round, case: Case, edition: Edition, sums: Total) -> CaseResult:
    grade = sums.grade or sums.grade_without_veto
    result = CaseResult(
        round_id=row.id or 0,
        case_id=case.id or 0,
        unit_id=case.unit_id,
        score=sums.score.quantize(Decimal("0.01")),
        scale=edition.scale,
        deducted=sums.deducted.quantize(Decimal("0.01")),
        grade_zh=grade.name.get("zh"),
        grade_en=grade.name.get("en"),
        grade_rank=edition.grades.index(grade) if grade in edition.grades else 0,
        is_vetoed=bool(sums.vetoes_confirmed),
        disputed=[],
        sheets=[],
    )
    session.add(result)
    session.flush()
    return result


def _items(
    result: CaseResult,
    row: Round,
    edition: Edition,
    results: dict[str, ItemResult],
    sums: Total,
) -> Iterable[dict[str, Any]]:
    for item_id, given in results.items():
        item = edition.by_id[item_id]
        yield {
            "result_id": result.id,
            "round_id": row.id,
            "item_id": item_id,
            "dimension": item.dimension.id,
            "result": str(given.result),
            "chosen": dict(given.chosen),
            "points": item.points,
            "deduction": sums.deductions.get(item_id, Decimal(0)),
            "reason_zh": reasons(item, given, "zh"),
            "reason_en": reasons(item, given, "en"),
            "origin": "agreed",
        }


def _parts(
    result: CaseResult, row: Round, edition: Edition, sums: Total
) -> Iterable[dict[str, Any]]:
    for dimension in edition.dimensions:
        part = sums.dimensions[dimension.id]
        if part.applicable:
            yield {
                "result_id": result.id,
                "round_id": row.id,
                "dimension": dimension.id,
                "title_zh": dimension.title.get("zh"),
                "title_en": dimension.title.get("en"),
                "applicable": part.applicable,
                "earned": part.earned,
            }


def _findings(
    row: Round, case: Case, edition: Edition, results: dict[str, ItemResult], sums: Total
) -> Iterable[Finding]:
    for item_id, given in results.items():
        if given.result is Result.MET:
            continue
        item = edition.by_id[item_id]
        deduction = sums.deductions.get(item_id, Decimal(0))
        severity = "veto" if item.is_veto else "major" if deduction >= 2 else "minor"
        yield Finding(
            round_id=row.id or 0,
            case_id=case.id or 0,
            key=item_id,
            item_id=item_id,
            origin="user:1",
            proposed_by=[],
            severity=severity,
            text_zh=f"{item.title.get('zh')}：{reasons(item, given, 'zh')}",
            text_en=f"{item.title.get('en')}: {reasons(item, given, 'en')}",
            deduction=deduction,
            evidence=[{"source": "样例.pdf", "page": 3, "page_id": None, "quote": "", "boxes": []}],
            law=[{"citation": source, "confirmed": True} for source in item.sources],
            check_ids=[],
            measure_zh=item.rectify.text.get("zh") if item.rectify else "书面说明原因并整改。",
            state=FindingState.CONFIRMED,
            decided_at=datetime(2026, 3, 1, tzinfo=UTC),
        )


def set_threshold(engine: Engine) -> None:
    """A threshold in force, so that the record of a talk can be opened."""
    with transaction(engine) as session:
        session.add(
            Threshold(
                action="talk",
                measure="overdue_items",
                limit=Decimal(1),
                basis="样例办法",
            )
        )
