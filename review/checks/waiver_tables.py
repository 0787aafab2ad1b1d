"""The waiver review of a case as last worked out: kept so that lists of many cases are quick."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Field

from review.db.base import Table, document, instant


class WaiverReviewRow(Table, table=True):
    """One case's waiver review; replaced whenever its checks run.

    `is_waived` None where it is not known whether the case was fined; `decided_on` as read, else
    as the ledger has it. `verdict` is a `Verdict`; `must`, `may` and `by_list` are standings;
    `limb` is that of the list's item. `detail` holds conditions, papers and earlier cases with
    their evidence.
    """

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", unique=True)
    is_waived: bool | None = None
    decided_on: date | None = Field(default=None, index=True)
    verdict: str = Field(index=True)
    reason_zh: str
    reason_en: str
    list_title: str = ""
    list_in_force_on: date | None = None
    item_number: int | None = None
    item_name: str = ""
    limb: str = ""
    must: str
    may: str
    by_list: str
    detail: Any = document()
    worked_out_at: datetime = instant()
