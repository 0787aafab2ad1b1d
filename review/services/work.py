"""My work: what waits for a person, by role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from review.casefiles.tables import Case, ImportJob, ImportState
from review.common.clock import today
from review.db.accounts import Role, User
from review.db.session import reading
from review.findings.tables import Finding, FindingState
from review.planning.tables import RoundState
from review.rectification.tables import ItemState, RectificationItem
from review.scoring.tables import ScoreSheet, SheetState
from review.services.access import Actor
from review.services.desk.sheet_views import SheetCard
from review.services.desk.sheets import my_sheets
from review.services.rectifying.rectification import ListCard, list_lists
from review.services.results.credit import due_reminders
from review.services.rounds.rounds import RoundCard, list_rounds
from review.services.rules.editions import Words


@dataclass(frozen=True, slots=True)
class Count:
    """A number on top of the page; `is_pressing` where it should not be left."""

    key: str
    title: Words
    value: int
    is_pressing: bool = False


@dataclass(frozen=True, slots=True)
class MyWork:
    """What the page of a person shows; empty parts do not concern the role."""

    role: Role
    day: date
    counts: tuple[Count, ...]
    sheets: tuple[SheetCard, ...] = ()
    rounds: tuple[RoundCard, ...] = ()
    lists: tuple[ListCard, ...] = ()


def my_work(engine: Engine, actor: Actor) -> MyWork:
    """What waits for the actor."""
    return _BY_ROLE[actor.role](engine, actor)


def _scorer(engine: Engine, actor: Actor) -> MyWork:
    sheets = my_sheets(engine, actor)
    day = today()
    open_ones = [each for each in sheets if each.state == SheetState.OPEN]
    late = sum(each.due_on < day for each in open_ones)
    return MyWork(
        actor.role,
        day,
        (
            Count("open", Words("待评案卷", "To score"), len(open_ones)),
            Count("begun", Words("评查中", "Begun"), sum(each.done > 0 for each in open_ones)),
            Count("late", Words("已逾期", "Overdue"), late, is_pressing=late > 0),
            Count("submitted", Words("已提交", "Submitted"), len(sheets) - len(open_ones)),
        ),
        sheets=tuple(sheets),
    )


def _open_rounds(engine: Engine, actor: Actor) -> tuple[RoundCard, ...]:
    return tuple(each for each in list_rounds(engine, actor) if each.state != RoundState.CLOSED)


def _number(session: Session, table: type, *conditions: object) -> int:
    query = select(func.count()).select_from(table)
    return session.exec(query.where(*conditions)).one()  # type: ignore[arg-type]  # conditions of any column


def _section(engine: Engine, actor: Actor) -> MyWork:
    day = today()
    with reading(engine) as session:
        proposed = _number(session, Finding, col(Finding.state) == FindingState.PROPOSED)
        to_verify = _number(
            session, RectificationItem, col(RectificationItem.state) == ItemState.SUBMITTED
        )
        failed = _number(
            session,
            ImportJob,
            col(ImportJob.state).in_((ImportState.PARTLY, ImportState.REFUSED)),
        )
        submitted = _number(session, ScoreSheet, col(ScoreSheet.state) == SheetState.SUBMITTED)
    return MyWork(
        actor.role,
        day,
        (
            Count("submitted", Words("已提交评分表", "Sheets submitted"), submitted),
            Count("proposed", Words("待认定问题", "Findings to decide"), proposed),
            Count("verify", Words("待复查整改", "To verify"), to_verify, is_pressing=to_verify > 0),
            Count(
                "credit",
                Words("待提醒信用修复", "Credit reminders due"),
                due_reminders(engine, actor),
            ),
            Count("imports", Words("导入异常", "Imports to look at"), failed),
        ),
        rounds=_open_rounds(engine, actor),
        lists=tuple(list_lists(engine, actor)),
    )


def _unit(engine: Engine, actor: Actor) -> MyWork:
    lists = list_lists(engine, actor)
    overdue = sum(each.overdue for each in lists)
    items, closed = sum(each.items for each in lists), sum(each.closed for each in lists)
    submitted = sum(each.submitted for each in lists)
    return MyWork(
        actor.role,
        today(),
        (
            Count("open", Words("待整改事项", "Open items"), items - closed - submitted),
            Count("overdue", Words("逾期", "Overdue"), overdue, is_pressing=overdue > 0),
            Count("submitted", Words("待复查", "Waiting"), submitted),
            Count("closed", Words("已销号", "Closed"), closed),
        ),
        lists=tuple(lists),
    )


def _leader(engine: Engine, actor: Actor) -> MyWork:
    lists = list_lists(engine, actor)
    overdue = sum(each.overdue for each in lists)
    with reading(engine) as session:
        confirmed = _number(session, Finding, col(Finding.state) == FindingState.CONFIRMED)
        cases = _number(session, Case)
    return MyWork(
        actor.role,
        today(),
        (
            Count("cases", Words("台账案件", "Cases in the ledger"), cases),
            Count("confirmed", Words("已认定问题", "Findings confirmed"), confirmed),
            Count("items", Words("整改事项", "Items"), sum(each.items for each in lists)),
            Count("overdue", Words("逾期整改", "Overdue"), overdue, is_pressing=overdue > 0),
        ),
        rounds=tuple(list_rounds(engine, actor)),
        lists=tuple(lists),
    )


def _administrator(engine: Engine, actor: Actor) -> MyWork:
    with reading(engine) as session:
        active = _number(session, User, col(User.is_disabled).is_(False))
        first = _number(
            session,
            User,
            col(User.is_disabled).is_(False),
            col(User.must_change_password).is_(True),
        )
        samples = _number(
            session, User, col(User.is_disabled).is_(False), col(User.is_sample).is_(True)
        )
    return MyWork(
        actor.role,
        today(),
        (
            Count("users", Words("启用账号", "Active accounts"), active),
            Count("first", Words("未改初始口令", "First password not changed"), first),
            Count(
                "samples", Words("样例账号", "Sample accounts"), samples, is_pressing=samples > 0
            ),
        ),
    )


_BY_ROLE: Mapping[Role, Callable[[Engine, Actor], MyWork]] = {
    Role.REVIEWER: _scorer,
    Role.EXPERT: _scorer,
    Role.REGULATIONS: _section,
    Role.UNIT: _unit,
    Role.LEADER: _leader,
    Role.ADMINISTRATOR: _administrator,
}
