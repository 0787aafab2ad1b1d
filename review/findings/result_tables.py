"""Results of a round (评查结果), the unit's feedback, its objections, and what was published.

Results are kept by case, part and item, so that figures over ten thousand cases are sums in the
database and every paper takes them from one place.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlmodel import Field, Index, UniqueConstraint

from review.db.base import Table, document, hundredths, instant


class CaseResult(Table, table=True):
    """The result of one case in one round, computed from its sheets and decided objections.

    `grade_rank` counts from 0, the best grade. `disputed` are items on which the scorers differed
    and the panel decided; `undecided` counts items without a result. `sheets` are ids of the sheets
    that it was made of.
    """

    __table_args__ = (
        UniqueConstraint("round_id", "case_id"),
        Index("ix_caseresult_unit_round", "unit_id", "round_id"),
        {"extend_existing": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    score: Decimal = hundredths()
    scale: Decimal = hundredths(default=Decimal(100))
    deducted: Decimal = hundredths(default=Decimal(0))
    grade_zh: str = ""
    grade_en: str = ""
    grade_rank: int = -1
    is_vetoed: bool = False
    undecided: int = 0
    disputed: Any = document()
    sheets: Any = document()
    is_model: bool = False
    computed_at: datetime = instant()
    version: int = 1


class ResultItem(Table, table=True):
    """The result of one item of a case: what was found and what it took.

    `origin` tells who settled it: agreed, panel or objection.
    """

    __table_args__ = (
        UniqueConstraint("result_id", "item_id"),
        Index("ix_resultitem_round_item", "round_id", "item_id", "result", "deduction"),
        Index("ix_resultitem_item_round", "item_id", "round_id", "result", "deduction"),
        {"extend_existing": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    result_id: int = Field(foreign_key="caseresult.id")
    round_id: int = Field(foreign_key="round.id")
    item_id: str
    dimension: str
    result: str
    chosen: Any = document()
    points: Decimal = hundredths(default=Decimal(0))
    deduction: Decimal = hundredths(default=Decimal(0))
    reason_zh: str = ""
    reason_en: str = ""
    origin: str = "agreed"


class ResultPart(Table, table=True):
    """Points of one dimension of a case: applicable and kept."""

    __table_args__ = (
        UniqueConstraint("result_id", "dimension"),
        Index("ix_resultpart_round_dimension", "round_id", "dimension", "applicable", "earned"),
        {"extend_existing": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    result_id: int = Field(foreign_key="caseresult.id")
    round_id: int = Field(foreign_key="round.id")
    dimension: str
    title_zh: str
    title_en: str
    applicable: Decimal = hundredths(default=Decimal(0))
    earned: Decimal = hundredths(default=Decimal(0))


class ResultOfficer(Table, table=True):
    """An officer who handled a case with a result; for figures by officer."""

    __table_args__ = (
        UniqueConstraint("result_id", "name"),
        Index("ix_resultofficer_name", "name", "result_id"),
        {"extend_existing": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    result_id: int = Field(foreign_key="caseresult.id")
    name: str


class Feedback(Table, table=True):
    """The draft result as it was sent to a unit (反馈): until `until_on` it may object."""

    __table_args__ = (UniqueConstraint("round_id", "unit_id"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    sent_at: datetime = instant()
    sent_by: int | None = Field(default=None, foreign_key="user.id")
    until_on: date
    version: int = 1


class Publication(Table, table=True):
    """The results of a round as they were published: from then on nothing of them changes."""

    __table_args__ = (UniqueConstraint("round_id"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    published_at: datetime = instant()
    published_by: int | None = Field(default=None, foreign_key="user.id")
    figures_sha256: str
    version: int = 1


class ObjectionState(StrEnum):
    """Where an objection stands: 待复核, 采纳, 不予采纳, 已撤回."""

    RAISED = "raised"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Objection(Table, table=True):
    """An objection (异议) of the reviewed unit to the result of one item of one of its cases.

    `before` and `after` are result, chosen reasons and deduction as they were and became; `pages`
    are ids of pages of the case file to which the unit points.
    """

    __table_args__ = (
        Index("ix_objection_round_case", "round_id", "case_id", "item_id"),
        {"extend_existing": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id")
    case_id: int = Field(foreign_key="case.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    item_id: str
    text: str
    pages: Any = document()
    state: str = ObjectionState.RAISED
    before: Any = document()
    after: Any = document()
    reason: str = ""
    raised_by: int = Field(foreign_key="user.id")
    raised_at: datetime = instant()
    decided_by: int | None = Field(default=None, foreign_key="user.id")
    decided_at: datetime | None = None
    version: int = 1


class ObjectionProof(Table, table=True):
    """A file that the unit handed in with an objection; append-only."""

    id: int | None = Field(default=None, primary_key=True)
    objection_id: int = Field(foreign_key="objection.id", index=True)
    sha256: str
    name: str
    added_by: int = Field(foreign_key="user.id")
    at: datetime = instant()


class DocumentTemplate(Table, table=True):
    """A form of a document that the bureau changed; the newest active one of a kind is used.

    Numbers count from 1 within a kind; earlier versions are kept.
    """

    __table_args__ = (UniqueConstraint("kind", "number"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(index=True)
    number: int
    name: str
    sha256: str
    is_active: bool = True
    uploaded_by: int | None = Field(default=None, foreign_key="user.id")
    uploaded_at: datetime = instant()
    version: int = 1
