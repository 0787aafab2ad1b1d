"""The office whose year is walked: invented units, people and case files, and work done in bulk.

What somebody does by hand in the walk is in `test_year.py`; here is the same kind of work for the
sheets and cases that are not shown, done through the services as the right person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.casefiles.case_key import case_key
from review.casefiles.tables import Case
from review.db.accounts import Role, Unit, User
from review.db.session import transaction
from review.rectification.tables import RectificationItem, RectificationList
from review.scoring.checklist import Result
from review.scoring.tables import SheetState
from review.services.access import Actor, actor_from
from review.services.accounts.sign_in import password_hash
from review.services.desk import scoring
from review.services.desk.sheet_views import SheetCard
from review.services.rectifying import rectification
from review.services.results import findings, results
from review.services.results.findings import FindingView
from review.services.rounds import rounds
from review.services.rounds.rounds import RoundView
from review.services.rules import calendar
from tests.browser.conftest import Server
from tests.browser.gestures import Desks
from tests.browser.moved_clock import MovedDatetime
from tests.browser.scene import PASSWORD

YEAR = 2026
UNITS = ("样例区交通运输综合执法大队", "样例区港航执法大队")
SECTION = "样例区交通运输局安监法规科"
PEOPLE: tuple[tuple[str, str, Role, int], ...] = (
    ("section", "样例科员甲", Role.REGULATIONS, 2),
    ("deputy", "样例副科长乙", Role.REGULATIONS, 2),
    ("leader", "样例分管领导", Role.LEADER, 2),
    ("admin", "样例管理员", Role.ADMINISTRATOR, 2),
    *((f"reviewer{n}", f"样例评查员{n}", Role.REVIEWER, 2) for n in range(1, 7)),
    *((f"expert{n}", f"样例专家{n}", Role.EXPERT, 2) for n in range(1, 4)),
    ("brigade", "样例综合大队内勤", Role.UNIT, 0),
    ("harbour", "样例港航大队内勤", Role.UNIT, 1),
)
"""Login, name, role and the place of the unit; everybody is invented."""

CASES_OF_ROUND = (12, 6, 6, 6, 6)
"""Closed files of each round's scope, half of each unit."""

USUAL_FAULTS = ("PRO-04", "PRO-05", "PRO-06", "PUB-01")
"""What every case of the first round lost: ten cases give forty items."""


@dataclass
class Office:
    """The running workbench, its people, and the clock that is moved through the year."""

    server: Server
    desks: Desks
    clock: MovedDatetime
    users: dict[str, Actor] = field(default_factory=dict)
    units: list[int] = field(default_factory=list)
    rounds: list[int] = field(default_factory=list)
    kept: dict[str, int] = field(default_factory=dict)
    """Ids that a later part of the walk comes back to."""

    @property
    def engine(self) -> Engine:
        return self.server.engine

    def day(self, month: int, day: int) -> None:
        """A day of the year begins; who works on it signs in again."""
        self.desks.go_home()
        self.clock.go_to(date(YEAR, month, day))

    def round_view(self, number: int) -> RoundView:
        """A round as the section has it; 1 is the first of the year."""
        return rounds.round_view(self.engine, self.users["section"], self.rounds[number - 1])

    def sheets(self, number: int) -> list[SheetCard]:
        """Every sheet of a round that counts."""
        found = scoring.sheet_cards(
            self.engine, self.users["section"], round_id=self.rounds[number - 1]
        )
        return [each for each in found if each.state != SheetState.WITHDRAWN]

    def by_id(self, user_id: int) -> Actor:
        """The person with that id."""
        return next(actor for actor in self.users.values() if actor.user_id == user_id)


def scope(number: int) -> tuple[date, date]:
    """The closing days of the files of a round: a month of the year before."""
    return date(YEAR - 1, number, 1), date(YEAR - 1, number, 28)


def case_no(number: int, index: int) -> str:
    """The number of an invented case file."""
    return f"样交罚〔{YEAR - 1}〕第{number}{index:02}号"


def furnish(engine: Engine, office: Office) -> None:
    """People, units, files and the days off of two years, in an empty database."""
    hashed = password_hash(PASSWORD)
    with transaction(engine) as session:
        for name in (*UNITS, SECTION):
            unit = Unit(name=name, is_reviewed=name != SECTION)
            session.add(unit)
            session.flush()
            office.units.append(unit.id or 0)
        for login, name, role, place in PEOPLE:
            user = User(
                login=login,
                name=name,
                role=role,
                unit_id=office.units[place],
                password_hash=hashed,
                must_change_password=False,
            )
            session.add(user)
            session.flush()
            office.users[login] = actor_from(user)
        for number, count in enumerate(CASES_OF_ROUND, 1):
            for index in range(1, count + 1):
                session.add(_case(number, index, office.units[index % 2]))
    for year in (YEAR, YEAR + 1):
        calendar.enter_year(
            engine,
            office.users["admin"],
            year=year,
            days=[(date(year, 1, 1), False), (date(year, 5, 1), False), (date(year, 10, 1), False)],
            source="样例：放假通知",
        )


def _case(number: int, index: int, unit_id: int) -> Case:
    closed_on = scope(number)[0] + timedelta(days=index)
    return Case(
        case_key=case_key(case_no(number, index)),
        case_no=case_no(number, index),
        unit_id=unit_id,
        procedure="summary",
        cause="样例：未随车携带道路运输证",
        party_name=f"样例当事人{number}{index:02}",
        officers=["样例执法员一", "样例执法员二"],
        fine_yuan=Decimal(200),
        filed_on=closed_on - timedelta(days=2),
        decided_on=closed_on - timedelta(days=1),
        closed_on=closed_on,
    )


def score_the_rest(
    office: Office, number: int, faults: Callable[[SheetCard], Mapping[str, Result]]
) -> int:
    """Score and hand in every sheet of a round that is still open; returns how many.

    `faults` are the items of a sheet that are not met; every other one is.
    """
    handed_in = 0
    for card in office.sheets(number):
        if card.state != SheetState.OPEN:
            continue
        scorer = office.by_id(card.scorer_id)
        view = scoring.open_sheet(office.engine, scorer, card.sheet_id)
        own = faults(card)
        for section in view.edition.sections:
            for item in section.items:
                if item.id in view.scores:
                    continue
                result = own.get(item.id, Result.MET)
                scoring.save_score(
                    office.engine,
                    scorer,
                    sheet_id=card.sheet_id,
                    item_id=item.id,
                    result=result,
                    comment="" if result is Result.MET else fault_words(item.id),
                    base_version=0,
                    client_id=f"walk-{card.sheet_id}-{item.id}",
                )
        scoring.submit(
            office.engine,
            scorer,
            card.sheet_id,
            overall="样例：总体规范",
            seen_version=view.version,
        )
        handed_in += 1
    return handed_in


def fault_words(item_id: str) -> str:
    """What a reviewer notes at an item that is not met."""
    return f"样例：{item_id} 材料中未见"


def confirm_the_rest(office: Office, number: int, *, who: str = "deputy") -> list[FindingView]:
    """Confirm every finding of a round that waits, as proposed; returns all findings."""
    round_id, actor = office.rounds[number - 1], office.users[who]
    for each in findings.list_findings(office.engine, actor, round_id=round_id, state="proposed"):
        findings.confirm(
            office.engine,
            actor,
            each.id,
            text=each.text.zh,
            severity=each.severity,
            measure=each.measure or "样例：按规定补正并说明",
            due_days=15,
            seen_version=each.version,
        )
    return findings.list_findings(office.engine, actor, round_id=round_id)


def move(office: Office, number: int, to: str) -> None:
    """Move a round on as the section."""
    view = office.round_view(number)
    rounds.move_round(
        office.engine,
        office.users["section"],
        view.round.id,
        to=to,
        seen_version=view.round.version,
    )


def send_drafts(office: Office, number: int) -> None:
    """Send every unit of a round its draft result."""
    for unit_id in dict.fromkeys(case.unit_id for case in office.round_view(number).cases):
        results.send_feedback(
            office.engine, office.users["section"], office.rounds[number - 1], unit_id
        )


def publish_and_rectify(office: Office, number: int, proof: Path) -> int:
    """Publish after the time to object, issue the lists, rectify, verify, archive.

    Returns how many items were closed.
    """
    section = office.users["section"]
    view = office.round_view(number)
    results.publish(office.engine, section, view.round.id, seen_version=view.round.version)
    move(office, number, "rectifying")
    listed = {each.case_no for each in findings.list_findings(
        office.engine, section, round_id=view.round.id, state="confirmed")}  # fmt: skip
    units = {case.unit_id for case in view.cases if case.case_no in listed}
    for unit_id in sorted(units):
        rectification.issue_list(office.engine, section, view.round.id, unit_id)
    closed = close_the_rest(office, number, proof)
    move(office, number, "closed")
    return closed


def close_the_rest(office: Office, number: int, proof: Path) -> int:
    """Unit and section finish every item of a round that is open; returns how many."""
    with Session(office.engine) as session:
        rows = session.exec(
            select(RectificationItem.id, RectificationItem.state, RectificationList.unit_id)
            .join(RectificationList, col(RectificationList.id) == col(RectificationItem.list_id))
            .where(
                RectificationList.round_id == office.rounds[number - 1],
                RectificationItem.state != "closed",
            )
        ).all()
    for item_id, state, unit_id in rows:
        unit = office.users[("brigade", "harbour")[office.units.index(unit_id)]]
        if state != "submitted":
            step(office, unit, item_id or 0, "submit", "样例：已补正", proof=proof)
        step(office, office.users["deputy"], item_id or 0, "close", "样例：核对属实")
    return len(rows)


def step(
    office: Office,
    actor: Actor,
    item_id: int,
    action: str,
    note: str,
    *,
    proof: Path | None = None,
) -> None:
    """One step of one item, at its present version."""
    with Session(office.engine) as session:
        item = session.get_one(RectificationItem, item_id)
        version = item.version
    rectification.move_item(
        office.engine,
        actor,
        item_id,
        action=action,
        note=note,
        proof=(proof, proof.name) if proof else None,
        seen_version=version,
    )
