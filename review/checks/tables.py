"""Results of the machine checks of a case."""

from datetime import datetime
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
