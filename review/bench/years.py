"""A bureau with years of reviews in its database, for measuring pages at real size.

One year is made through the services (plan, freeze, two numbers, draw, assign, merge, compute,
results), with sheets filled in bulk; it is then copied as often as wanted with other ids and
earlier years, and at last the rounds under way are added, one in each state that pages show; the
files of their cases are there as they were read. A small year with all its words, for documents and
tests, is `published_year`; what follows results is shared by both (`follow_up`).
Everything is invented (样例).
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Engine, func, insert, select, text
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from review.bench.challenged import challenged
from review.bench.follow_up import lists_of, objections_to, told
from review.bench.read_papers import read_papers
from review.bench.year_copies import COPIED, copy_year, go_on_counting, strides_of, table_of
from review.casefiles.tables import Case
from review.checks.tables import CheckRow
from review.common import clock
from review.db.accounts import Role, User
from review.db.session import transaction
from review.findings.result_tables import (
    ObjectionState,
)
from review.findings.tables import Finding, FindingState
from review.panels.tables import Assignment
from review.planning.tables import Round, RoundCase, RoundState
from review.scoring.arithmetic import ItemResult, deduction_of
from review.scoring.checklist import Result
from review.scoring.edition import Edition
from review.scoring.tables import ItemScore, ScoreSheet, SheetState
from review.services.access import Actor, actor_from, console
from review.services.accounts import people
from review.services.results import deriving, results
from review.services.rounds import assigning, drawing, freezing, round_moves, round_plan
from review.services.rules.editions import kept_edition, newest_editions

ROUNDS_A_YEAR = 5
EXPERTS = 15
REVIEWERS = 12
UNITS = ("样例一大队", "样例二大队", "样例三大队", "样例港航大队")
CAUSES = (
    "样例：超限运输车辆行驶公路",
    "样例：未取得道路运输经营许可从事客运经营",
    "样例：不按规定维护车辆",
    "样例：未按规定报送船舶进出港信息",
    "样例：擅自占用公路用地",
)
RAISED = 20
"""Objections that wait in the round that is open to them."""

CHECKS = tuple(f"SAM{number:03d}" for number in range(1, 61))
"""Sixty check results a case; the pages ask for rows of this table, not for what checks say."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much a year holds: so, two closed years give 10,000 cases and 300,000 scores."""

    cases_a_year: int = 3334
    cases_a_round: int = 150


@dataclass(frozen=True, slots=True)
class Years:
    """What was made: people by role (the first of each), and the ids that pages are opened with."""

    actors: dict[Role, Actor]
    case_id: int
    rounds: dict[RoundState, int]
    rows: dict[str, int]


class _Making:
    """The bureau while it is made; `rng` decides everything, so that a seed gives the same rows."""

    def __init__(self, engine: Engine, seed: int, scale: Scale) -> None:
        self.engine = engine
        self.scale = scale
        self.rng = random.Random(seed)
        self.section = console(Role.REGULATIONS)
        self.units: list[int] = []
        self.scorers: list[int] = []
        self.drawers: tuple[Actor, Actor]
        self.actors: dict[Role, Actor] = {}
        self.checked: set[int] = set()

    def people(self) -> None:
        """Units, two people of the regulations section, reviewers, experts and one of the rest."""
        self.units = [
            people.create_unit(self.engine, console(Role.ADMINISTRATOR), name=name)
            for name in UNITS
        ]
        roles = [
            *(Role.REGULATIONS, Role.REGULATIONS, Role.LEADER, Role.ADMINISTRATOR, Role.UNIT),
            *([Role.REVIEWER] * REVIEWERS),
            *([Role.EXPERT] * EXPERTS),
        ]
        made: list[Actor] = []
        with transaction(self.engine) as session:
            for number, role in enumerate(roles):
                user = User(
                    login=f"bench{number}",
                    name=f"样例人员{number:02d}",
                    role=role,
                    unit_id=self.units[0] if role is Role.UNIT else None,
                    password_hash="none",
                    must_change_password=False,
                )
                session.add(user)
                session.flush()
                made.append(actor_from(user))
                self.actors.setdefault(role, made[-1])
                if role in {Role.REVIEWER, Role.EXPERT}:
                    self.scorers.append(made[-1].user_id)
        self.drawers = made[0], made[1]

    def cases(self, year: int) -> None:
        """The closed cases of a year."""
        first = date(year, 1, 3)
        rows = []
        for number in range(self.scale.cases_a_year):
            filed = first + timedelta(days=self.rng.randrange(300))
            closed = filed + timedelta(days=self.rng.randrange(20, 60))
            procedure = self.rng.choices(("ordinary", "summary", "waived"), (80, 12, 8))[0]
            officers = self.rng.sample(range(60), 2)
            rows.append(
                {
                    "case_key": f"样例罚〔{year}〕{number + 1}号",
                    "case_no": f"样例罚〔{year}〕{number + 1}号",
                    "kind": "penalty",
                    "unit_id": self.rng.choice(self.units),
                    "squad": f"样例{number % 6 + 1}中队",
                    "procedure": procedure,
                    "cause": self.rng.choice(CAUSES),
                    "party_name": f"样例当事人{self.rng.randrange(3000)}",
                    "officers": [f"样例执法员{each:02d}" for each in officers],
                    "fine_yuan": None
                    if procedure == "waived"
                    else Decimal(self.rng.choice((200, 500, 1000, 3000, 5000, 10000))),
                    "filed_on": filed,
                    "decided_on": closed - timedelta(days=10),
                    "closed_on": closed,
                    "created_at": clock.now(),
                }
            )
        with transaction(self.engine) as session:
            session.execute(insert(Case), rows)

    def check_results(self, case_ids: Collection[int]) -> None:
        """Results of the machine for those of these cases that have none yet."""
        new = [each for each in case_ids if each not in self.checked]
        self.checked.update(new)
        rows: list[dict[str, object]] = [
            {
                "case_id": case_id,
                "check_id": check_id,
                "outcome": self.rng.choices(
                    ("pass", "fail", "unknown", "not_applicable"), (70, 5, 10, 15)
                )[0],
                "severity": "minor",
                "defects": [],
                "message_zh": "样例结果",
                "message_en": "sample result",
                "evidence": [],
                "law": [],
                "trace": [],
                "run_at": clock.now(),
            }
            for case_id in new
            for check_id in CHECKS
        ]
        with transaction(self.engine) as session:
            if rows:
                session.execute(insert(CheckRow), rows)

    def round(self, year: int, number: int, up_to: RoundState) -> int:
        """One round of a year with all that comes before `up_to`; returns its id."""
        round_id = round_plan.plan_round(
            self.engine,
            self.section,
            title=f"样例 {year} 年第 {number} 次评查",
            year=year,
            number=number,
            kind="unannounced",
            scope_from=date(year, 1, 1),
            scope_to=date(year, 12, 31),
            starts_on=date(year, 12, 1),
            ends_on=date(year, 12, 31),
            unit_ids=self.units,
            lead="安监法规科",
            editions={
                slot: known["key"]
                for slot, known in newest_editions(self.engine, clock.today()).items()
            },
        )
        if up_to is RoundState.PLANNED:
            return round_id
        frozen = freezing.freeze_list(
            self.engine,
            self.section,
            round_id,
            size=self.scale.cases_a_round,
            seen_version=self._version(round_id),
        )
        for actor in self.drawers:
            drawing.enter_number(
                self.engine,
                actor,
                round_id,
                number=str(self.rng.randrange(10**6, 10**7)),
                frozen_sha256=frozen,
            )
        drawn = drawing.draw(
            self.engine, self.section, round_id, seen_version=self._version(round_id)
        )
        self.check_results(drawn)
        assigning.assign(
            self.engine,
            self.section,
            round_id,
            reviewers=self.scorers,
            seen_version=self._version(round_id),
        )
        is_done = up_to not in {RoundState.SCORING, RoundState.DELIBERATING}
        self._scores(round_id, agree=is_done, half=up_to is RoundState.SCORING)
        if up_to is RoundState.SCORING:
            return round_id
        self._move(round_id, RoundState.DELIBERATING)
        if up_to is RoundState.DELIBERATING:
            return round_id
        deriving.derive(self.engine, self.section, round_id)
        self._move(round_id, RoundState.CONFIRMING)
        results.compute(self.engine, self.section, round_id)
        self._after_results(round_id, up_to)
        return round_id

    def _after_results(self, round_id: int, up_to: RoundState) -> None:
        """Findings confirmed, results told and published, lists issued, as far as `up_to` asks."""
        with transaction(self.engine) as session:
            row = session.get_one(Round, round_id)
            row.state = up_to
            session.add(row)
            problems = session.exec(select_rows(Finding).where(Finding.round_id == round_id)).all()
            for finding in problems:
                finding.state = FindingState.CONFIRMED
                session.add(finding)
            of_items = [each for each in problems if each.item_id]
            if up_to is RoundState.OBJECTING:
                told(session, row, self.units, is_published=False)
                objections_to(session, row, of_items, [ObjectionState.RAISED] * RAISED)
                return
            told(session, row, self.units)
            objections_to(session, row, of_items)
            lists_of(session, row, self.units, problems, self.rng)

    def _version(self, round_id: int) -> int:
        with Session(self.engine) as session:
            return session.get_one(Round, round_id).version

    def _move(self, round_id: int, to: RoundState) -> None:
        round_moves.move_round(
            self.engine, self.section, round_id, to=to, seen_version=self._version(round_id)
        )

    def _scores(self, round_id: int, *, agree: bool, half: bool) -> None:
        """Fill the sheets of a round: all handed in, or every second one where `half`.

        With `agree` both scorers of a case give the same, so that its common result is settled.
        """
        with transaction(self.engine) as session:
            held = session.exec(
                select_rows(ScoreSheet, RoundCase)
                .join(Assignment, col(Assignment.id) == col(ScoreSheet.assignment_id))
                .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
                .where(RoundCase.round_id == round_id)
                .order_by(col(RoundCase.id), col(ScoreSheet.id))
            ).all()
            rows: list[dict[str, object]] = []
            for place, (sheet, drawn) in enumerate(held):
                if half and place % 2:
                    continue
                edition = kept_edition(drawn.edition, drawn.edition_sha256)
                lot = random.Random(f"{drawn.id}" if agree else f"{drawn.id}-{place}")
                rows += self._sheet_rows(sheet.id or 0, edition, lot)
                sheet.state, sheet.submitted_at = SheetState.SUBMITTED, clock.now()
                sheet.overall = "样例总体评语"
                session.add(sheet)
            session.execute(insert(ItemScore), rows)

    def _sheet_rows(
        self, sheet_id: int, edition: Edition, lot: random.Random
    ) -> Iterator[dict[str, object]]:
        for section in edition.sections:
            for item in section.items:
                wrong = lot.random() < 0.06 and not item.is_veto
                given = ItemResult(Result.NOT_MET if wrong else Result.MET)
                yield {
                    "sheet_id": sheet_id,
                    "item_id": item.id,
                    "result": str(given.result),
                    "chosen": {},
                    "deduction": deduction_of(edition, item, given),
                    "comment": "样例：文书记载不全" if wrong else "",
                    "origin": "person",
                    "version": 1,
                    "scored_at": clock.now(),
                }


UNDER_WAY = (
    RoundState.SCORING,
    RoundState.DELIBERATING,
    RoundState.OBJECTING,
    RoundState.RECTIFYING,
)


def fill(engine: Engine, *, years: int = 2, seed: int = 1, scale: Scale | None = None) -> Years:
    """Fill an empty, migrated database with `years` closed years and the rounds under way.

    Args:
        engine: of the database.
        years: closed years, beside the current one.
        seed: of everything that is invented.
        scale: how much a year holds; None is the real size.
    """
    making = _Making(engine, seed, scale or Scale())
    making.people()
    this_year = clock.today().year
    making.cases(this_year - 1)
    for number in range(1, ROUNDS_A_YEAR + 1):
        making.round(this_year - 1, number, RoundState.CLOSED)
    with transaction(engine) as session:
        strides = strides_of(session)
    for times in range(1, years):
        with transaction(engine) as session:
            copy_year(session, strides, times)
    go_on_counting(engine)
    making.cases(this_year)
    rounds = {
        state: making.round(this_year, number, state)
        for number, state in enumerate(UNDER_WAY, start=1)
    }
    with transaction(engine) as session:
        read_papers(
            session,
            session.exec(
                select_rows(Case)
                .join(RoundCase, col(RoundCase.case_id) == col(Case.id))
                .where(col(RoundCase.round_id).in_(rounds.values()))
            ).all(),
        )
    with transaction(engine) as session:
        challenged(session, random.Random(seed))
        session.execute(text("analyze"))
        rows = {
            table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in map(table_of, COPIED)
        }
        drawn = session.exec(
            select_rows(RoundCase.case_id).where(
                RoundCase.round_id == rounds[RoundState.DELIBERATING]
            )
        ).first()
    return Years(making.actors, drawn or 0, rounds, rows)
