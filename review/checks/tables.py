"""Results of the machine checks of a case, and what is compared across cases."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Field

from review.db.base import Table, document, instant


class CheckRow(Table, table=True):
    """One check's latest result on one case, in the published form; replaced by the next run."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    check_id: str = Field(index=True)
    outcome: str
    severity: str
    defects: Any = document()
    message_zh: str
    message_en: str
    evidence: Any = document()
    law: Any = document()
    trace: Any = document()
    rules_version: str = ""
    run_at: datetime = instant()


class CaseMark(Table, table=True):
    """What a case shares with others when they touch: an officer's hours, a plate, a photograph.

    Written with the facts of the case and replaced with them. `key` is comparable; `starts_at` and
    `ends_at` are local times as papers print them, in ISO form.
    """

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    kind: str
    key: str = Field(index=True)
    day: date | None = None
    starts_at: str = ""
    ends_at: str = ""
    detail: Any = document()
