"""Rounds of review (评查轮次), their steps, draw and cases; the targets of the year."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import defer
from sqlmodel import Field, UniqueConstraint

from review.db.base import Table, document, hundredths, instant


class RoundKind(StrEnum):
    """评查, 抽查, 专项, 飞行检查, 进驻评查."""

    REVIEW = "review"
    SPOT_CHECK = "spot_check"
    TOPIC = "topic"
    UNANNOUNCED = "unannounced"
    ON_SITE = "on_site"


class RoundState(StrEnum):
    """Where a round stands; `planning.phases` says which moves there are and why.

    Planned, notice issued (the units review themselves), list of closed files frozen, drawn, first
    review, panel, findings being confirmed, draft result open to objections, result published,
    rectification, archived.
    """

    PLANNED = "planned"
    NOTIFIED = "notified"
    FROZEN = "frozen"
    DRAWN = "drawn"
    SCORING = "scoring"
    DELIBERATING = "deliberating"
    CONFIRMING = "confirming"
    OBJECTING = "objecting"
    PUBLISHED = "published"
    RECTIFYING = "rectifying"
    CLOSED = "closed"


class Round(Table, table=True):
    """One review of the year. `editions` maps procedure to edition key and sha256, frozen here.

    `topic` is empty for an all-round review, else a key of `planning.plan.TOPICS` or the bureau's
    own words. `lead` and `taking_part` name sections and people. `quotas` maps procedures to the
    cases that are wanted of each. `frozen_list` is the list of closed files with its hash and the
    rules of the draw, fixed before anybody entered a number; `draw_record` the whole record of the
    draw. `deliberation_points` is the spread of scores beyond which the panel must deliberate;
    `objection_days` are working days.
    """

    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(unique=True)
    kind: str = RoundKind.REVIEW
    topic: str = ""
    year: int = Field(index=True)
    number: int = 1
    scope_from: date
    scope_to: date
    starts_on: date
    ends_on: date
    unit_ids: Any = document()
    editions: Any = document()
    double_scoring: bool = True
    hide_proposals: bool = False
    lead: str = ""
    taking_part: str = ""
    target_cases: int = 0
    quotas: Any = document()
    deliberation_points: Decimal = hundredths(default=Decimal(5))
    notice_no: str = ""
    notice_text: str = ""
    notice_on: date | None = None
    objection_days: int = 5
    state: str = RoundState.PLANNED
    frozen_list: Any = document()
    draw_record: Any = document()
    created_by: int | None = Field(default=None, foreign_key="user.id")
    created_at: datetime = instant()
    version: int = 1


ROUND_HEAD = (defer(Round.frozen_list), defer(Round.draw_record))
"""Options of a query that reads rounds beside many other rows.

List and record of a draw are hundreds of kilobytes a round; they are fetched when asked for.
"""


class RoundStep(Table, table=True):
    """One of the twelve steps of a round: until when it is planned, when and by whom it was done.

    `key` is a `planning.phases.Step`; steps that follow from the round's state have no `done_at`
    of their own until the move that ends them.
    """

    __table_args__ = (UniqueConstraint("round_id", "key"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    key: str
    due_on: date | None = None
    done_at: datetime | None = None
    done_by: int | None = Field(default=None, foreign_key="user.id")
    note: str = ""
    version: int = 1


class DrawNumber(Table, table=True):
    """One of the two numbers of a draw. `commitment` is public at once, `number` once both are in.

    `place` is 1 or 2. `salt` keeps the commitment from being guessed.
    """

    __table_args__ = (
        UniqueConstraint("round_id", "place"),
        UniqueConstraint("round_id", "user_id"),
        {"extend_existing": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    place: int
    user_id: int = Field(foreign_key="user.id")
    number: str
    salt: str
    commitment: str
    entered_at: datetime = instant()


class ReplacementState(StrEnum):
    """Asked for, approved, refused."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


class ReplacementRequest(Table, table=True):
    """A drawn case that somebody asks to take out, and what a second person decided."""

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    case_id: int = Field(foreign_key="case.id")
    reason: str
    state: str = ReplacementState.ASKED
    asked_by: int | None = Field(default=None, foreign_key="user.id")
    asked_at: datetime = instant()
    decided_by: int | None = Field(default=None, foreign_key="user.id")
    decided_at: datetime | None = None
    decision: str = ""
    in_case_id: int | None = Field(default=None, foreign_key="case.id")
    version: int = 1


class WorkTarget(Table, table=True):
    """A target of the rule-of-law plan for one year: reviews, random checks, training, exams.

    `measure` is a `planning.targets.Measure`; `goal` and `unit` say how much of what. `given_up`
    holds the reason where a target was dropped.
    """

    __table_args__ = (UniqueConstraint("year", "title"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    year: int = Field(index=True)
    measure: str
    title: str
    unit: str
    goal: Decimal = hundredths(default=Decimal(1))
    due_on: date
    lead_section: str = ""
    given_up: str = ""
    created_by: int | None = Field(default=None, foreign_key="user.id")
    version: int = 1


class TargetEvidence(Table, table=True):
    """What was done for a target, when, how much, and the paper that shows it (may be none)."""

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="worktarget.id", index=True)
    done_on: date
    amount: Decimal = hundredths(default=Decimal(1))
    note: str
    file_name: str = ""
    file_sha256: str = ""
    added_by: int | None = Field(default=None, foreign_key="user.id")
    added_at: datetime = instant()
    removed_at: datetime | None = None


class RoundCase(Table, table=True):
    """One case drawn into a round."""

    __table_args__ = (UniqueConstraint("round_id", "case_id"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    sequence: int
    stratum: str = ""
    reason: str = ""
    edition: str = ""
    edition_sha256: str = ""
